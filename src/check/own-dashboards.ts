/** Checks the dashboards that a workspace defines, at the very panel. */
import { type Dashboard, panelPath } from "../model/dashboard/dashboard.ts";
import type { Workspace } from "../model/workspace.ts";
import { catalogOf } from "../plan/catalog.ts";
import { dashboardUid } from "../plan/dashboard/identity.ts";
import type { PlannedDashboard, PlannedPanel } from "../plan/dashboard/planned.ts";
import { cardinalitiesOf, knownSeries } from "../plan/dashboards.ts";
import type { Plan } from "../plan/plan.ts";
import { parseDuration } from "../quantity/duration.ts";
import type { SourcedDiagnostic } from "../source/place.ts";
import { memoized } from "../util/memo.ts";
import type { Knowledge } from "./dashboard-check.ts";
import { checkDashboard, sentenceOf } from "./dashboard-checks.ts";

/** Looks at every dashboard that a user defined; what is the same in several environments is said once. */
export function checkDashboards(workspace: Workspace, plans: readonly Plan[]): readonly SourcedDiagnostic[] {
  const { definitions } = workspace;
  if (definitions.Dashboard.length === 0) return [];
  const found = new Map<string, SourcedDiagnostic>();
  for (const plan of plans) {
    const planned = new Map(plan.dashboards.map((dashboard) => [dashboard.uid, dashboard]));
    const look = lookWith(knowledgeOf(workspace, plan));
    for (const definition of definitions.Dashboard) {
      const dashboard = planned.get(dashboardUid(definition.name));
      if (dashboard === undefined) continue;
      for (const diagnostic of look(dashboard)(definition)) found.set(diagnostic.message, diagnostic);
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

function lookWith(knowledge: Knowledge) {
  return memoized((dashboard: PlannedDashboard) =>
    memoized((definition: Dashboard): readonly SourcedDiagnostic[] =>
      checkDashboard(dashboard, knowledge).map((found) => ({
        code: found.check.code,
        severity: found.check.severity,
        message: sentenceOf(dashboard, found),
        help: found.check.help,
        at: { origin: definition.origin, path: placeOf(definition, dashboard, found.panel) },
      })),
    ),
  );
}

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
