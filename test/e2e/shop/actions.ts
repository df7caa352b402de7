/** What the run can do to the shop: the words between the run and the shop's process. */
export interface Actions {
  /** Sets the stock of a product in a warehouse. */
  readonly stock: { readonly sku: string; readonly warehouse: "fra" | "iad"; readonly items: number };
  /** Lets customers click on a product. */
  readonly clicks: { readonly sku: string; readonly page: "home" | "search" | "product"; readonly count: number };
  /** Sets how many requests wait at the checkout. */
  readonly inFlight: { readonly requests: number };
  /** Lets the checkout answer, or not. */
  readonly checkout: { readonly answers: boolean };
  /** Sets how many deliveries of a supplier are overdue. */
  readonly overdue: {
    readonly warehouse: "fra" | "iad";
    readonly supplier: "pottery" | "printer";
    readonly deliveries: number;
  };
  /** Sets how much memory the machine could still use. */
  readonly memory: { readonly available: number };
  /** Sets how many docks of a warehouse are open. */
  readonly docks: { readonly warehouse: "fra" | "iad"; readonly open: number };
}

/** Each action's name with what it needs. */
export type Action = keyof Actions;
