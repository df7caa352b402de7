/**
 * The evaluator beside `promtool test rules` on the same work: series are read from notation, rules evaluated at every
 * minute, results compared. What promtool does is also done by `tocsin test` as a whole process, whose memory counts.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileQuery, type Query } from "../../src/engine/query.ts";
import { loadSeries } from "../../src/engine/storage/load.ts";
import { MemoryStorage } from "../../src/engine/storage/memory-storage.ts";
import { parseSeries } from "../../src/promql/series/parse-series.ts";
import { PROMTOOL, promtoolVersion, type Ran, runProgram, runTocsin } from "./process.ts";
import { spread } from "./statistics.ts";

const MINUTE = 60_000;

/** Measures and reports, one line a comparison. */
export async function benchEngine(report: (line: string) => void): Promise<void> {
  const version = promtoolVersion();
  report(
    version === undefined ? "without promtool: there is none" : `beside promtool ${version}; least / median / most`,
  );
  await smallTests(report, 1000, 100);
  await manyMinutes(report, "1,000 series at every minute of a day", 1000, 1440, true);
  await manyMinutes(report, "10,000 series at 144 minutes", 10_000, 144, true);
  await manyMinutes(report, "10,000 series at every minute of a day", 10_000, 1440, false);
}

/** Small tests, each with a storage of its own. promtool is asked for fewer, for it takes its time. */
async function smallTests(report: (line: string) => void, count: number, countForPromtool: number): Promise<void> {
  const start = performance.now();
  let first: number | undefined;
  const runs = repeated(() => {
    for (let i = 0; i < count; i++) {
      const storage = load(SMALL, i);
      const result = compileQuery(`sum by (sku) (rate(clicks_total[5m])) > ${i % 7}`).instant(storage, 10 * MINUTE);
      if (result.type !== "vector") throw new Error("a vector was expected");
      first ??= performance.now() - start;
    }
  });
  const tests = Array.from({ length: countForPromtool }, (_, i) => ({
    interval: "1m",
    input_series: SMALL.map(({ series, values }) => ({ series, values: values(i) })),
    promql_expr_test: [{ expr: "count(clicks_total)", eval_time: "10m", exp_samples: [{ value: 4, labels: "{}" }] }],
  }));
  report(`${count} small tests: ${spread(runs)} ms; the first of all took ${first?.toFixed(1)} ms`);
  const compared = await compareProcesses({ tests }, []);
  if (compared !== undefined) report(`${countForPromtool} small tests as whole processes: ${compared}`);
}

const SMALL = ["mug", "cap", "pen", "bag"].map((sku, at) => ({
  series: `clicks_total{sku="${sku}", page="home"}`,
  values: (i: number) => `0+${(i % 50) + at}x15`,
}));

/** A rate and a quantile of a histogram over many series, at every minute. */
async function manyMinutes(
  report: (line: string) => void,
  title: string,
  seriesCount: number,
  minutes: number,
  withPromtool: boolean,
): Promise<void> {
  const written = manySeries(seriesCount, minutes);
  const rules = rulesFor(seriesCount / SERIES_PER_SHOP);
  let last = 0;
  const runs = repeated(() => {
    const storage = load(written, 0);
    const range = { startMs: 0, endMs: (minutes - 1) * MINUTE, stepMs: MINUTE };
    for (const query of rules.map(({ expr }): Query => compileQuery(expr))) {
      const { series } = query.range(storage, range);
      last = series[0]?.values.at(-1) ?? Number.NaN;
    }
  });
  const test = {
    interval: "1m",
    input_series: written.map(({ series, values }) => ({ series, values: values(0) })),
    promql_expr_test: [
      {
        expr: `path:latency:p99{path="p0"} > ${last - 1e-9} < ${last + 1e-9}`,
        eval_time: `${minutes - 1}m`,
        exp_samples: [{ labels: 'path:latency:p99{path="p0"}', value: last }],
      },
    ],
  };
  report(`${title}: ${spread(runs)} ms`);
  if (!withPromtool) return;
  const compared = await compareProcesses(
    { rule_files: ["rules.yaml"], evaluation_interval: "1m", tests: [test] },
    rules,
  );
  if (compared !== undefined) report(`${title}, as whole processes: ${compared}`);
}

/** promtool refuses to look at more than 10,000 samples at once, so that each rule is about so many series only. */
const SERIES_PER_SHOP = 1000;

function rulesFor(shops: number): readonly { readonly record: string; readonly expr: string }[] {
  return Array.from({ length: shops }, (_, shop) => [
    {
      record: "path:requests:rate5m",
      expr: `sum by (path) (rate(latency_bucket{shop="s${shop}", le="+Inf"}[5m]))`,
    },
    {
      record: "path:latency:p99",
      expr: `histogram_quantile(0.99, sum by (path, le) (rate(latency_bucket{shop="s${shop}"}[5m])))`,
    },
  ]).flat();
}

const BOUNDS = ["0.1", "0.2", "0.5", "1", "2", "5", "10", "20", "50", "+Inf"];

interface WrittenSeries {
  readonly series: string;
  readonly values: (i: number) => string;
}

function manySeries(count: number, minutes: number): readonly WrittenSeries[] {
  return Array.from({ length: count }, (_, i) => {
    const [bound, instance, path] = [i % 10, Math.floor(i / 10) % 10, Math.floor(i / 100)];
    const shop = Math.floor(i / SERIES_PER_SHOP);
    return {
      series: `latency_bucket{shop="s${shop}", instance="i${instance}", path="p${path}", le="${BOUNDS[bound]}"}`,
      values: () => `0+${bound + 1}x${minutes - 1}`,
    };
  });
}

function load(written: readonly WrittenSeries[], i: number): MemoryStorage {
  const storage = new MemoryStorage();
  for (const { series, values } of written) {
    const parsed = parseSeries(`${series} ${values(i)}`);
    if (parsed.error !== undefined) throw new Error(parsed.error.message);
    loadSeries(storage, parsed.series, { startMs: 0, stepMs: MINUTE });
  }
  return storage;
}

const ROUNDS = 3;

/** The times of a few runs, in milliseconds. */
function repeated(action: () => void): readonly number[] {
  return Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    action();
    return performance.now() - start;
  });
}

/** Both tools on the same files; `undefined` where there is no promtool. JSON is YAML too. */
async function compareProcesses(test: object, rules: readonly object[]): Promise<string | undefined> {
  if (promtoolVersion() === undefined) return undefined;
  const cwd = mkdtempSync(join(tmpdir(), "tocsin-bench-"));
  const ours: Ran[] = [];
  const theirs: Ran[] = [];
  try {
    writeFileSync(join(cwd, "rules.yaml"), JSON.stringify({ groups: [{ name: "bench", interval: "1m", rules }] }));
    writeFileSync(join(cwd, "test.yaml"), JSON.stringify(test));
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await runTocsin(["test", "test.yaml"], { cwd }));
      theirs.push(await runProgram(PROMTOOL, ["test", "rules", "test.yaml"], { cwd }));
    }
  } finally {
    rmSync(cwd, { recursive: true });
  }
  if ([...ours, ...theirs].some(({ status }) => status !== 0)) throw new Error("promtool and tocsin disagree");
  const told = (ran: readonly Ran[]) =>
    `${spread(ran.map(({ ms }) => ms))} ms and ${Math.max(...ran.map(({ mib }) => mib))} MiB`;
  const ratios = theirs.map(({ ms }, round) => ms / (ours[round] as Ran).ms);
  return `tocsin ${told(ours)}, promtool ${told(theirs)}; promtool takes ${spread(ratios, 1)} times as long`;
}
