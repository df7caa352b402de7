/** `tocsin timeline --series`: series from files, run against the rules that the monitors compile to. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { didYouMean } from "../diagnostic/near-miss.ts";
import { readSeriesFile, type SeriesLine } from "../engine/storage/series-file.ts";
import { labelKey, METRIC_NAME } from "../label/label-set.ts";
import type { Plan } from "../plan/plan.ts";
import { walkExpr } from "../promql/map.ts";
import { readsOf } from "../rule/dependencies.ts";
import type { InputSeries } from "../rule/input.ts";
import type { RuleGroup } from "../rule/rule.ts";
import { createLoader } from "../source/load.ts";
import { resolvePlaces } from "../source/place.ts";
import { Scenario } from "../testing/scenario/scenario.ts";
import type { PlannedWorkspace } from "../testing/scenario/workspace.ts";
import { UsageError } from "./command.ts";
import type { Io } from "./io.ts";
import { rootFolder } from "./project.ts";

export interface SeriesRequest {
  readonly files: readonly string[];
  /** Milliseconds since 1970. */
  readonly startMs: number;
  readonly root?: string | undefined;
  readonly environment?: string | undefined;
}

/** A scenario of what files hold; none where something is wrong. */
export interface SeriesScenario {
  readonly scenario: Scenario | undefined;
  /** When the last sample of all is, since the start. */
  readonly lengthMs: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the files and the monitors. */
export async function seriesScenario(request: SeriesRequest, io: Io): Promise<SeriesScenario> {
  const read = request.files.map((file) => readFile(file, io));
  const workspace = await planned(request, io);
  const lines = read.flatMap((one) => one.lines);
  const diagnostics = [...read.flatMap((one) => one.diagnostics), ...workspace.diagnostics];
  if (workspace.planned === undefined || diagnostics.some(({ severity }) => severity === "error"))
    return { scenario: undefined, lengthMs: 0, diagnostics };
  const { startMs } = request;
  const inputs = lines.map(({ series, stepMs }): InputSeries => ({ ...series, intervalMs: stepMs }));
  return {
    scenario: new Scenario({
      workspace: workspace.planned,
      startMs,
      intervalMs: 60_000,
      series: [],
      inputs,
      silences: [],
    }),
    lengthMs: Math.max(0, ...inputs.map(lengthOf)),
    diagnostics: [...diagnostics, ...unread(lines, workspace.planned.groups)],
  };
}

interface PlacedLine extends SeriesLine {
  readonly file: string;
  readonly source: string;
}

function readFile(file: string, { cwd }: Io): { lines: readonly PlacedLine[]; diagnostics: readonly Diagnostic[] } {
  let source: string;
  try {
    source = readFileSync(resolve(cwd, file), "utf8");
  } catch {
    throw new UsageError(`There is no file ${JSON.stringify(file)}.`);
  }
  const { lines, errors } = readSeriesFile(source);
  const seen = new Set<string>();
  const twice = lines.filter(({ series }) => seen.size === seen.add(labelKey(series.labels)).size);
  const wrong = [...errors, ...twice.map((line) => ({ ...line, message: "this series is given twice" }))];
  return {
    lines: lines.map((line) => ({ ...line, file, source })),
    diagnostics: wrong.map(({ message, start, end }) => ({
      code: "timeline/series",
      severity: "error",
      message,
      place: { file, source, start, end },
    })),
  };
}

async function planned(
  { root: given, environment }: SeriesRequest,
  io: Io,
): Promise<{ readonly planned?: PlannedWorkspace; readonly diagnostics: readonly Diagnostic[] }> {
  const root = rootFolder(given, io);
  const { loadProduct } = await import("./product.ts");
  const { provided } = await loadProduct();
  const { modules, diagnostics: broken } = await createLoader(root, { provided }).load();
  if (broken.length > 0) return { diagnostics: broken };
  const { plan: planOf } = await import("../emit/compile.ts");
  const { rulesFromPlan } = await import("../rule/from-plan.ts");
  const { plans, diagnostics: found } = planOf(modules);
  const diagnostics = await resolvePlaces(found);
  if (diagnostics.some(({ severity }) => severity === "error")) return { diagnostics };
  const plan = chosen(plans, environment);
  return { planned: { plan, root, ...rulesFromPlan(plan) }, diagnostics };
}

function chosen(plans: readonly Plan[], environment: string | undefined): Plan {
  const names = plans.flatMap((plan) => plan.environment ?? []);
  if (environment === undefined && plans.length > 1)
    throw new UsageError("There are several environments.", `Say which with --environment: ${names.join(", ")}.`);
  const plan = environment === undefined ? plans[0] : plans.find((one) => one.environment === environment);
  if (plan !== undefined) return plan;
  throw new UsageError(
    `There is no environment ${JSON.stringify(environment)}.${didYouMean(environment ?? "", names)}`,
  );
}

function lengthOf({ items, intervalMs }: InputSeries): number {
  const count = items.reduce(
    (sum, item) => sum + (item.kind === "stale" ? 1 : item.times + (item.kind === "omitted" ? 0 : 1)),
    0,
  );
  return (count - 1) * intervalMs;
}

/** A warning for each series that no rule looks at: a slip of the pen would otherwise look like peace. */
function unread(lines: readonly PlacedLine[], groups: readonly RuleGroup[]): readonly Diagnostic[] {
  const expressions = groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
  const tests = expressions.map(readsOf);
  const names = new Set<string>();
  for (const expr of expressions)
    walkExpr(expr, (node) => {
      if (node.kind === "VectorSelector" && node.name !== undefined) names.add(node.name);
    });
  return lines.flatMap(({ series, file, source, start, end }) => {
    const name = series.labels[METRIC_NAME] ?? "";
    if (tests.some((reads) => reads(name))) return [];
    const message = `No rule reads ${JSON.stringify(name)}.${didYouMean(name, names)}`;
    return [{ code: "timeline/series", severity: "warning", message, place: { file, source, start, end } }];
  });
}
