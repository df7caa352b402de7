/** The shop, as the run holds it. */
import { address } from "../addresses.ts";
import type { Action, Actions } from "./actions.ts";

/** Does something to the shop. */
export async function cause<A extends Action>(action: A, what: Actions[A]): Promise<void> {
  const response = await fetch(address("shop's control", `/${action}`), { method: "POST", body: JSON.stringify(what) });
  if (!response.ok) throw new Error(`the shop cannot ${action}: ${await response.text()}`);
}

/** How to start it: Node's arguments, below the project's root. */
export const SHOP = ["test/run.mjs", "test/e2e/shop/main.ts"] as const;
