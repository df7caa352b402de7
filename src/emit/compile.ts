/** The whole way from modules to files: collect, check shapes, lower, check meaning, print. */
import { checkExpressions } from "../check/expression.ts";
import { checkSecrets } from "../check/secret.ts";
import { checkTexts } from "../check/text.ts";
import { validate } from "../model/validate.ts";
import { collect, type Workspace, type WorkspaceModule } from "../model/workspace.ts";
import { lower } from "../plan/lower.ts";
import type { Plan } from "../plan/plan.ts";
import type { SourcedDiagnostic } from "../source/place.ts";
import { emitAlertmanager } from "./alertmanager/alertmanager.ts";
import { emitGrafana } from "./grafana/grafana.ts";
import type { OutputFile } from "./output-file.ts";
import { emitPrometheus } from "./prometheus/prometheus.ts";
import { emitRunbooks } from "./runbook/runbook.ts";
import { loadTemplates, type Templates } from "./templates.ts";

export interface Compiled {
  /** Empty where there is an error. */
  readonly files: readonly OutputFile[];
  readonly diagnostics: readonly SourcedDiagnostic[];
  readonly summary: Summary;
}

export interface Summary {
  readonly services: number;
  readonly alerts: number;
  readonly recordingRules: number;
  readonly dashboards: number;
  readonly environments: number;
}

export interface CompileOptions {
  /** The project's folder, for templates of its own. */
  readonly root: string;
}

/** A workspace with everything resolved, and what is wrong with it. */
export interface Planned {
  readonly workspace: Workspace;
  readonly plans: readonly Plan[];
  readonly diagnostics: readonly SourcedDiagnostic[];
}

/** Compiles modules into files. */
export function compile(modules: readonly WorkspaceModule[], { root }: CompileOptions): Compiled {
  const { workspace, plans, diagnostics } = plan(modules);
  const { definitions } = workspace;
  const summary: Summary = {
    services: definitions.Service.length,
    alerts: definitions.AlertingRule.length,
    recordingRules: definitions.RecordingRule.length,
    dashboards: definitions.Dashboard.length,
    environments: definitions.Environment.length,
  };
  if (hasError(diagnostics)) return { files: [], diagnostics, summary };
  const templates = loadTemplates(root);
  return { files: plans.flatMap((one) => emit(one, templates)), diagnostics, summary };
}

/** Resolves modules into plans: what emitters print, and what tests simulate. */
export function plan(modules: readonly WorkspaceModule[]): Planned {
  const { workspace, diagnostics: collected } = collect(modules);
  const shapes = [...collected, ...validate(workspace), ...checkSecrets(workspace)];
  // What has not the shape it should have cannot be lowered.
  if (hasError(shapes)) return { workspace, plans: [], diagnostics: shapes };
  const { plans, diagnostics: lowered } = lower(workspace);
  return {
    workspace,
    plans,
    diagnostics: [...shapes, ...lowered, ...checkExpressions(workspace), ...checkTexts(workspace)],
  };
}

function emit(one: Plan, templates: Templates): readonly OutputFile[] {
  const files = [
    ...emitPrometheus(one),
    ...emitAlertmanager(one, templates),
    ...emitGrafana(one),
    ...emitRunbooks(one, templates),
  ];
  return one.folder === "" ? files : files.map(({ path, text }) => ({ path: `${one.folder}/${path}`, text }));
}

function hasError(diagnostics: readonly SourcedDiagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
