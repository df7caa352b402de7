/**
 * The evaluator beside `promtool test rules` on the same work: series are read from notation, rules evaluated at every
 * minute, results compared. promtool is the one on the PATH, or the one that the variable PROMTOOL names.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileQuery, type Query } from "../../src/engine/query.ts";
import { loadSeries } from "../../src/engine/storage/load.ts";
import { MemoryStorage } from "../../src/engine/storage/memory-storage.ts";
import { parseSeries } from "../../src/promql/series/parse-series.ts";

const MINUTE = 60_000;

/** Measures and reports, one line a comparison. */
export async function benchEngine(report: (line: string) => void): Promise<void> {
  smallTests(report, 1000, 100);
  manyMinutes(report, "1,000 series at every minute of a day", 1000, 1440, true);
  manyMinutes(report, "10,000 series at 144 minutes", 10_000, 144, true);
  manyMinutes(report, "10,000 series at every minute of a day", 10_000, 1440, false);
  report(`engine: peak memory of this process ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
}

/** Small tests, each with a storage of its own. promtool is asked for fewer, for it takes its time. */
function smallTests(report: (line: string) => void, count: number, countForPromtool: number): void {
  const ours = timed(() => {
    for (let i = 0; i < count; i++) {
      const storage = load(SMALL, i);
      const result = compileQuery(`sum by (sku) (rate(clicks_total[5m])) > ${i % 7}`).instant(storage, 10 * MINUTE);
      if (result.type !== "vector") throw new Error("a vector was expected");
    }
  });
  const tests = Array.from({ length: countForPromtool }, (_, i) => ({
    interval: "1m",
    input_series: SMALL.map(({ series, values }) => ({ series, values: values(i) })),
    promql_expr_test: [{ expr: "count(clicks_total)", eval_time: "10m", exp_samples: [{ value: 4, labels: "{}" }] }],
  }));
  const theirs = runPromtool({ tests }, []);
  const each = (ms: number, n: number) => `${((1000 * ms) / n).toFixed(0)} µs each`;
  const ratio =
    theirs &&
    ` promtool ${each(theirs, countForPromtool)}, ratio ${(theirs / countForPromtool / (ours / count)).toFixed(0)}`;
  report(`engine: ${count} small tests: ${ours.toFixed(0)} ms, ${each(ours, count)};${ratio ?? " no promtool"}`);
}

const SMALL = ["mug", "cap", "pen", "bag"].map((sku, at) => ({
  series: `clicks_total{sku="${sku}", page="home"}`,
  values: (i: number) => `0+${(i % 50) + at}x15`,
}));

/** A rate and a quantile of a histogram over many series, at every minute. */
function manyMinutes(
  report: (line: string) => void,
  title: string,
  seriesCount: number,
  minutes: number,
  withPromtool: boolean,
): void {
  const written = manySeries(seriesCount, minutes);
  const rules = rulesFor(seriesCount / SERIES_PER_SHOP);
  let last = 0;
  const ours = timed(() => {
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
  const theirs = withPromtool
    ? runPromtool({ rule_files: ["rules.yaml"], evaluation_interval: "1m", tests: [test] }, rules)
    : undefined;
  const ratio = theirs && `; promtool ${theirs.toFixed(0)} ms, ratio ${(theirs / ours).toFixed(0)}`;
  report(`engine: ${title}: ${ours.toFixed(0)} ms${ratio ?? ""}`);
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

function timed(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

/** How long promtool takes, in milliseconds, or `undefined` where there is none. JSON is YAML too. */
function runPromtool(test: object, rules: readonly object[]): number | undefined {
  const folder = mkdtempSync(join(tmpdir(), "tocsin-bench-"));
  try {
    writeFileSync(join(folder, "rules.yaml"), JSON.stringify({ groups: [{ name: "bench", interval: "1m", rules }] }));
    writeFileSync(join(folder, "test.yaml"), JSON.stringify(test));
    let missing = false;
    const ms = timed(() => {
      const tool = process.env.PROMTOOL ?? "promtool";
      const result = spawnSync(tool, ["test", "rules", "test.yaml"], { cwd: folder, encoding: "utf8" });
      missing = result.error !== undefined;
      if (result.status !== 0 && !missing) throw new Error(`promtool disagrees:\n${result.stdout}${result.stderr}`);
    });
    return missing ? undefined : ms;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
