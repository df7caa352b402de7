/** `inhibit/equal-label`: a label in `equal` that the sources or the targets of an inhibit rule lack. */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { didYouMean } from "../../diagnostic/near-miss.ts";
import { type EmittedAlert, type Graph, mayHave } from "./graph.ts";

export function* inhibitEqual({ reading, inhibitRules, matching }: Graph): Generator<Diagnostic> {
  for (const rule of inhibitRules) {
    const sources = matching(rule.source);
    const targets = matching(rule.target);
    if (sources.length === 0 || targets.length === 0) continue;
    for (const name of rule.equal) {
      const withoutSource = sources.filter((alert) => !mayHave(name, alert));
      const withoutTarget = targets.filter((alert) => !mayHave(name, alert));
      const message = describe(name, sources, withoutSource, targets, withoutTarget);
      if (message === undefined) continue;
      yield {
        code: "inhibit/equal-label",
        severity: "warning",
        message,
        help: `Remove it from equal, or give the label to all of them.${didYouMean(name, labelsOf([...sources, ...targets]))}`,
        place: reading.placeOf(rule.config, "equal"),
      };
    }
  }
}

function describe(
  name: string,
  sources: readonly EmittedAlert[],
  withoutSource: readonly EmittedAlert[],
  targets: readonly EmittedAlert[],
  withoutTarget: readonly EmittedAlert[],
): string | undefined {
  const label = JSON.stringify(name);
  const noSource = withoutSource.length === sources.length;
  const noTarget = withoutTarget.length === targets.length;
  if (noSource && noTarget)
    return `Neither sources nor targets of this inhibit rule have the label ${label}, so each source inhibits every target.`;
  if (noSource || noTarget)
    return `The ${noSource ? "sources" : "targets"} of this inhibit rule lack the label ${label}, so the rule never inhibits what has it.`;
  const lacking = withoutSource.length > 0 ? withoutSource : withoutTarget;
  if (lacking.length === 0) return undefined;
  const side = withoutSource.length > 0 ? "source" : "target";
  return `The ${side} ${JSON.stringify(lacking[0]?.name)} of this inhibit rule lacks the label ${label}, which others have.`;
}

function labelsOf(alerts: readonly EmittedAlert[]): ReadonlySet<string> {
  return new Set(alerts.flatMap(({ labels, varying }) => [...Object.keys(labels), ...Object.keys(varying)]));
}
