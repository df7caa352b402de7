/** Checks the dashboards that a workspace defines, at the very panel. */
import { type Dashboard, panelPath } from "../model/dashboard/dashboard.ts";
import type { Workspace } from "../model/workspace.ts";
import { catalogOf, seriesRead } from "../plan/catalog.ts";
import { dashboardUid } from "../plan/dashboard/identity.ts";
import type { PlannedDashboard, PlannedPanel } from "../plan/dashboard/planned.ts";
import type { Plan } from "../plan/plan.ts";
import { cardinalitiesOf, knownSeries } from "../plan/sources.ts";
import type { Expr } from "../promql/ast.ts";
import { parseDuration } from "../quantity/duration.ts";
import type { SourcedDiagnostic } from "../source/place.ts";
import { memoized, sameList } from "../util/memo.ts";
import type { Knowledge } from "./dashboard-check.ts";
import { checkDashboard, sentenceOf } from "./dashboard-checks.ts";

/** Looks at every dashboard that a user defined; what is the same in several environments is said once. */
export function checkDashboards(workspace: Workspace, plans: readonly Plan[]): readonly SourcedDiagnostic[] {
  const { definitions } = workspace;
  if (definitions.Dashboard.length === 0) return [];
  const found = new Map<string, SourcedDiagnostic>();
  for (const plan of plans) {
    const planned = new Map(plan.dashboards.map((dashboard) => [dashboard.uid, dashboard]));
    const knowledge = knowledgeOf(workspace, plan);
    for (const definition of definitions.Dashboard) {
      const dashboard = planned.get(dashboardUid(definition.name));
      if (dashboard === undefined) continue;
      for (const diagnostic of look(definition, dashboard, knowledge)) found.set(diagnostic.message, diagnostic);
    }
  }
  return [...sameAddresses(definitions.Dashboard), ...found.values()];
}

/** What a workspace knows of series. */
export function knowledgeOf(workspace: Workspace, { prometheus }: Pick<Plan, "prometheus">): Knowledge {
  return {
    catalog: catalogOf(workspace),
    series: knownSeries(workspace),
    cardinalities: cardinalitiesOf(workspace),
    intervalMs: parseDuration(prometheus.global.scrapeInterval ?? "30s"),
  };
}

/** Dashboards that nothing was wrong with, and all that was looked at then. */
const fine = new WeakMap<PlannedDashboard, readonly unknown[]>();

function look(definition: Dashboard, dashboard: PlannedDashboard, knowledge: Knowledge): readonly SourcedDiagnostic[] {
  const { catalog, series, cardinalities, intervalMs } = knowledge;
  const parts: unknown[] = [intervalMs];
  for (const name of seriesOf(dashboard)) parts.push(catalog?.(name), series?.has(name), cardinalities?.(name));
  const before = fine.get(dashboard);
  if (before !== undefined && sameList(before, parts)) return [];
  const found = checkDashboard(dashboard, knowledge);
  if (found.length === 0) fine.set(dashboard, parts);
  return found.map(({ check: { code, severity, help }, ...finding }) => ({
    code,
    severity,
    message: sentenceOf(dashboard, finding),
    help,
    at: { origin: definition.origin, path: placeOf(definition, dashboard, finding.panel) },
  }));
}

/** The names of all series that a dashboard's panels and variables read. */
const seriesOf = memoized(({ rows, variables }: PlannedDashboard): readonly string[] => {
  const names = new Set<string>();
  const add = (expr: Expr | undefined) => {
    if (expr !== undefined) for (const name of seriesRead(expr)) names.add(name);
  };
  for (const { panels } of rows) for (const { queries } of panels) for (const { expr } of queries) add(expr);
  for (const { query } of variables) {
    if (query !== undefined && "selector" in query) add(query.selector);
    if (query !== undefined && "expr" in query) add(query.expr);
  }
  return [...names];
});

function placeOf(
  definition: Dashboard,
  { rows }: PlannedDashboard,
  panel: PlannedPanel | undefined,
): readonly PropertyKey[] {
  const row = panel === undefined ? -1 : rows.findIndex(({ panels }) => panels.includes(panel));
  return row === -1 || panel === undefined ? [0] : panelPath(definition, row, rows[row]?.panels.indexOf(panel) ?? 0);
}

/** Two titles may make the same address, and then one dashboard would replace the other. */
function sameAddresses(dashboards: readonly Dashboard[]): readonly SourcedDiagnostic[] {
  const first = new Map<string, Dashboard>();
  return dashboards.flatMap((dashboard): readonly SourcedDiagnostic[] => {
    const uid = dashboardUid(dashboard.name);
    const other = first.get(uid);
    if (other === undefined) {
      first.set(uid, dashboard);
      return [];
    }
    return [
      {
        code: "dashboard/same-address",
        severity: "error",
        message: `the dashboards ${JSON.stringify(other.name)} and ${JSON.stringify(dashboard.name)} would have the same address, ${uid}`,
        help: "rename one of them",
        at: { origin: dashboard.origin, path: [0] },
        related: [{ message: "the other one", at: { origin: other.origin, path: [0] } }],
      },
    ];
  });
}
