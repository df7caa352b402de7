/** Which alerts keep others quiet: inhibit rules, for the labels that both share. */
import { LABEL } from "../conventions.ts";
import type { InhibitRule, PlannedAlert } from "../plan.ts";

/** An inhibit rule for each alert that says what it keeps quiet. */
export function planInhibitions(
  alerts: readonly PlannedAlert[],
  externalLabels: readonly string[],
): readonly InhibitRule[] {
  const byDefinition = new Map(alerts.map((alert) => [alert.definition, alert]));
  return alerts.flatMap((source) =>
    (source.definition.spec.inhibits ?? []).flatMap((definition, i): readonly InhibitRule[] => {
      const target = byDefinition.get(definition);
      if (target === undefined) return [];
      const namesakes = source.name === target.name && source.labels[LABEL.service] === target.labels[LABEL.service];
      return [
        {
          source: identity(source, namesakes),
          target: identity(target, namesakes),
          equal: shared(source, target, externalLabels),
          at: { origin: source.definition.origin, path: [1, "inhibits", i] },
        },
      ];
    }),
  );
}

/** What tells an alert from others; tiers of one alert differ in nothing but their severity. */
function identity({ name, labels }: PlannedAlert, bySeverity: boolean): InhibitRule["source"] {
  return [
    { name: "alertname", op: "=", value: name },
    { name: LABEL.service, op: "=", value: labels[LABEL.service] ?? "" },
    ...(bySeverity ? [{ name: LABEL.severity, op: "=" as const, value: labels[LABEL.severity] ?? "" }] : []),
  ];
}

/** The labels that tell instances of both alerts apart: those that both carry and that do not belong to the rule itself. */
function shared(source: PlannedAlert, target: PlannedAlert, externalLabels: readonly string[]): readonly string[] {
  const fixed = new Set([...Object.keys(source.labels), ...Object.keys(target.labels)]);
  const both = source.carried.filter((name) => target.carried.includes(name) && !fixed.has(name));
  return [...new Set([...both, ...externalLabels])].sort();
}
