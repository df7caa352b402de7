/**
 * Runs every unit test of folders shaped like the corpus: `npm run conformance:tests -- DIR…`. Each has
 * `promtool-verdicts.jsonl`, whose rows of `promtool test rules` name a file and the verdict of promtool 2.42 on it.
 *
 * The meaning of Prometheus 3.14 counts. With `--promtool PATH` of a promtool 3 its own verdict is asked for. Without, the
 * recorded verdict must be ours, but for what is known to be younger than the recording tool:
 *
 * - A row with `newer_than_tool` needs something that came later: to pass is what it was written for.
 * - Ranges and look-backs are open on their left side since 3.0. Where our verdict is another one, it has to be the
 *   recorded one as soon as a sample exactly at that bound counts again, which is the same test with every range and the
 *   look-back a millisecond longer.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Expr } from "../../src/promql/ast.ts";
import { mapExpr } from "../../src/promql/map.ts";
import type { FileResult } from "../../src/testing/unit-test/result.ts";
import { type RunTestOptions, runTestFile } from "../../src/testing/unit-test/run-test-file.ts";

interface Row {
  readonly file: string;
  readonly check: string;
  readonly ok: boolean;
  readonly newer_than_tool?: string;
  readonly upstream_exit?: number;
}

export interface Tally {
  passed: number;
  failed: number;
  readonly lines: string[];
}

const OPTIONS: RunTestOptions = { features: [] };

/** Runs all unit tests of the folders; `promtool` is the path of a promtool 3. */
export function conformance(folders: readonly string[], promtool?: string): Tally {
  const tally: Tally = { passed: 0, failed: 0, lines: [] };
  for (const folder of folders) {
    for (const row of rowsOf(folder)) {
      const path = join(folder, row.file);
      const result = runTestFile(path, OPTIONS);
      const trouble = promtool === undefined ? judge(row, result, path) : compareWith(promtool, result, path);
      if (trouble === undefined) tally.passed++;
      else {
        tally.failed++;
        tally.lines.push(`${row.file}: ${trouble}`);
      }
    }
  }
  return tally;
}

function rowsOf(folder: string): readonly Row[] {
  const rows = readFileSync(join(folder, "promtool-verdicts.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);
  return rows.filter(({ check }) => check === "promtool test rules");
}

function compareWith(promtool: string, { passed }: FileResult, path: string): string | undefined {
  const { status } = spawnSync(promtool, ["test", "rules", basename(path)], { cwd: dirname(path) });
  return (status === 0) === passed
    ? undefined
    : `promtool ${status === 0 ? "passes" : "fails"} it, and we do not agree`;
}

function judge(row: Row, { passed }: FileResult, path: string): string | undefined {
  const expected = row.upstream_exit === undefined ? row.ok : row.upstream_exit === 0;
  if (passed === expected) return undefined;
  if (row.newer_than_tool !== undefined && passed) return undefined;
  const closed = runTestFile(path, { ...OPTIONS, lookbackMs: 300_001, rewrite: longer });
  if (closed.passed === row.ok) return undefined;
  return `${passed ? "passes" : "fails"}, and should not`;
}

/** The expression with every range a millisecond longer. */
function longer(expr: Expr): Expr {
  return mapExpr(expr, (node) => {
    if (node.kind !== "MatrixSelector" && node.kind !== "SubqueryExpr") return node;
    if (node.range.kind !== "DurationLiteral") return node;
    const ms = node.range.ms + 1;
    return Object.freeze({ ...node, range: Object.freeze({ ...node.range, ms, raw: `${ms}ms` }) });
  });
}

if (process.argv[1]?.endsWith("conformance/rule-tests.ts")) {
  const args = process.argv.slice(2);
  const at = args.indexOf("--promtool");
  const [, promtool] = at === -1 ? [] : args.splice(at, 2);
  const { passed, failed, lines } = conformance(args, promtool);
  for (const line of lines) console.log(line);
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || args.length === 0) process.exitCode = 1;
}
