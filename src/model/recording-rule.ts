/** Recording rules: expressions computed ahead, under a name of their own. */
import { z } from "zod";
import type { Expr } from "../promql/ast.ts";
import { captureOrigin, type Origin } from "../source/origin.ts";
import { selector } from "../vector/build.ts";
import { type AnyVector, InstantVector } from "../vector/instant-vector.ts";
import type { Definition } from "./definition.ts";
import type { RuleGroup } from "./rule-group.ts";
import { definitionOf, metricName, staticLabels } from "./schema.ts";
import type { AnyService } from "./service.ts";

/** What a recording rule is made of. */
export interface RecordingRuleSpec<L extends string = string> {
  readonly service: AnyService;
  readonly expr: InstantVector<L>;
  /** Labels added to every series. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The group it is evaluated in. Default: the service's own. */
  readonly group?: RuleGroup;
}

/** A recording rule where the labels do not matter. */
export interface AnyRecordingRule extends Definition<"RecordingRule", AnyRecordingRuleSpec> {
  readonly ast: Expr;
}

export interface AnyRecordingRuleSpec extends Omit<RecordingRuleSpec, "expr"> {
  readonly expr: AnyVector;
}

/** A recorded series: used like the expression it stands for, at the cost of a look-up. */
export class RecordingRule<in out L extends string> extends InstantVector<L> implements AnyRecordingRule {
  readonly kind = "RecordingRule";
  readonly name: string;
  readonly spec: RecordingRuleSpec<L>;
  readonly origin: Origin;

  constructor(name: string, spec: RecordingRuleSpec<L>, origin: Origin) {
    super(selector(name));
    this.name = name;
    this.spec = spec;
    this.origin = origin;
  }
}

/**
 * Records an expression under a name: `level:metric:operations`.
 *
 * ```ts
 * const stock = record("sku:catalog_inventory_items:sum", { service: catalog, expr: inventory.sum(by("sku")) });
 * ```
 * Naming: https://prometheus.io/docs/practices/rules/
 */
export function record<L extends string>(name: `${string}:${string}`, spec: RecordingRuleSpec<L>): RecordingRule<L> {
  return new RecordingRule(name, Object.freeze(spec), captureOrigin(record));
}

/** A vector as the builder makes it. */
export const vectorSchema = z.custom<AnyVector>(
  (value) => typeof value === "object" && value !== null && "ast" in value,
  { error: "expected an expression: a metric's rate, sum or another vector, or promql`…`" },
);

export const recordingRuleSchema = z.object({
  name: metricName,
  spec: z.strictObject({
    service: definitionOf("Service"),
    expr: vectorSchema,
    labels: staticLabels.optional(),
    group: definitionOf("RuleGroup").optional(),
  }),
});
