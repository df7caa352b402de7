/** What a person chooses on a dashboard: the values of a label. */
import { z } from "zod";
import { labelName } from "../schema.ts";

/** How a variable chooses among the values of a label. */
export interface LabelVariableSpec {
  /** What it is called on the dashboard. Default: the label's name. */
  readonly title?: string;
  /** Whether several values may be chosen at once. Default: yes. */
  readonly multi?: boolean;
}

/** A variable with the values of a label, as `labelVariable()` returns it. */
export interface LabelVariable {
  readonly kind: "LabelVariable";
  readonly label: string;
  readonly spec: LabelVariableSpec;
}

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

export const variableSchema = z.strictObject({
  kind: z.literal("LabelVariable", { error: "expected what labelVariable() returns" }),
  label: labelName.regex(/^\w+$/, { error: "Grafana's variables are named by letters, digits and _ alone" }),
  spec: z.strictObject({ title: z.string().min(1).optional(), multi: z.boolean().optional() }),
});
