/** Inhibit rules, compiled. https://prometheus.io/docs/alerting/latest/configuration/#inhibit_rule */
import type { LabelSet } from "../../label/label-set.ts";
import type { InhibitRuleConfig } from "../config/inhibit-rule.ts";
import { allMatchers } from "../config/matchers.ts";
import { type CompiledMatcher, compileMatcher, labelValue } from "../matcher/compile.ts";

/** While a source alert fires, target alerts with the same `equal` labels are muted. */
export interface InhibitRule {
  readonly config: InhibitRuleConfig;
  /** Its position in the configuration, from 0. */
  readonly index: number;
  readonly source: readonly CompiledMatcher[];
  readonly target: readonly CompiledMatcher[];
  readonly equal: readonly string[];
}

export function compileInhibitRules(configs: readonly InhibitRuleConfig[]): readonly InhibitRule[] {
  return configs.map((config, index) => ({
    config,
    index,
    source: allMatchers(config.source_match, config.source_match_re, config.source_matchers).map(compileMatcher),
    target: allMatchers(config.target_match, config.target_match_re, config.target_matchers).map(compileMatcher),
    equal: [...new Set(config.equal)],
  }));
}

/** A text that two alerts share exactly when their `equal` labels have the same values; absent and empty are the same. */
export function equalKey({ equal }: InhibitRule, labels: LabelSet): string {
  if (equal.length === 1) return labelValue(labels, equal[0] as string);
  return JSON.stringify(equal.map((name) => labelValue(labels, name)));
}
