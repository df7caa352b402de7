/**
 * How fast expressions are read and checked: 100,000 real ones, on one thread, beside `promtool check rules` on the same
 * 100,000 as recording rules. promtool also reads their YAML, and may use every core; both are what its user waits for.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { analyze } from "../../src/promql/analyze.ts";
import { parse } from "../../src/promql/parse/parse.ts";
import { hasCorpora, readRows } from "../corpora.ts";
import { PROMTOOL, promtoolVersion, type Ran, runProgram } from "./process.ts";
import { median, spread } from "./statistics.ts";

const COUNT = 100_000;
const ROUNDS = 5;
const PROMTOOL_ROUNDS = 3;

/** Reads and checks the expressions of the corpora, and has promtool do the same. */
export async function benchPromql(report: (line: string) => void): Promise<void> {
  if (!hasCorpora) return report("skipped: the corpora are not there");
  const texts = realExpressions();
  const bytes = texts.reduce((sum, text) => sum + text.length, 0);
  report(`${COUNT} expressions, ${(bytes / COUNT).toFixed(0)} characters on average`);

  const folder = mkdtempSync(join(tmpdir(), "tocsin-bench-"));
  const file = join(folder, "rules.yml");
  writeFileSync(file, rulesOf(texts));
  const checked: number[] = [];
  const parsed: number[] = [];
  const promtool: Ran[] = [];
  const version = promtoolVersion();
  // Once for the compiler of the machine; what is measured is a tool that runs for a while.
  timed(() => checkAll(texts));
  try {
    for (let round = 0; round < ROUNDS; round++) {
      checked.push(timed(() => checkAll(texts)));
      parsed.push(timed(() => parseAll(texts)));
      if (version !== undefined && round < PROMTOOL_ROUNDS)
        promtool.push(await runProgram(PROMTOOL, ["check", "rules", file]));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  report(`parse: ${rate(parsed)}`);
  report(`parse and type check: ${rate(checked)}`);
  report(`peak memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
  if (version === undefined) return report("without promtool: there is none");
  if (promtool.some(({ status }) => status !== 0)) return report("promtool refused the rules");
  const memory = Math.max(...promtool.map(({ mib }) => mib));
  report(`promtool ${version} check rules: ${rate(promtool.map(({ ms }) => ms))}, ${memory} MiB`);
  const ratios = promtool.map(({ ms }, round) => ms / (checked[round] ?? Number.NaN));
  report(`promtool takes ${spread(ratios, 1)} times as long (least / median / most of ${ratios.length})`);
}

/** Expressions that promtool takes, over and over until there are enough. */
function realExpressions(): readonly string[] {
  const rows = readRows<{ expr: string; ok242: boolean; grafana_vars?: boolean }>("promql/expressions.jsonl");
  const real = rows.filter(({ expr, ok242 }) => ok242 && analyze(expr, { features: [] }).errors.length === 0);
  return Array.from({ length: COUNT }, (_, i) => (real[i % real.length] as (typeof real)[number]).expr);
}

function rulesOf(texts: readonly string[]): string {
  const lines = ["groups:", "- name: all", "  rules:"];
  texts.forEach((expr, i) => {
    lines.push(`  - record: job:bench:r${i}`, `    expr: ${JSON.stringify(expr)}`);
  });
  return `${lines.join("\n")}\n`;
}

function checkAll(texts: readonly string[]): void {
  for (const text of texts) if (analyze(text).errors.length > 0) throw new Error(text);
}

function parseAll(texts: readonly string[]): void {
  for (const text of texts) if (parse(text).errors.length > 0) throw new Error(text);
}

/** How many milliseconds something takes; NaN where it fails. */
function timed(run: () => void): number {
  const start = performance.now();
  try {
    run();
  } catch {
    return Number.NaN;
  }
  return performance.now() - start;
}

function rate(times: readonly number[]): string {
  const ms = median(times);
  const each = Math.round(COUNT / (ms / 1000)).toLocaleString("en");
  return `${each} a second, ${((ms / COUNT) * 1000).toFixed(2)} µs each (${spread(times)} ms in all)`;
}
