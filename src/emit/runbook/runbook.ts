/** A page for each alert: what it means, when it fires, whose it is, and what to do first. */
import { runbookFile } from "../../plan/conventions.ts";
import { alertsOf, type Plan, type PlannedAlert } from "../../plan/plan.ts";
import { pretty } from "../../promql/print/pretty.ts";
import { thresholdsOf } from "../../promql/thresholds.ts";
import { memoized } from "../../util/memo.ts";
import type { OutputFile } from "../output-file.ts";
import type { Templates } from "../templates.ts";

/** Pages by the name of the alert: alerts of one name in several services share one, each with a section of its own. */
export function emitRunbooks(plan: Plan, templates: Templates): readonly OutputFile[] {
  const byName = new Map<string, PlannedAlert[]>();
  for (const alert of alertsOf(plan)) {
    const sameName = byName.get(alert.name);
    if (sameName === undefined) byName.set(alert.name, [alert]);
    else sameName.push(alert);
  }
  const section = sectionOf(templates);
  return [...byName].map(([name, alerts]) => ({
    path: `runbooks/${runbookFile(name)}`,
    text: templates.runbook({
      name,
      several: alerts.length > 1,
      sections: alerts.map((alert) => ({ ...section(alert), tier: tierAmong(alert, alerts) })),
    }),
  }));
}

/** The severity, where that is all that tells two alerts of one service apart. */
function tierAmong(alert: PlannedAlert, sameName: readonly PlannedAlert[]): string {
  const { service } = alert.definition.spec;
  const tiered = sameName.some((other) => other !== alert && other.definition.spec.service === service);
  return tiered ? (alert.labels.severity ?? "") : "";
}

const sectionOf = memoized((templates: Templates) =>
  memoized((alert: PlannedAlert) => ({
    service: alert.definition.spec.service.name,
    text: templates.runbookSection(page(alert)),
  })),
);

function page({ name, expr, for: hold, keepFiringFor, labels, annotations, carried, definition }: PlannedAlert) {
  const { service, runbook, summary, description } = definition.spec;
  return {
    name,
    service: service.name,
    serviceDescription: service.spec.description ?? "",
    owner: service.spec.owner.name,
    severity: labels.severity ?? "",
    summary: readable(annotations.summary ?? "", typeof summary === "function"),
    description:
      annotations.description === undefined ? "" : readable(annotations.description, typeof description === "function"),
    meaning: runbook?.meaning ?? "",
    firstSteps: runbook?.firstSteps ?? [],
    hasSteps: (runbook?.firstSteps ?? []).length > 0,
    expression: pretty(expr),
    thresholds: thresholdsOf(expr),
    for: hold ?? "",
    keepFiringFor: keepFiringFor ?? "",
    labels: carried,
    metrics: Object.values(service.spec.metrics ?? {}).map(({ definition: metric }) => ({
      name: metric.name,
      help: metric.spec.help,
    })),
  };
}

/** A template as a person reads it: `{{ $labels.sku }}` is ‹sku›. */
function readable(template: string, generated: boolean): string {
  if (!generated) return template;
  return template
    .replace(/\{\{ \$labels\.(\w+) \}\}/g, "‹$1›")
    .replace(/\{\{ index \$labels "([^"]*)" \}\}/g, "‹$1›")
    .replace(/\{\{ (?:printf "[^"]*" )?\$value[^}]*\}\}/g, "‹value›")
    .replaceAll('{{ "{{" }}', "{{");
}
