/** Whether one alert inhibits another while it fires, whatever else does. */
import type { LabelSet } from "../../label/label-set.ts";
import { matchesAll } from "../matcher/compile.ts";
import { equalKey, type InhibitRule } from "./rule.ts";

/** The rule by which an alert with the labels `source` inhibits one with the labels `target`. */
export function inhibitingRule(
  rules: readonly InhibitRule[],
  source: LabelSet,
  target: LabelSet,
): InhibitRule | undefined {
  return rules.find((rule) => {
    if (!matchesAll(rule.source, source) || !matchesAll(rule.target, target)) return false;
    // Alerts that match both sides do not inhibit each other.
    if (matchesAll(rule.target, source) && matchesAll(rule.source, target)) return false;
    return equalKey(rule, source) === equalKey(rule, target);
  });
}
