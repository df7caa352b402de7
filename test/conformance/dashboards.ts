/**
 * Reads real dashboards: `npm run conformance:dashboards -- DIR…`, each a folder with `dashboards/`, and with the verdicts
 * on what is in them in `promql/expressions.jsonl` and `promql/grafana-variable-queries.jsonl`; or that `dashboards/` itself.
 *
 * One row counts for each query and each variable's query. A query fails where promtool accepts it and we do not, where
 * we refuse it and would read it with a plain word in place of each variable, and where the verdicts list it and the
 * reader found no such query in the dashboard. What is wrong in the dashboard itself is shown, and does not fail.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { readDashboards } from "../../src/import/grafana/read-dashboard.ts";
import { parseJson } from "../../src/import/grafana/unwrap.ts";
import { type PlannedDashboard, type PlannedQuery, panelsOf } from "../../src/plan/dashboard/planned.ts";
import { analyze } from "../../src/promql/analyze.ts";
import { formatPromqlError, type PromqlError } from "../../src/promql/error.ts";
import { isLater, requirements } from "../../src/promql/requirements.ts";
import { parseVariableQuery } from "../../src/promql/variable-query.ts";
import { GONE, standIns, type Tally } from "./parser.ts";

interface Verdict {
  readonly expr?: string;
  readonly query?: string;
  readonly source: string;
  readonly ok242?: boolean;
  readonly error242?: string;
  readonly grafana_vars?: boolean;
}

export interface DashboardTally extends Tally {
  dashboards: number;
  panels: number;
  variables: number;
  skipped: number;
}

/** Reads every dashboard of the folders, and judges every query in them. */
export function conformance(folders: readonly string[]): DashboardTally {
  const tally: DashboardTally = { passed: 0, failed: 0, lines: [], dashboards: 0, panels: 0, variables: 0, skipped: 0 };
  for (const folder of folders) judgeFolder(folder, tally);
  return tally;
}

function judgeFolder(given: string, tally: DashboardTally): void {
  const isCorpus = existsSync(join(given, "dashboards"));
  const folder = isCorpus ? given : dirname(resolve(given));
  const expressions = verdicts(join(folder, "promql/expressions.jsonl"));
  const queries = verdicts(join(folder, "promql/grafana-variable-queries.jsonl"));
  const byText = new Map(expressions.map((verdict) => [verdict.expr?.trim(), verdict]));
  for (const file of jsonFiles(isCorpus ? join(given, "dashboards") : resolve(given))) {
    const name = relative(folder, file).split(sep).join("/");
    const dashboards = dashboardsOf(file);
    if (dashboards.length === 0) fail(tally, name, "", "is no dashboard");
    const found = new Set<string>();
    for (const dashboard of dashboards) judgeDashboard(tally, name, dashboard, byText, found);
    for (const { source, expr, query } of [...expressions, ...queries]) {
      const text = (expr ?? query ?? "").trim();
      if (source === name && !found.has(text)) fail(tally, name, text, "is in the dashboard, and was not found");
    }
  }
}

function dashboardsOf(file: string): readonly PlannedDashboard[] {
  const written = readFileSync(file, "utf8");
  let json: unknown;
  try {
    json = parseJson(written);
  } catch {
    return [];
  }
  return readDashboards(json);
}

function judgeDashboard(
  tally: DashboardTally,
  name: string,
  dashboard: PlannedDashboard,
  verdicts: ReadonlyMap<string | undefined, Verdict>,
  found: Set<string>,
): void {
  tally.dashboards++;
  tally.panels += panelsOf(dashboard).length;
  tally.variables += dashboard.variables.length;
  for (const query of queriesOf(dashboard)) {
    found.add(query.text.trim());
    if (query.skipped !== undefined) tally.skipped++;
    else judgeQuery(tally, name, query, verdicts.get(query.text.trim()));
  }
  for (const { kind, text, errors, skipped } of dashboard.variables) {
    if (kind !== "query") continue;
    found.add(text);
    if (skipped !== undefined) tally.skipped++;
    else judgeVariable(tally, name, text, errors);
  }
}

function judgeQuery(tally: Tally, file: string, query: PlannedQuery, verdict: Verdict | undefined): void {
  const { text, errors, expr } = query;
  const [first] = errors;
  const vars = verdict?.grafana_vars ?? standIns(text) !== text;
  if (first === undefined) {
    const unexplained =
      verdict?.ok242 === false && !vars && expr !== undefined && !isLater(requirements(expr).version, "2.42");
    if (unexplained) fail(tally, file, text, `accepted, promtool refuses it: ${verdict?.error242}`);
    else tally.passed++;
    return;
  }
  const said = formatPromqlError(text, first);
  if (verdict?.ok242 === true && !GONE.test(first.message)) {
    fail(tally, file, text, `refused: ${said}`);
    return;
  }
  if (vars && analyze(standIns(text)).errors.length === 0) {
    fail(tally, file, text, `refused, and not with words for its variables: ${said}`);
    return;
  }
  wrongItself(tally, file, text, said);
}

function judgeVariable(tally: Tally, file: string, text: string, errors: readonly PromqlError[]): void {
  const [first] = errors;
  if (first === undefined) tally.passed++;
  else if (parseVariableQuery(standIns(text)).errors.length === 0)
    fail(tally, file, text, `refused, and not with words for its variables: ${first.message}`);
  else wrongItself(tally, file, text, formatPromqlError(text, first));
}

function wrongItself(tally: Tally, file: string, text: string, said: string): void {
  tally.passed++;
  tally.lines.push(`info ${file}: ${JSON.stringify(text)}\n  wrong in the dashboard itself: ${said}`);
}

function fail(tally: Tally, file: string, text: string, said: string): void {
  tally.failed++;
  tally.lines.push(`FAIL ${file}: ${JSON.stringify(text)}\n  ${said}`);
}

/** The queries of a dashboard's panels and annotations. */
export function queriesOf(dashboard: PlannedDashboard): readonly PlannedQuery[] {
  const annotations = dashboard.annotations.flatMap(({ query }) => (query === undefined ? [] : [query]));
  return [...panelsOf(dashboard).flatMap(({ queries }) => queries), ...annotations];
}

function jsonFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => join(folder, file));
}

function verdicts(file: string): readonly Verdict[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => JSON.parse(line) as Verdict);
  } catch {
    return [];
  }
}

if (process.argv[1]?.endsWith("conformance/dashboards.ts")) {
  const folders = process.argv.slice(2);
  const { passed, failed, lines, dashboards, panels, variables, skipped } = conformance(folders);
  for (const line of lines) console.log(line);
  console.log(
    `${dashboards} dashboards, ${panels} panels, ${variables} variables; ${skipped} queries are none of Prometheus`,
  );
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || folders.length === 0) process.exitCode = 1;
}
