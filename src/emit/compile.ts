/** The whole way from modules to files: collect, check shapes, lower, check meaning, print. */
import { checkExpressions } from "../check/expression.ts";
import { checkDashboards } from "../check/own-dashboards.ts";
import { checkRecordings } from "../check/recording.ts";
import { checkScraping } from "../check/scraping.ts";
import { checkSeverities } from "../check/severity.ts";
import { checkStrings } from "../check/strings.ts";
import { checkTexts } from "../check/text.ts";
import { didYouMean } from "../diagnostic/near-miss.ts";
import { validate } from "../model/validate.ts";
import { collect, type Workspace, type WorkspaceModule } from "../model/workspace.ts";
import { lower } from "../plan/lower.ts";
import type { Plan } from "../plan/plan.ts";
import type { SourcedDiagnostic } from "../source/place.ts";
import { emitAlertmanager } from "./alertmanager/alertmanager.ts";
import { checkTemplates } from "./alertmanager/check-templates.ts";
import { checkGraph, type Printed } from "./check-graph.ts";
import type { Compiled, CompileOptions } from "./compile-result.ts";
import { emitGrafana } from "./grafana/grafana.ts";
import type { OutputFile } from "./output-file.ts";
import { emitPrometheus } from "./prometheus/prometheus.ts";
import { emitRunbooks } from "./runbook/runbook.ts";
import { loadTemplates, type Templates } from "./templates.ts";

export interface Summary {
  readonly services: number;
  readonly alerts: number;
  readonly recordingRules: number;
  readonly dashboards: number;
  readonly environments: number;
}

/** A workspace with everything resolved, and what is wrong with it. */
export interface Planned {
  readonly workspace: Workspace;
  readonly plans: readonly Plan[];
  readonly diagnostics: readonly SourcedDiagnostic[];
}

/** Compiles modules into files. */
export function compile(
  modules: readonly WorkspaceModule[],
  { root, environment }: CompileOptions,
): Compiled & { readonly summary: Summary } {
  const { workspace, plans, diagnostics: planned } = plan(modules);
  const { definitions } = workspace;
  const summary: Summary = {
    services: definitions.Service.length,
    alerts: definitions.AlertingRule.length,
    recordingRules: definitions.RecordingRule.length,
    dashboards: definitions.Dashboard.length,
    environments: definitions.Environment.length,
  };
  if (hasError(planned)) return { files: [], diagnostics: planned, summary };
  const templates = loadTemplates(root);
  const printed = plans.map((one): Printed => ({ plan: one, alertmanager: emitAlertmanager(one, templates) }));
  // These are looked at only here, so that tests of rules need not wait for them.
  const diagnostics = [
    ...planned,
    ...checkDashboards(workspace, plans),
    ...checkTemplates(plans, templates),
    ...checkGraph(workspace, printed),
  ];
  if (hasError(diagnostics)) return { files: [], diagnostics, summary };
  if (environment === undefined)
    return { files: printed.flatMap((one) => emit(one, one.plan.folder, templates)), diagnostics, summary };
  const only = printed.find(({ plan: { environment: name } }) => name === environment);
  return only === undefined
    ? { files: [], diagnostics: [...diagnostics, unknownEnvironment(environment, workspace)], summary }
    : { files: emit(only, "", templates), diagnostics, summary };
}

function unknownEnvironment(name: string, { definitions }: Workspace): SourcedDiagnostic {
  const known = definitions.Environment.map((one) => one.name);
  return {
    code: "environment/unknown",
    severity: "error",
    message: `there is no environment ${JSON.stringify(name)}.${didYouMean(name, known)}`,
    help: known.length > 0 ? `there are: ${known.join(", ")}` : "no module exports an environment()",
  };
}

/** Resolves modules into plans: what emitters print, and what tests simulate. */
export function plan(modules: readonly WorkspaceModule[]): Planned {
  const { workspace, diagnostics: collected } = collect(modules);
  const shapes = [...collected, ...validate(workspace), ...checkStrings(workspace)];
  // What has not the shape it should have cannot be lowered.
  if (hasError(shapes)) return { workspace, plans: [], diagnostics: shapes };
  const { plans, diagnostics: lowered } = lower(workspace);
  return {
    workspace,
    plans,
    diagnostics: [
      ...shapes,
      ...lowered,
      ...checkScraping(workspace, plans),
      ...checkSeverities(plans),
      ...checkRecordings(workspace, plans),
      ...checkExpressions(workspace),
      ...checkTexts(workspace),
    ],
  };
}

function emit({ plan: one, alertmanager }: Printed, folder: string, templates: Templates): readonly OutputFile[] {
  const files = [...emitPrometheus(one), ...alertmanager, ...emitGrafana(one), ...emitRunbooks(one, templates)];
  return folder === "" ? files : files.map(({ path, text }) => ({ path: `${folder}/${path}`, text }));
}

function hasError(diagnostics: readonly SourcedDiagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
