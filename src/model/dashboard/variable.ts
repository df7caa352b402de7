/** What a person chooses on a dashboard: the values of a label, or one of what is offered. */
import { z } from "zod";
import { labelName, positiveDuration } from "../schema.ts";

/** What all variables can be told. */
export interface VariableSpec {
  /** What it is called on the dashboard. Default: its name. */
  readonly title?: string;
  /** What is chosen when the dashboard opens. */
  readonly current?: string;
  /** Whether it is not shown at the top. */
  readonly hidden?: boolean;
}

/** What a variable with values to choose from can be told. */
export interface ChoiceSpec extends VariableSpec {
  /** Whether several values may be chosen at once. Default: yes, of a label's values; no, of others. */
  readonly multi?: boolean;
  /** Whether all may be chosen at once. Default: yes, of a label's values; of others, where several may be. */
  readonly includeAll?: boolean;
  /** What stands in queries where all are chosen, `".*"`. Default: `".+"`, of a label's values. */
  readonly allValue?: string;
}

/** How a variable chooses among the values of a label. */
export interface LabelVariableSpec extends ChoiceSpec {
  /** Only the values that it matches are offered, a regular expression: its group, where it has one. */
  readonly regex?: string;
  /** How its values are sorted. Default: by the alphabet. */
  readonly sort?: "alphabetical" | "numerical" | "none";
}

/** A variable with the values of a label, as `labelVariable()` returns it. */
export interface LabelVariable {
  readonly kind: "LabelVariable";
  readonly label: string;
  readonly spec: LabelVariableSpec;
}

/** A variable that stands where it is written: in a `dashboardQuery`, a link, a text. */
export interface OfferedVariable {
  readonly kind: "OfferedVariable";
  readonly as: "custom" | "interval" | "textbox" | "constant" | "adhoc";
  readonly name: string;
  /** What is offered; of a text or a constant, its value. */
  readonly values: readonly string[];
  readonly spec: ChoiceSpec;
}

/** What a dashboard takes among its `variables`. */
export type Variable = LabelVariable | OfferedVariable;

/**
 * Lets a person choose values of a label. Every query of the dashboard is narrowed to them where its metrics have that
 * label, so that no panel can forget to be.
 *
 * ```ts
 * dashboard("Stock", { owner: storefront, variables: [labelVariable("warehouse")], rows: { Stock: [panel("Stock", stock)] } });
 * ```
 */
export function labelVariable(label: string, spec: LabelVariableSpec = {}): LabelVariable {
  return Object.freeze({ kind: "LabelVariable", label, spec: Object.freeze(spec) });
}

/**
 * Offers values to choose from, which stand where the queries name the variable.
 *
 * ```ts
 * const most = panel("Most in stock", dashboardQuery("topk($most, sku:catalog_inventory_items:sum)"));
 * dashboard("Stock", { owner: storefront, variables: [customVariable("most", ["5", "10", "50"])], rows: { Stock: [most] } });
 * ```
 */
export function customVariable(name: string, values: readonly string[], spec: ChoiceSpec = {}): OfferedVariable {
  return offered("custom", name, values, spec);
}

/**
 * Offers durations.
 *
 * ```ts
 * const sold = panel("Clicks per second", dashboardQuery("sum(rate(catalog_clicks_total[$window]))"));
 * dashboard("Stock", { owner: storefront, variables: [intervalVariable("window", ["5m", "1h"])], rows: { Stock: [sold] } });
 * ```
 */
export function intervalVariable(name: string, durations: readonly string[], spec: VariableSpec = {}): OfferedVariable {
  return offered("interval", name, durations, spec);
}

/**
 * Takes any text that a person types.
 *
 * ```ts
 * const one = panel("Stock of one", dashboardQuery('sku:catalog_inventory_items:sum{sku="$sku"}'));
 * dashboard("Stock", { owner: storefront, variables: [textVariable("sku", "mug")], rows: { Stock: [one] } });
 * ```
 */
export function textVariable(name: string, value = "", spec: VariableSpec = {}): OfferedVariable {
  return offered("textbox", name, value === "" ? [] : [value], spec);
}

/**
 * A value that nobody changes, under a name.
 *
 * ```ts
 * const least = panel("Least stock", dashboardQuery("bottomk($least, sku:catalog_inventory_items:sum)"));
 * dashboard("Stock", { owner: storefront, variables: [constantVariable("least", "20")], rows: { Stock: [least] } });
 * ```
 */
export function constantVariable(name: string, value: string, spec: VariableSpec = {}): OfferedVariable {
  return offered("constant", name, [value], { hidden: true, ...spec });
}

/**
 * Lets a person narrow every query by any label: Grafana puts it into the queries.
 *
 * ```ts
 * dashboard("Stock", { owner: storefront, variables: [filterVariable()], rows: { Stock: [panel("Stock", stock)] } });
 * ```
 */
export function filterVariable(name = "Filters", spec: VariableSpec = {}): OfferedVariable {
  return offered("adhoc", name, [], spec);
}

function offered(
  as: OfferedVariable["as"],
  name: string,
  values: readonly string[],
  spec: ChoiceSpec,
): OfferedVariable {
  return Object.freeze({
    kind: "OfferedVariable",
    as,
    name,
    values: Object.freeze([...values]),
    spec: Object.freeze(spec),
  });
}

const NAME = /^\w+$/;
const NAMES = { error: "Grafana's variables are named by letters, digits and _ alone" };

const choice = {
  title: z.string().min(1).optional(),
  current: z.string().optional(),
  hidden: z.boolean().optional(),
  multi: z.boolean().optional(),
  includeAll: z.boolean().optional(),
  allValue: z.string().min(1).optional(),
};

const offeredVariable = z
  .strictObject({
    kind: z.literal("OfferedVariable"),
    as: z.enum(["custom", "interval", "textbox", "constant", "adhoc"]),
    name: z
      .string()
      .regex(NAME, NAMES)
      .regex(/^(?!__)/, { error: "names that begin with __ are Grafana's own" }),
    values: z.array(z.string().min(1)),
    spec: z.strictObject(choice),
  })
  .superRefine(({ as, values }, context) => {
    const issue = (message: string) => context.addIssue({ code: "custom", path: ["values"], message });
    if ((as === "custom" || as === "interval") && values.length === 0) issue("there must be something to choose from");
    if (as !== "interval") return;
    for (const value of values) {
      const [wrong] = positiveDuration.safeParse(value).error?.issues ?? [];
      if (wrong !== undefined) issue(wrong.message);
    }
  });

export const variableSchema = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("LabelVariable"),
      label: labelName.regex(NAME, NAMES),
      spec: z.strictObject({
        ...choice,
        regex: z.string().min(1).optional(),
        sort: z.enum(["alphabetical", "numerical", "none"]).optional(),
      }),
    }),
    offeredVariable,
  ],
  { error: "expected what labelVariable() or customVariable() returns" },
);
