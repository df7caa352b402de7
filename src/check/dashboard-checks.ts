/** All checks of dashboards, and what they find. */
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { PlannedDashboard } from "../plan/dashboard/planned.ts";
import { expensiveQuery } from "./dashboard/expensive-query.ts";
import { neverShows } from "./dashboard/never-shows.ts";
import { panelDatasource } from "./dashboard/panel-datasource.ts";
import { panelNoTargets } from "./dashboard/panel-no-targets.ts";
import { panelOverlap } from "./dashboard/panel-overlap.ts";
import { panelTitleDescription } from "./dashboard/panel-title-description.ts";
import { panelUnits } from "./dashboard/panel-units.ts";
import { targetCounterAgg } from "./dashboard/target-counter-agg.ts";
import { targetInstance } from "./dashboard/target-instance.ts";
import { targetJob } from "./dashboard/target-job.ts";
import { targetLogql } from "./dashboard/target-logql.ts";
import { targetLogqlAuto } from "./dashboard/target-logql-auto.ts";
import { targetPromql } from "./dashboard/target-promql.ts";
import { targetRateInterval } from "./dashboard/target-rate-interval.ts";
import { templateDatasource } from "./dashboard/template-datasource.ts";
import { templateInstance } from "./dashboard/template-instance.ts";
import { templateJob } from "./dashboard/template-job.ts";
import { templateLabelPromql } from "./dashboard/template-label-promql.ts";
import { templateOnTimeChangeReload } from "./dashboard/template-on-time-change-reload.ts";
import { uneditableDashboard } from "./dashboard/uneditable-dashboard.ts";
import { unitMismatch } from "./dashboard/unit-mismatch.ts";
import { unknownLabel } from "./dashboard/unknown-label.ts";
import { unknownSeries } from "./dashboard/unknown-series.ts";
import { unknownVariable } from "./dashboard/unknown-variable.ts";
import type { DashboardCheck, Finding, Knowledge } from "./dashboard-check.ts";

/** Every check; the seventeen rules of Grafana's dashboard-linter are among them, under their own names. */
export const DASHBOARD_CHECKS: readonly DashboardCheck[] = Object.freeze([
  expensiveQuery,
  neverShows,
  panelDatasource,
  panelNoTargets,
  panelOverlap,
  panelTitleDescription,
  panelUnits,
  targetCounterAgg,
  targetInstance,
  targetJob,
  targetLogql,
  targetLogqlAuto,
  targetPromql,
  targetRateInterval,
  templateDatasource,
  templateInstance,
  templateJob,
  templateLabelPromql,
  templateOnTimeChangeReload,
  uneditableDashboard,
  unitMismatch,
  unknownLabel,
  unknownSeries,
  unknownVariable,
]);

export interface Found extends Finding {
  readonly check: DashboardCheck;
}

/** Everything that is wrong with a dashboard. */
export function checkDashboard(dashboard: PlannedDashboard, knowledge: Knowledge = {}): readonly Found[] {
  return DASHBOARD_CHECKS.flatMap((check) =>
    [...check.find(dashboard, knowledge)].map((found) => ({ ...found, check })),
  );
}

/** What was found, in one sentence for people. */
export function sentenceOf({ title }: PlannedDashboard, { panel, message }: Finding): string {
  const where = panel === undefined ? "" : `: panel ${JSON.stringify(panel.title)}`;
  return `dashboard ${JSON.stringify(title)}${where} ${message}`;
}

/** What was found in a dashboard that was read, as diagnostics without a place. */
export function diagnosticsOf(dashboard: PlannedDashboard, knowledge: Knowledge = {}): readonly Diagnostic[] {
  return checkDashboard(dashboard, knowledge).map((found) => ({
    code: found.check.code,
    severity: found.check.severity,
    message: sentenceOf(dashboard, found),
    help: found.check.help,
  }));
}
