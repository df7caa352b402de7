/** Resolves a dashboard: narrows its queries, and fills in units, legends, thresholds, links and descriptions. */
import type { FiringAlerts, Panel } from "../../model/dashboard/panel.ts";
import type { Row } from "../../model/dashboard/row.ts";
import type { Expr } from "../../promql/ast.ts";
import { walkExpr } from "../../promql/map.ts";
import { print } from "../../promql/print/print.ts";
import { selector } from "../../vector/build.ts";
import { LABEL } from "../conventions.ts";
import type { AskedExpr, DashboardContext } from "./context.ts";
import type { DashboardDraft } from "./draft.ts";
import { PanelIds } from "./identity.ts";
import { legendsOf } from "./legend.ts";
import { lookOf, mappingsOf, refIdOf, seriesLooksOf, thresholdsOf, transformationsOf } from "./look.ts";
import type { PlannedAnnotation, PlannedDashboard, PlannedLink, PlannedPanel, PlannedQuery } from "./planned.ts";
import { unitOf } from "./unit.ts";
import { DATASOURCE, labelsChosen, variablesOf } from "./variables.ts";
import { thresholdsFrom, type Watch } from "./watch.ts";

/** Resolves one dashboard. */
export function lowerDashboard(draft: DashboardDraft, context: DashboardContext): PlannedDashboard {
  const { rows, uid, file, title, description, tags, owner, links, time } = draft;
  const exprs = rows.flatMap(({ panels }) =>
    panels.flatMap(({ queries }) => queries.map(({ ast }) => context.overrides.expr(ast))),
  );
  const variables = variablesOf(draft, exprs, context.hasLabel);
  const ids = new PanelIds();
  const labels = labelsChosen(variables);
  return {
    uid,
    file,
    title,
    description,
    tags,
    owner,
    editable: false,
    time,
    variables,
    annotations: annotationsOf(draft),
    links: links.map(linkOf),
    rows: rows.map((row) => ({
      id: ids.next(row.title),
      title: row.title,
      collapsed: row.spec.collapsed ?? false,
      repeat: row.spec.repeat,
      panels: row.panels.map((panel) => lowerPanel(panel, row, ids, labels, context)),
    })),
  };
}

function lowerPanel(
  panel: Panel,
  row: Row,
  ids: PanelIds,
  labels: readonly string[],
  context: DashboardContext,
): PlannedPanel {
  const { title, spec, content, alerts } = panel;
  const exprs = panel.queries.map(({ ast }) => context.overrides.expr(ast));
  const watches = exprs.flatMap((expr) => context.watches.on(expr));
  const isDrawn = content === undefined && alerts === undefined;
  return {
    id: ids.next(row.title, title),
    title,
    description: descriptionOf(panel, exprs, watches, context),
    as: content !== undefined ? "text" : alerts !== undefined ? "alerts" : (spec.as ?? "timeseries"),
    plugin: undefined,
    datasource: content === undefined ? DATASOURCE : NOWHERE,
    queries: alerts !== undefined ? [firingQuery(alerts)] : queriesOf(panel, exprs, labels, context),
    look: lookOf(spec),
    unit: isDrawn ? (spec.unit ?? unitOf(exprs.map(context.expanded), context.flowOf)) : undefined,
    min: spec.min,
    max: spec.max,
    decimals: spec.decimals,
    stack: spec.stack ?? false,
    thresholds: spec.thresholds === undefined ? thresholdsFrom(watches) : thresholdsOf(spec.thresholds),
    series: seriesLooksOf(spec),
    transformations: transformationsOf(panel),
    links: [...(spec.links ?? []).map(linkOf), ...linksTo(watches, context)],
    watchedBy: watches.length === 0 ? NONE : watchersOf(watches),
    mappings: mappingsOf(spec.words),
    content,
    repeat: spec.repeat,
    place: undefined,
  };
}

const NOWHERE = { type: undefined, ref: undefined } as const;
const NONE: PlannedPanel["watchedBy"] = Object.freeze([]);

function watchersOf(watches: readonly Watch[]): PlannedPanel["watchedBy"] {
  return [...new Set(watches.map(({ alert }) => alert))].map(({ name, definition }) => ({
    name,
    service: definition.spec.service.name,
  }));
}

function descriptionOf(
  { spec, content, alerts }: Panel,
  exprs: readonly Expr[],
  watches: readonly Watch[],
  context: DashboardContext,
): string | undefined {
  if (spec.description !== undefined || content !== undefined) return spec.description;
  if (alerts !== undefined) return "The alerts that fire now, silenced or not.";
  return describe(exprs, watches, context);
}

/** Kinds that show one moment. */
const INSTANT: ReadonlySet<string> = new Set(["stat", "gauge", "bar gauge", "pie chart", "table"]);

function queriesOf(
  { spec, names, title, queries }: Panel,
  exprs: readonly Expr[],
  labels: readonly string[],
  context: DashboardContext,
): readonly PlannedQuery[] {
  const as = spec.as ?? "timeseries";
  const legends =
    spec.legend === undefined ? legendsOf(exprs, names, title, context.flowOf) : exprs.map(() => spec.legend);
  // A number of more than one moment needs the values of all of them.
  const instant = INSTANT.has(as) && (spec.shows ?? "last") === "last" && spec.sparkline !== true;
  const format = as === "table" ? "table" : as === "heatmap" ? "heatmap" : "time_series";
  return exprs.map((expr, i) => {
    const legend = as === "heatmap" ? "{{le}}" : legends[i];
    const asked = query(context.asked(expr, labels), i, legend, instant, format);
    const written = queries[i];
    // What cannot be read is kept as it was written, for the check that says so.
    const isWrong = written !== undefined && "errors" in written && written.errors.length > 0;
    return isWrong ? { ...asked, text: written.text, expr: undefined, errors: written.errors } : asked;
  });
}

function query(
  { expr, text }: AskedExpr,
  index: number,
  legend: string | undefined,
  instant: boolean,
  format: PlannedQuery["format"],
): PlannedQuery {
  return {
    refId: refIdOf(index),
    datasource: DATASOURCE,
    text,
    expr,
    errors: NO_ERRORS,
    skipped: undefined,
    legend,
    instant,
    format,
    hidden: false,
  };
}

const NO_ERRORS: PlannedQuery["errors"] = Object.freeze([]);

function firingQuery({ team, service }: FiringAlerts): PlannedQuery {
  const expr = firingSeries(team?.name, service === undefined ? [] : [service.name]);
  return query({ expr, text: print(expr) }, 0, "{{alertname}}", true, "table");
}

/** `ALERTS{alertstate="firing",team="storefront"}` */
export function firingSeries(team: string | undefined, services: readonly string[]): Expr {
  const ofServices = { name: LABEL.service, op: services.length === 1 ? ("=" as const) : ("=~" as const) };
  return selector("ALERTS", [
    { name: "alertstate", op: "=", value: "firing" },
    ...(team === undefined ? [] : [{ name: LABEL.team, op: "=" as const, value: team }]),
    ...(services.length === 0 ? [] : [{ ...ofServices, value: services.join("|") }]),
  ]);
}

/** Marks on every panel when alerts began to fire. */
function annotationsOf({ annotated }: DashboardDraft): readonly PlannedAnnotation[] {
  const expr = firingSeries(annotated.team, annotated.services);
  return [
    {
      name: "Alerts",
      datasource: DATASOURCE,
      enabled: true,
      color: "red",
      query: query({ expr, text: print(expr) }, 0, undefined, false, "time_series"),
      titleFormat: "{{alertname}}",
      textFormat: `{{${LABEL.severity}}} of {{${LABEL.service}}}`,
    },
  ];
}

function linkOf({
  title,
  url,
  newTab,
}: {
  readonly title: string;
  readonly url: string;
  readonly newTab?: boolean;
}): PlannedLink {
  return { title, url, newTab: newTab ?? false };
}

/** From a panel to the alerts on what it draws, and to their pages. */
function linksTo(watches: readonly Watch[], context: DashboardContext): readonly PlannedLink[] {
  if (watches.length === 0) return [];
  const links = new Map<string, PlannedLink>();
  for (const { alert } of watches) {
    const runbook = context.runbook(alert.name, alert.definition.spec.service.name);
    const page = context.alertPage(alert.name);
    if (page !== undefined) links.set(page, { title: `${alert.name}: alert`, url: page, newTab: true });
    if (runbook !== undefined) links.set(runbook, { title: `${alert.name}: runbook`, url: runbook, newTab: true });
  }
  return [...links.values()];
}

/** What is measured, and which alerts watch it. */
function describe(exprs: readonly Expr[], watches: readonly Watch[], { help }: DashboardContext): string | undefined {
  const sentences = new Set<string>();
  for (const expr of exprs) {
    walkExpr(expr, (node) => {
      const sentence = node.kind === "VectorSelector" && node.name !== undefined ? help(node.name) : undefined;
      if (sentence !== undefined) sentences.add(sentence);
    });
  }
  for (const { alert, op, value } of watches)
    sentences.add(`${alert.name} (${alert.labels.severity}) watches for ${op} ${value}.`);
  return sentences.size === 0 ? exprs.map((expr) => print(expr)).join("; ") || undefined : [...sentences].join(" ");
}
