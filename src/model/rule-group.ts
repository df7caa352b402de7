/** Rule groups: rules that are evaluated one after the other, at one rhythm. */
import { z } from "zod";
import type { DurationText } from "../quantity/duration.ts";
import { captureOrigin } from "../source/origin.ts";
import type { Definition } from "./definition.ts";
import { duration, positiveDuration, safeName, staticLabels } from "./schema.ts";

/** https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule_group */
export interface RuleGroupSpec {
  /** How often its rules are evaluated. Default: the environment's `evaluationInterval`. */
  readonly interval?: DurationText;
  /** How far back in time they look, for data that arrives late. */
  readonly queryOffset?: DurationText;
  /** How many alerts or series one rule may make; more is an error of that rule. 0 is any number. */
  readonly limit?: number;
  /** Labels added to all results. Needs Prometheus 3. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A group of rules, as `ruleGroup()` returns it. */
export interface RuleGroup extends Definition<"RuleGroup", RuleGroupSpec> {}

/**
 * Defines a group for rules that want a rhythm of their own.
 *
 * ```ts
 * const hourly = ruleGroup("catalog-hourly", { interval: "1h", limit: 500 });
 * ```
 */
export function ruleGroup(name: string, spec: RuleGroupSpec): RuleGroup {
  return Object.freeze({ kind: "RuleGroup", name, spec: Object.freeze(spec), origin: captureOrigin(ruleGroup) });
}

export const ruleGroupFields = z.strictObject({
  interval: positiveDuration.optional(),
  queryOffset: duration.optional(),
  limit: z.int().min(0).optional(),
  labels: staticLabels.optional(),
});

export const ruleGroupSchema = z.object({ name: safeName, spec: ruleGroupFields });
