/** A page for each alert: what it means, when it fires, whose it is, and what to do first. */
import { runbookFile } from "../../plan/conventions.ts";
import { panelsOf } from "../../plan/dashboard/planned.ts";
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
  const dashboards = panelsByAlert(plan);
  const section = (alert: PlannedAlert) => sectionOf(templates)(alert)(dashboards.get(keyOf(alert)) ?? NOWHERE);
  return [...byName].map(([name, alerts]) => {
    const tiered = severalOf(alerts.map(({ definition }) => definition.spec.service));
    return {
      path: `runbooks/${runbookFile(name)}`,
      text: templates.runbook({
        name,
        several: alerts.length > 1,
        sections: alerts.map((alert) => ({
          ...section(alert),
          // The severity, where that is all that tells two alerts of one service apart.
          tier: tiered.has(alert.definition.spec.service) ? (alert.labels.severity ?? "") : "",
        })),
      }),
    };
  });
}

/** What is in a list more than once. */
function severalOf<T>(list: readonly T[]): ReadonlySet<T> {
  const seen = new Set<T>();
  return new Set(list.filter((one) => seen.size === seen.add(one).size));
}

const sectionOf = memoized((templates: Templates) =>
  memoized((alert: PlannedAlert) => {
    // The links are made anew for each build; what they say seldom is.
    const known = new Map<string, { readonly service: string; readonly text: string }>();
    return (links: readonly PanelLink[]) => {
      const key = JSON.stringify(links);
      const before = known.get(key);
      if (before !== undefined) return before;
      const { service } = alert.definition.spec;
      const section = { service: service.name, text: templates.runbookSection(page(alert, links)) };
      known.set(key, section);
      return section;
    };
  }),
);

/** A panel that draws what an alert watches. */
interface PanelLink {
  readonly title: string;
  readonly url: string;
}

const NOWHERE: readonly PanelLink[] = Object.freeze([]);
const MOST_LINKS = 3;

const keyOf = ({ name, definition }: PlannedAlert): string => `${definition.spec.service.name}/${name}`;

/** The way back from an alert's page to the panels that draw it, where people reach Grafana. */
function panelsByAlert({ dashboards, grafana }: Plan): ReadonlyMap<string, readonly PanelLink[]> {
  const links = new Map<string, PanelLink[]>();
  const base = grafana.url?.replace(/\/+$/, "");
  if (base === undefined) return links;
  for (const dashboard of dashboards) {
    for (const panel of panelsOf(dashboard)) {
      for (const { name, service } of panel.watchedBy) {
        const key = `${service}/${name}`;
        const known = links.get(key) ?? [];
        links.set(key, known);
        if (known.length >= MOST_LINKS) continue;
        const title = `${dashboard.title}: ${panel.title}`;
        known.push({ title, url: `${base}/d/${dashboard.uid}?viewPanel=panel-${panel.id}` });
      }
    }
  }
  return links;
}

function page(
  { name, expr, for: hold, keepFiringFor, labels, annotations, carried, definition }: PlannedAlert,
  panels: readonly PanelLink[],
) {
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
    panels,
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
