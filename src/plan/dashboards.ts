/** Dashboards: those that users defined, and those made for every service, every team and the fleet. */

import { type Dashboard, rowsOf } from "../model/dashboard/dashboard.ts";
import type { GrafanaSpec, PrometheusSpec } from "../model/environment.ts";
import type { AnyService } from "../model/service.ts";
import type { AnyTeam } from "../model/team.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Expr } from "../promql/ast.ts";
import { print } from "../promql/print/print.ts";
import { memoized, remembered } from "../util/memo.ts";
import { catalogOf, flowIn, seriesRead } from "./catalog.ts";
import { runbookUrl, slug } from "./conventions.ts";
import type { AskedExpr, DashboardContext } from "./dashboard/context.ts";
import { type DashboardDraft, USUAL_TIME } from "./dashboard/draft.ts";
import { fleetDraft, teamDraft } from "./dashboard/generate-overview.ts";
import { serviceDraft } from "./dashboard/generate-service.ts";
import { dashboardUid } from "./dashboard/identity.ts";
import { lowerDashboard } from "./dashboard/lower-dashboard.ts";
import { forDashboard, type HasLabel, hasLabelBy } from "./dashboard/narrow.ts";
import type { PlannedDashboard } from "./dashboard/planned.ts";
import { surroundingsIn } from "./dashboard/surroundings.ts";
import { expandRecorded, Watches } from "./dashboard/watch.ts";
import type { Overrides } from "./overrides.ts";
import type { PlannedAlert, PlannedRecording, RuleFile } from "./plan.ts";
import { cardinalitiesOf, type Sources, sourcesOf } from "./sources.ts";

/** Lowers the dashboards of one environment. */
export function planDashboards(
  workspace: Workspace,
  overrides: Overrides,
  ruleFiles: readonly RuleFile[],
  { generated = true }: GrafanaSpec,
  prometheus: PrometheusSpec,
): readonly PlannedDashboard[] {
  const { definitions } = workspace;
  const rules = ruleFiles.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
  const alerts = rules.filter((rule): rule is PlannedAlert => rule.kind === "alerting");
  const recordings = rules.filter((rule): rule is PlannedRecording => rule.kind === "recording");
  const catalog = catalogOf(workspace);
  const sources = sourcesOf(workspace);
  const recorded = new Map(recordings.map(({ name, expr }) => [name, expr]));
  const watches = new Watches(alerts, recorded);
  const context = contextOf(workspace, overrides, recorded, watches, prometheus);
  const surroundingsOf = surroundingsIn({ catalog, sources, recorded, watches });
  const { drafts, planned } = memories(overrides);
  const lowered = (draft: DashboardDraft) => {
    const parts = exprsOf(draft).flatMap((expr) => surroundingsOf(overrides.expr(expr)));
    return planned(draft, parts, () => lowerDashboard(draft, context));
  };
  const own = definitions.Dashboard.map((dashboard) => {
    const services = servicesRead(dashboard, sources);
    return lowered(drafts(dashboard, services, () => draftOf(dashboard, services)));
  });
  if (!generated) return own;

  const byService = new Map<AnyService, PlannedAlert[]>(definitions.Service.map((service) => [service, []]));
  for (const alert of alerts) byService.get(alert.definition.spec.service)?.push(alert);
  const cardinalities = cardinalitiesOf(workspace);
  const services = definitions.Service.filter(({ spec }) => spec.dashboard !== false).map((service) => {
    const watching = byService.get(service) ?? [];
    const parts = [...watching, ...watching.flatMap(({ expr }) => seriesRead(expr).map(cardinalities))];
    return { service, dashboard: drafts(service, parts, () => serviceDraft(service, watching, cardinalities)) };
  });
  const owners = new Map<AnyTeam, { readonly service: AnyService; readonly dashboard: DashboardDraft }[]>();
  for (const one of services) {
    const owned = owners.get(one.service.spec.owner);
    if (owned === undefined) owners.set(one.service.spec.owner, [one]);
    else owned.push(one);
  }
  const teams = definitions.Team.filter((team) => owners.has(team));
  const overviews = teams.map((team) => {
    const owned = owners.get(team) ?? [];
    const parts = owned.map(({ dashboard }) => dashboard);
    return drafts(team, parts, () => teamDraft(team, owned));
  });
  const fleet = services.length === 0 ? [] : [fleetDraft(teams, definitions.Service)];
  return [...own, ...[...services.map(({ dashboard }) => dashboard), ...overviews, ...fleet].map(lowered)];
}

/** What was planned before, in each environment. */
const memories = memoized((_: Overrides) => ({
  drafts: remembered<object, DashboardDraft>(),
  planned: remembered<DashboardDraft, PlannedDashboard>(),
}));

const exprsOf = memoized(({ rows }: DashboardDraft): readonly Expr[] =>
  rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries.map(({ ast }) => ast))),
);

const exprsIn = memoized((dashboard: Dashboard): readonly Expr[] =>
  rowsOf(dashboard).flatMap(({ panels }) => panels.flatMap(({ queries }) => queries.map(({ ast }) => ast))),
);

/** The services whose series a dashboard reads, in order. */
function servicesRead(dashboard: Dashboard, sources: Sources): readonly string[] {
  const read = exprsIn(dashboard)
    .flatMap(seriesRead)
    .map((series) => sources.get(series)?.service);
  return [...new Set(read.filter((service) => service !== undefined))].sort();
}

function draftOf(dashboard: Dashboard, services: readonly string[]): DashboardDraft {
  const { name, spec } = dashboard;
  return {
    uid: dashboardUid(name),
    file: slug(name),
    title: name,
    description: spec.description,
    tags: ["tocsin", spec.owner.name, ...(spec.tags ?? [])],
    owner: spec.owner.name,
    rows: rowsOf(dashboard),
    variables: spec.variables ?? [],
    time: {
      ...USUAL_TIME,
      ...(spec.over === undefined ? {} : { from: `now-${spec.over}` }),
      ...(spec.refresh === undefined ? {} : { refresh: spec.refresh === false ? "" : spec.refresh }),
      ...(spec.timezone === undefined ? {} : { timezone: spec.timezone }),
    },
    links: spec.links ?? [],
    job: undefined,
    annotated: { team: services.length === 0 ? spec.owner.name : undefined, services },
  };
}

function contextOf(
  workspace: Workspace,
  overrides: Overrides,
  recorded: ReadonlyMap<string, Expr>,
  watches: Watches,
  { externalUrl }: PrometheusSpec,
): DashboardContext {
  const catalog = catalogOf(workspace);
  const hasLabel = hasLabelBy(catalog);
  const sources = sourcesOf(workspace);
  const runbooks = new Map(
    workspace.definitions.Service.map((service) => [service.name, overrides.spec(service).runbooks]),
  );
  const base = externalUrl?.replace(/\/+$/, "");
  return {
    overrides,
    hasLabel,
    flowOf: flowIn(catalog),
    asked: askedBy(hasLabel),
    watches,
    expanded: memoized((expr: Expr) => expandRecorded(expr, recorded)),
    help: (series) => sources.get(series)?.help,
    runbook: (alert, service) => runbookUrl({ name: alert }, runbooks.get(service)),
    alertPage: (alert) => (base === undefined ? undefined : `${base}/alerts?search=${encodeURIComponent(alert)}`),
  };
}

/** Remembers what expressions become: an overview shows what other dashboards show. */
function askedBy(hasLabel: HasLabel): DashboardContext["asked"] {
  const byLabels = new Map<string, (expr: Expr) => AskedExpr>();
  return (expr, labels) => {
    const key = labels.join();
    let ask = byLabels.get(key);
    if (ask === undefined) {
      ask = memoized((one: Expr) => {
        const narrowed = forDashboard(one, labels, hasLabel);
        return { expr: narrowed, text: print(narrowed, { variables: true }) };
      });
      byLabels.set(key, ask);
    }
    return ask(expr);
  };
}
