/** Why matchers pass for none of some alerts, said so that a person sees the slip. */
import { didYouMean } from "../../diagnostic/near-miss.ts";
import type { CompiledMatcher } from "../matcher/compile.ts";
import { printMatcher } from "../matcher/print.ts";
import { canMatch, canMatchAll, type EmittedAlert, mayHave } from "./graph.ts";

/** Says what is wrong with matchers that no alert passes; `undefined` if one does. */
export function whyUnmatched(
  matchers: readonly CompiledMatcher[],
  alerts: readonly EmittedAlert[],
): string | undefined {
  if (alerts.some((alert) => canMatchAll(matchers, alert))) return undefined;
  const culprit = matchers.find((matcher) => !alerts.some((alert) => canMatch(matcher, alert)));
  if (culprit === undefined) return `no alert has all of ${matchers.map(printMatcher).join(", ")}`;
  const { name, value } = culprit;
  if (!alerts.some((alert) => mayHave(name, alert))) {
    const names = new Set(alerts.flatMap(({ labels, varying }) => [...Object.keys(labels), ...Object.keys(varying)]));
    return `no alert has the label ${JSON.stringify(name)}.${didYouMean(name, names)}`.replace(/\.$/, "");
  }
  const near = didYouMean(value, knownValues(name, alerts));
  if (name === "alertname") return `no rule emits an alert with ${printMatcher(culprit)}.${near}`.replace(/\.$/, "");
  return `no alert has ${printMatcher(culprit)}.${near}`.replace(/\.$/, "");
}

function knownValues(name: string, alerts: readonly EmittedAlert[]): ReadonlySet<string> {
  const values = new Set<string>();
  for (const { labels, varying } of alerts) {
    const some = varying[name];
    if (Array.isArray(some)) for (const value of some) values.add(value);
    if (labels[name] !== undefined) values.add(labels[name]);
  }
  return values;
}
