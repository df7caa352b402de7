/** What a check of dashboards is, and what several of them look at. */
import type { Severity } from "../diagnostic/diagnostic.ts";
import type { Cardinalities } from "../plan/dashboard/cost.ts";
import {
  type PlannedDashboard,
  type PlannedPanel,
  type PlannedQuery,
  type PlannedVariable,
  panelsOf,
} from "../plan/dashboard/planned.ts";
import type { Expr, VectorSelector } from "../promql/ast.ts";
import type { MetricCatalog } from "../promql/type/flow/catalog.ts";
import { type LabelFlow, labelFlow } from "../promql/type/label-flow.ts";
import { walk } from "../promql/walk.ts";

/** One thing that can be wrong with a dashboard, whether it was built or read. */
export interface DashboardCheck {
  readonly code: `dashboard/${string}`;
  readonly severity: Severity;
  /** One sentence: what it looks for, and why that matters. */
  readonly about: string;
  /** What to do about it. */
  readonly help: string;
  readonly find: (dashboard: PlannedDashboard, knowledge: Knowledge) => Iterable<Finding>;
}

/** Something found, and where. */
export interface Finding {
  readonly message: string;
  readonly panel?: PlannedPanel | undefined;
  readonly query?: PlannedQuery | undefined;
  readonly variable?: PlannedVariable | undefined;
}

/** What is known beside the dashboard; of a dashboard that was read alone, nothing. */
export interface Knowledge {
  readonly catalog?: MetricCatalog | undefined;
  /** The names of all series that something provides. */
  readonly series?: ReadonlySet<string> | undefined;
  readonly cardinalities?: Cardinalities | undefined;
  /** How often series have a sample. */
  readonly intervalMs?: number | undefined;
}

/** Kinds of panels that show numbers of queries, and so want a title, a unit and a query. */
const NUMERIC: ReadonlySet<string> = new Set(["timeseries", "stat", "gauge", "table"]);

export function numericPanels(dashboard: PlannedDashboard): readonly PlannedPanel[] {
  return panelsOf(dashboard).filter(({ as }) => NUMERIC.has(as));
}

export interface PanelQuery {
  readonly panel: PlannedPanel;
  readonly query: PlannedQuery;
}

/** All queries of panels that go to Prometheus. */
export function prometheusQueries(dashboard: PlannedDashboard): readonly PanelQuery[] {
  return queriesOf(dashboard).filter(({ query }) => query.skipped === undefined);
}

/** All queries of panels that go to Loki and are shown. */
export function lokiQueries(dashboard: PlannedDashboard): readonly PanelQuery[] {
  return queriesOf(dashboard).filter(
    ({ query: { datasource, text, hidden } }) => datasource.type?.toLowerCase() === "loki" && text !== "" && !hidden,
  );
}

function queriesOf(dashboard: PlannedDashboard): readonly PanelQuery[] {
  return panelsOf(dashboard).flatMap((panel) => panel.queries.map((query) => ({ panel, query })));
}

/** The queries that could be read, with their trees. */
export function readableQueries(dashboard: PlannedDashboard): readonly (PanelQuery & { readonly expr: Expr })[] {
  return prometheusQueries(dashboard).flatMap(({ panel, query }) =>
    query.expr === undefined ? [] : [{ panel, query, expr: query.expr }],
  );
}

/** The selectors of an expression. */
export function selectorsOf(expr: Expr): readonly VectorSelector[] {
  return [...walk(expr)].filter((node) => node.kind === "VectorSelector");
}

/** What is known of an expression in which a dashboard's variables stand. */
export function flowOf(expr: Expr, { catalog }: Knowledge): LabelFlow {
  return labelFlow(expr, { catalog, variables: true });
}

/** Whether a dashboard asks Prometheus, by its variable of data sources or by its queries. */
export function asksPrometheus(dashboard: PlannedDashboard): boolean {
  const sources = dashboard.variables.filter(({ kind }) => kind === "datasource");
  if (sources.length > 0) return sources.some(({ text }) => text === "prometheus");
  return prometheusQueries(dashboard).length > 0;
}

/** The series that Prometheus makes by itself. */
const OF_PROMETHEUS: ReadonlySet<string> = new Set([
  "ALERTS",
  "ALERTS_FOR_STATE",
  "up",
  "scrape_duration_seconds",
  "scrape_samples_scraped",
  "scrape_samples_post_metric_relabeling",
  "scrape_series_added",
]);

export function isOfPrometheus(series: string): boolean {
  return OF_PROMETHEUS.has(series);
}

/** Whether series of this name have a label, as far as is known; alerts have none of a target. */
export function mayHaveLabel(series: string | undefined, label: string, { catalog }: Knowledge): boolean {
  if (series === "ALERTS" || series === "ALERTS_FOR_STATE") return false;
  const facts = series === undefined ? undefined : catalog?.(series);
  // A recording rule without word of it: by convention, its level says which labels are left.
  if (facts === undefined) return !(series ?? "").includes(":") || catalog === undefined;
  return facts.labels === undefined || Object.hasOwn(facts.labels, label);
}
