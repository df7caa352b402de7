/** Lowers a workspace: one plan for each environment. */
import type { Definition } from "../model/definition.ts";
import type { Environment } from "../model/environment.ts";
import type { MetricDefinition } from "../model/metric/metric.ts";
import type { AnyService } from "../model/service.ts";
import { isThresholdLiteral, type Threshold } from "../model/threshold.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Expr } from "../promql/ast.ts";
import { walkExpr } from "../promql/map.ts";
import type { SourcedDiagnostic } from "../source/place.ts";
import { memoized } from "../util/memo.ts";
import { DEFAULT_INTERVAL, LABEL } from "./conventions.ts";
import type { PlannedDashboard } from "./dashboard/planned.ts";
import { planDashboards } from "./dashboards.ts";
import { checkOverrides, type Overrides, overridesOf } from "./overrides.ts";
import { alertsOf, type Plan, type PlannedAlert, type ScrapeJob } from "./plan.ts";
import { checkReceivers } from "./routing/check-receivers.ts";
import { checkEnvironmentRoutes, checkTeamRoutes } from "./routing/check-routes.ts";
import { planRouting } from "./routing/routing.ts";
import { planRules } from "./rules.ts";

export interface Lowered {
  readonly plans: readonly Plan[];
  readonly diagnostics: readonly SourcedDiagnostic[];
}

/** Resolves everything. The definitions must have passed their schemas. */
export function lower(workspace: Workspace): Lowered {
  const environments = workspace.definitions.Environment;
  const known = new Set<Definition>(Object.values(workspace.definitions).flat());
  for (const threshold of comparedWith(workspace)) known.add(threshold);
  const plans = (environments.length === 0 ? [undefined] : environments).map((environment) =>
    lowerEnvironment(workspace, environment, environments.length > 1),
  );
  return {
    plans,
    diagnostics: [
      ...environments.flatMap((environment) => checkOverrides(environment, known)),
      ...checkTeamRoutes(workspace),
      ...environments.flatMap((environment, i) => checkEnvironmentRoutes(environment, alertsOf(plans[i] as Plan))),
      ...plans.flatMap((plan) =>
        checkReceivers(plan.alertmanager, environments.length > 1 ? plan.environment : undefined),
      ),
    ],
  };
}

function lowerEnvironment(workspace: Workspace, environment: Environment | undefined, several: boolean): Plan {
  const overrides = overridesOf(environment);
  const { prometheus = {}, alertmanager = {}, grafana = {} } = environment?.spec ?? {};
  const externalLabels = {
    ...(several && environment !== undefined ? { [LABEL.environment]: environment.name } : {}),
    ...prometheus.externalLabels,
  };
  const ruleFiles = planRules(workspace, overrides);
  const alerts = ruleFiles.flatMap(({ groups }) =>
    groups.flatMap(({ rules }) => rules.filter((rule): rule is PlannedAlert => rule.kind === "alerting")),
  );
  let dashboards: readonly PlannedDashboard[] | undefined;
  return {
    environment: environment?.name,
    folder: several && environment !== undefined ? environment.name : "",
    prometheus: {
      global: {
        scrapeInterval: DEFAULT_INTERVAL,
        evaluationInterval: DEFAULT_INTERVAL,
        ...prometheus,
        externalLabels,
      },
      scrapeJobs: workspace.definitions.Service.flatMap(scrapeIn(overrides)),
      ruleFiles,
    },
    alertmanager: planRouting(workspace, alertmanager, alerts, Object.keys(externalLabels), overrides),
    grafana,
    // Tests of rules look at no dashboard, so they wait for none.
    get dashboards() {
      dashboards ??= planDashboards(workspace, overrides, ruleFiles, grafana, prometheus);
      return dashboards;
    },
    services: workspace.definitions.Service,
  };
}

/** The thresholds that rules compare with: whoever overrides one need not have exported it. */
function comparedWith({ definitions }: Workspace): readonly Threshold[] {
  const overrides = definitions.Environment.flatMap(({ spec }) => spec.overrides ?? []);
  if (!overrides.some(({ target }) => target.kind === "Threshold")) return [];
  const found: Threshold[] = [];
  const visit = (expr: Expr) =>
    walkExpr(expr, (node) => {
      if (isThresholdLiteral(node)) found.push(node.threshold);
    });
  for (const { spec } of definitions.RecordingRule) visit(spec.expr.ast);
  for (const { spec } of definitions.AlertingRule) visit(spec.when.ast);
  return found;
}

/** A service's job is planned once for each environment: definitions are frozen. */
const scrapeIn = memoized((overrides: Overrides) =>
  memoized((service: AnyService): readonly ScrapeJob[] => {
    const { scrape } = overrides.spec(service);
    return scrape === undefined
      ? []
      : [{ service, job: service.name, spec: scrape, declared: declaredSeries(service) }];
  }),
);

const SUFFIXES: Readonly<Record<MetricDefinition["type"], readonly string[]>> = {
  counter: [""],
  gauge: [""],
  histogram: ["_bucket", "_count", "_sum"],
  "native histogram": [""],
  summary: ["", "_count", "_sum"],
  info: [""],
};

/** The names of the series that a service's metrics stand for. */
export function declaredSeries({ spec }: AnyService): readonly string[] {
  const metrics = Object.values(spec.metrics ?? {});
  return [
    ...new Set(
      metrics.flatMap(({ definition }) => SUFFIXES[definition.type].map((suffix) => definition.name + suffix)),
    ),
  ].sort();
}
