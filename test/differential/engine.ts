/**
 * The evaluator beside `promtool test rules`: random data and random expressions, each evaluated at an instant by both.
 * `node test/run.mjs test/differential/engine.ts [SEED [LOADS]]`; promtool is the one on the PATH, or the one that the
 * variable PROMTOOL names. Says where the two disagree, and does nothing where there is no promtool. They do disagree where
 * `topk` or `bottomk` choose among equals, and where Prometheus 3.14.0 loses what `predict_linear` and other functions of
 * the time make of a subquery with `@`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { EvaluationError } from "../../src/engine/evaluate/error.ts";
import { histogramNotation } from "../../src/engine/histogram/text.ts";
import { compileQuery, InvalidQueryError, type Query } from "../../src/engine/query.ts";
import { type MemoryStorage, memoryStorage } from "../../src/engine/storage/memory-storage.ts";
import type { LabelSet } from "../../src/label/label-set.ts";
import { expressions, loads } from "../engine/generators.ts";

const PROMTOOL = process.env.PROMTOOL ?? "promtool";
const QUERIES_A_LOAD = 40;
const AT_MINUTES = [3, 5, 8, 12];

/** A sample as a unit test of rules expects it. */
interface Expected {
  readonly labels: string;
  readonly value?: string;
  readonly histogram?: string;
}

interface Asked {
  readonly expr: string;
  readonly minute: number;
  /** What is expected, or `undefined` where the evaluation fails. */
  readonly samples: readonly Expected[] | undefined;
}

const [seed = 1, count = 50] = process.argv.slice(2).map(Number);
if (spawnSync(PROMTOOL, ["--version"]).status === 0) compareAll(seed, count);
else console.log("no promtool, nothing compared");

function compareAll(seed: number, count: number): void {
  const data = fc.sample(loads, { seed, numRuns: count });
  const texts = fc.sample(expressions, { seed: seed + 1, numRuns: count * QUERIES_A_LOAD });
  const folder = mkdtempSync(join(tmpdir(), "tocsin-differential-"));
  let compared = 0;
  let different = 0;
  try {
    data.forEach((load, i) => {
      const storage = memoryStorage(load);
      const some = new Set(texts.slice(i * QUERIES_A_LOAD, (i + 1) * QUERIES_A_LOAD));
      const asked = [...some].flatMap((expr, j) => {
        const query = queryOf(expr);
        return query === undefined ? [] : [ask(storage, query, expr, AT_MINUTES[j % AT_MINUTES.length] as number)];
      });
      const said = failures(join(folder, "test.json"), load, asked);
      for (const query of asked) {
        // Unit tests of Prometheus 3.14 know no experimental functions, whichever features are enabled.
        if (/not enabled|is experimental/.test(said.get(query.expr) ?? "")) continue;
        compared++;
        const reason = disagreement(query, said.get(query.expr));
        if (reason === undefined) continue;
        different++;
        console.log(`load ${i}, at ${query.minute}m: ${query.expr}\n    ${reason}`);
      }
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`${compared} compared, ${different} different`);
  process.exitCode = different > 0 ? 1 : 0;
}

/** The query of a text; generated ones may turn out to be none. */
function queryOf(text: string): Query | undefined {
  try {
    return compileQuery(text);
  } catch (error) {
    if (error instanceof InvalidQueryError) return undefined;
    throw error;
  }
}

function ask(storage: MemoryStorage, query: Query, expr: string, minute: number): Asked {
  try {
    const result = query.instant(storage, minute * 60_000, { delayedNameRemoval: true });
    if (result.type === "scalar") return { expr, minute, samples: [{ labels: "{}", value: number(result.value) }] };
    if (result.type !== "vector") throw new Error(`a vector was expected: ${expr}`);
    const samples = result.samples.map(({ labels, value }) =>
      typeof value === "number"
        ? { labels: labelsText(labels), value: number(value) }
        : { labels: labelsText(labels), histogram: histogramNotation(value) },
    );
    return { expr, minute, samples };
  } catch (error) {
    if (error instanceof EvaluationError) return { expr, minute, samples: undefined };
    throw error;
  }
}

function labelsText(labels: LabelSet): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `{${parts.join(", ")}}`;
}

function number(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  return Object.is(value, -0) ? "-0.0" : String(value);
}

/** What promtool says about each expression that does not give what is expected of it. */
function failures(file: string, load: string, asked: readonly Asked[]): ReadonlyMap<string, string> {
  const [head = "", ...series] = load.trim().split("\n");
  const lines = [
    "fuzzy_compare: true",
    "tests:",
    `  - interval: ${head.slice("load ".length)}`,
    "    input_series:",
    ...series.map((line) => {
      const [, name, values] = /^\s*(\S+\{.*?\}) (.*)$/.exec(line) ?? [];
      return `      - { series: ${JSON.stringify(name)}, values: ${JSON.stringify(values)} }`;
    }),
    "    promql_expr_test:",
    ...asked.flatMap(({ expr, minute, samples = [] }) => [
      `      - expr: ${JSON.stringify(expr)}`,
      `        eval_time: ${minute}m`,
      "        exp_samples:",
      ...samples.map(({ labels, value, histogram }) =>
        histogram === undefined
          ? `          - { labels: ${JSON.stringify(labels)}, value: ${value} }`
          : `          - { labels: ${JSON.stringify(labels)}, histogram: ${JSON.stringify(histogram)} }`,
      ),
    ]),
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  const { stdout, stderr } = spawnSync(
    PROMTOOL,
    ["--enable-feature=promql-delayed-name-removal", "test", "rules", file],
    {
      encoding: "utf8",
      maxBuffer: 1 << 30,
    },
  );
  const output = `${stdout}\n${stderr}`;
  if (!/SUCCESS|FAILED:/.test(output)) throw new Error(output);
  const said = new Map<string, string>();
  for (const part of output.split(/^ {4}expr: /m).slice(1)) {
    const [, expr, rest] = /^("(?:[^"\\]|\\.)*"), time: [^,]+,\s*(.*)$/s.exec(part) ?? [];
    if (expr !== undefined && rest !== undefined) said.set(JSON.parse(expr), rest.trim());
  }
  return said;
}

function disagreement({ samples }: Asked, said: string | undefined): string | undefined {
  if (samples === undefined) return said?.startsWith("err:") ? undefined : `only we fail: ${said}`;
  if (said === undefined) return undefined;
  const [, expected = "", got = ""] = /^exp: (.*)\n\s*got: (.*)$/s.exec(said) ?? [];
  return got !== "" && almostSame(expected, got.trimEnd()) ? undefined : said;
}

const NUMBER = /[-+]?(?:NaN|Inf|\d+(?:\.\d+)?(?:e[-+]?\d+)?)/gi;

/** Whether two texts are the same but for the last digits of their numbers. */
function almostSame(a: string, b: string): boolean {
  if (a.replace(NUMBER, "#") !== b.replace(NUMBER, "#")) return false;
  const others = b.match(NUMBER) ?? [];
  return (a.match(NUMBER) ?? []).every((text, i) => {
    const [x, y] = [Number(text), Number(others[i])];
    return text === others[i] || Math.abs(x - y) <= 1e-9 * Math.max(Math.abs(x), Math.abs(y));
  });
}
