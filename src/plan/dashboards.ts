/** Dashboards: those that users defined, and those made for every service, every team and the fleet. */

import { METRIC_NAME } from "../label/label-set.ts";
import { type Dashboard, rowsOf } from "../model/dashboard/dashboard.ts";
import type { GrafanaSpec, PrometheusSpec } from "../model/environment.ts";
import type { LabelDomain } from "../model/labels.ts";
import type { MetricDefinition } from "../model/metric/metric.ts";
import type { AnyService } from "../model/service.ts";
import type { AnyTeam } from "../model/team.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Expr } from "../promql/ast.ts";
import { walkExpr } from "../promql/map.ts";
import { print } from "../promql/print/print.ts";
import { labelFlow } from "../promql/type/label-flow.ts";
import { memoized } from "../util/memo.ts";
import { catalogOf } from "./catalog.ts";
import { runbookUrl, slug } from "./conventions.ts";
import type { AskedExpr, DashboardContext } from "./dashboard/context.ts";
import type { Cardinalities } from "./dashboard/cost.ts";
import { type DashboardDraft, USUAL_TIME } from "./dashboard/draft.ts";
import { fleetDraft, teamDraft } from "./dashboard/generate-overview.ts";
import { serviceDraft } from "./dashboard/generate-service.ts";
import { dashboardUid } from "./dashboard/identity.ts";
import { lowerDashboard } from "./dashboard/lower-dashboard.ts";
import { forDashboard, type HasLabel, hasLabelBy } from "./dashboard/narrow.ts";
import type { PlannedDashboard } from "./dashboard/planned.ts";
import { remembered, Surroundings, seriesRead } from "./dashboard/surroundings.ts";
import { expandRecorded, Watches } from "./dashboard/watch.ts";
import type { Overrides } from "./overrides.ts";
import type { PlannedAlert, PlannedRecording, RuleFile } from "./plan.ts";

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
  const context = contextOf(workspace, overrides, alerts, recordings, prometheus);
  const surroundings = new Surroundings(workspace, alerts, recordings);
  const { drafts, planned } = memories(overrides);
  const lowered = (draft: DashboardDraft) =>
    planned(draft, surroundings.of(exprsOf(draft)), () => lowerDashboard(draft, context));
  const sources = sourcesOf(workspace);
  const own = definitions.Dashboard.map((dashboard) =>
    lowered(drafts(dashboard, surroundings.of(exprsIn(dashboard)), () => draftOf(dashboard, sources))),
  );
  if (!generated) return own;

  const byService = new Map<AnyService, PlannedAlert[]>(definitions.Service.map((service) => [service, []]));
  for (const alert of alerts) byService.get(alert.definition.spec.service)?.push(alert);
  const cardinalities = cardinalitiesOf(workspace);
  const services = definitions.Service.filter(({ spec }) => spec.dashboard !== false).map((service) => {
    const watching = byService.get(service) ?? [];
    const parts = [...watching, ...surroundings.of(watching.map(({ expr }) => expr))];
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

function draftOf(dashboard: Dashboard, sources: Sources): DashboardDraft {
  const { name, spec } = dashboard;
  const read = new Set<string>();
  for (const expr of exprsIn(dashboard)) {
    for (const series of seriesRead(expr)) {
      const service = sources.get(series)?.service;
      if (service !== undefined) read.add(service);
    }
  }
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
    annotated: { team: read.size === 0 ? spec.owner.name : undefined, services: [...read].sort() },
  };
}

function contextOf(
  workspace: Workspace,
  overrides: Overrides,
  alerts: readonly PlannedAlert[],
  recordings: readonly PlannedRecording[],
  { externalUrl }: PrometheusSpec,
): DashboardContext {
  const catalog = catalogOf(workspace);
  const hasLabel = hasLabelBy(catalog);
  const sources = sourcesOf(workspace);
  const runbooks = new Map(
    workspace.definitions.Service.map((service) => [service.name, overrides.spec(service).runbooks]),
  );
  const recorded = new Map(recordings.map(({ name, expr }) => [name, expr]));
  // Made when it is asked for: where nothing has changed, nobody asks.
  let watches: Watches | undefined;
  const base = externalUrl?.replace(/\/+$/, "");
  return {
    overrides,
    hasLabel,
    flowOf: memoized((expr: Expr) => labelFlow(expr, { catalog })),
    asked: askedBy(hasLabel),
    get watches() {
      watches ??= new Watches(alerts, recorded);
      return watches;
    },
    expanded: (expr) => expandRecorded(expr, recorded),
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

/** What a series is, and whose. */
interface Source {
  readonly help: string;
  readonly service: string;
}

type Sources = ReadonlyMap<string, Source>;

const PARTS = ["", "_bucket", "_count", "_sum"] as const;

const sourcesOf = memoized(({ definitions }: Workspace): Sources => {
  const sources = new Map<string, Source>();
  for (const { name, spec } of definitions.Service) {
    for (const { definition } of Object.values(spec.metrics ?? {})) {
      const source = { help: definition.spec.help, service: name };
      for (const part of PARTS) sources.set(definition.name + part, source);
    }
  }
  for (const { name, spec } of definitions.RecordingRule)
    sources.set(name, { help: `Recorded: ${print(spec.expr.ast)}.`, service: spec.service.name });
  return sources;
});

/** The names of all series that a workspace's metrics and rules provide. */
export const knownSeries = memoized(
  (workspace: Workspace): ReadonlySet<string> => new Set(sourcesOf(workspace).keys()),
);

/** How many instances a service is taken to have where discovery finds them. */
const INSTANCES = 10;

/** The cardinalities that the workspace's metrics declare. */
export const cardinalitiesOf = memoized((workspace: Workspace): Cardinalities => {
  const { definitions } = workspace;
  const known = new Map<string, Readonly<Record<string, number>>>();
  for (const service of definitions.Service) {
    const instances = service.spec.scrape?.targets?.length ?? INSTANCES;
    known.set("up", { job: 1, instance: Math.max(known.get("up")?.instance ?? 0, instances) });
    for (const { definition } of Object.values(service.spec.metrics ?? {})) {
      const labels: Record<string, number> = { job: 1, instance: instances };
      for (const [name, { cardinality }] of Object.entries<LabelDomain>(definition.spec.labels ?? {}))
        labels[name] = cardinality;
      for (const part of PARTS) known.set(definition.name + part, labels);
      if (definition.type === "histogram")
        known.set(`${definition.name}_bucket`, { ...labels, le: bucketsOf(definition) });
    }
  }
  const recordings = new Map(definitions.RecordingRule.map((rule) => [rule.name, rule]));
  const cardinalities: Cardinalities = (series) => {
    const rule = recordings.get(series);
    if (known.has(series) || rule === undefined) return known.get(series);
    // A rule that records what it reads itself knows nothing of it.
    known.set(series, {});
    const all: Record<string, number> = {};
    walkExpr(rule.spec.expr.ast, (node) => {
      if (node.kind !== "VectorSelector") return;
      for (const [name, count] of Object.entries(cardinalities(node.name ?? "") ?? {}))
        all[name] = Math.max(all[name] ?? 0, count);
    });
    const surviving = labelFlow(rule.spec.expr.ast, { catalog: catalogOf(workspace) }).labels;
    const labels = Object.fromEntries(
      [...surviving.named]
        .filter(([name, { status }]) => status !== "cannot" && name !== METRIC_NAME)
        .map(([name]) => [name, all[name] ?? INSTANCES]),
    );
    known.set(series, labels);
    return labels;
  };
  return cardinalities;
});

function bucketsOf({ spec }: MetricDefinition): number {
  return ((spec as { readonly buckets?: readonly number[] }).buckets?.length ?? INSTANCES) + 1;
}
