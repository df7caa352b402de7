/** Runs one test: loads its series, evaluates the rules up to the last time asked for, and compares. */
import { EvaluationError } from "../../engine/evaluate/error.ts";
import { histogramNotation } from "../../engine/histogram/text.ts";
import { compileQuery, InvalidQueryError, type QueryOptions } from "../../engine/query.ts";
import { eachSample } from "../../engine/storage/load.ts";
import type { MemoryStorage } from "../../engine/storage/memory-storage.ts";
import { formatPromqlError } from "../../promql/error.ts";
import { parseMetric, parseSamples } from "../../promql/series/parse-series.ts";
import { alertsAt } from "../../rule/alert/history.ts";
import { readsOf } from "../../rule/dependencies.ts";
import type { Rule, RuleGroup } from "../../rule/rule.ts";
import { type RunResult, runRules } from "../../rule/run.ts";
import { sameAlerts, sameSamples, sortAlerts, sortSamples } from "./compare.ts";
import { readInputSeries } from "./input-series.ts";
import type { LabelsAndAnnotations, SampleText, TestFailure } from "./result.ts";
import type { RanTest, Rewrite, RunTestOptions } from "./run-test-file.ts";
import type { ExprTest, TestGroup } from "./test-file.ts";

export interface TestRun {
  readonly group: TestGroup;
  readonly rules: readonly RuleGroup[];
  readonly evaluationIntervalMs: number;
  readonly fuzzy: boolean;
  readonly lineOf: (part: object) => number;
  readonly options: RunTestOptions;
}

export interface TestOutcome {
  readonly failures: readonly TestFailure[];
  readonly ran: RanTest["ran"];
}

/** Runs a test; without failures it has passed. */
export function runTest({ group, rules, evaluationIntervalMs, fuzzy, lineOf, options }: TestRun): TestOutcome {
  const broken = (part: object, message: string): TestFailure => ({
    kind: "broken",
    line: lineOf(part),
    message,
    diagnostics: [],
  });
  const intervalMs = group.interval === 0 ? evaluationIntervalMs : group.interval;
  const inputs = readInputSeries(group.input_series, { intervalMs, evaluationIntervalMs });
  if ("mistake" in inputs) return neverRan(broken(inputs.of, inputs.mistake));
  const nameless = group.alert_rule_test.find(({ alertname }) => alertname === "");
  if (nameless !== undefined) return neverRan(broken(nameless, "an item under alert_rule_test misses its alertname"));

  const queryOptions: QueryOptions = { subqueryStepMs: evaluationIntervalMs, lookbackMs: options.lookbackMs };
  const startMs = group.start_timestamp ?? 0;
  const lastMs = Math.max(0, ...[...group.alert_rule_test, ...group.promql_expr_test].map((test) => test.eval_time));
  /** Alerts are those of the last evaluation at or before the time asked for. */
  const evaluationAt = (evalTime: number) => startMs + evalTime - (evalTime % evaluationIntervalMs);
  const watched = new Set(group.alert_rule_test.map((test) => evaluationAt(test.eval_time)));
  const queries = group.promql_expr_test.map((test) => ({ test, query: compiled(test.expr, options) }));
  const reads = queries.flatMap(({ query }) => ("mistake" in query ? [] : [readsOf(query.expr)]));

  let result: RunResult;
  try {
    result = runRules({
      groups: options.rewrite === undefined ? rules : rules.map((one) => rewritten(one, options.rewrite as Rewrite)),
      inputs,
      startMs,
      endMs: startMs + lastMs,
      intervalOf: options.honourGroupInterval
        ? ({ intervalMs }) => intervalMs ?? evaluationIntervalMs
        : () => evaluationIntervalMs,
      query: queryOptions,
      isWatched: options.honourGroupInterval ? () => true : (timeMs) => watched.has(timeMs),
      reads: (name) => reads.some((test) => test(name)),
      texts: { externalLabels: group.external_labels, externalUrl: group.external_url },
      stopAtFailure: true,
    });
  } catch (error) {
    // Series that cannot be loaded: two samples for one moment, or histograms that do not add up.
    return neverRan(broken(group, (error as Error).message));
  }

  const failures: TestFailure[] = [];
  const stoppedMs = result.failures[0]?.timeMs ?? Number.POSITIVE_INFINITY;
  for (const test of [...group.alert_rule_test].sort((a, b) => a.eval_time - b.eval_time)) {
    const atMs = evaluationAt(test.eval_time);
    if (atMs >= stoppedMs) break;
    const got = sortAlerts(firing(result, test.alertname, startMs + test.eval_time));
    const expected = sortAlerts(
      test.exp_alerts.map(({ exp_labels, exp_annotations }) => ({
        labels: { ...exp_labels, alertname: test.alertname },
        annotations: exp_annotations,
      })),
    );
    if (sameAlerts(expected, got)) continue;
    const { alertname, eval_time } = test;
    failures.push({ kind: "alerts", line: lineOf(test), alertname, atMs: eval_time, expected, got });
  }
  if (result.failures.length > 0) {
    const messages = result.failures.map(({ rule, message }) => broken(group, `${nameOf(rule)}: ${message}`));
    return { failures: [...failures, ...messages], ran: undefined };
  }
  for (const { test, query } of queries) {
    const failure =
      "mistake" in query
        ? broken(test, query.mistake)
        : checkSamples(test, { query, startMs, fuzzy, line: lineOf(test), queryOptions }, result.storage);
    if (failure !== undefined) failures.push(failure);
  }
  const ran = { ...result, startMs, endMs: startMs + lastMs, stepMs: evaluationIntervalMs };
  return { failures, ran };
}

function neverRan(failure: TestFailure): TestOutcome {
  return { failures: [failure], ran: undefined };
}

function rewritten(group: RuleGroup, rewrite: Rewrite): RuleGroup {
  return { ...group, rules: group.rules.map((rule) => ({ ...rule, expr: rewrite(rule.expr) })) };
}

function nameOf({ kind, name }: Rule): string {
  return `${kind} rule ${name}`;
}

/** The alerts of that name that fire at a time, from whatever rules. */
function firing({ alerts }: RunResult, name: string, atMs: number): readonly LabelsAndAnnotations[] {
  const found: LabelsAndAnnotations[] = [];
  for (const [rule, history] of alerts) {
    if (rule.name !== name) continue;
    for (const alert of alertsAt(history, atMs)) {
      if (alert.state === "firing") found.push({ labels: alert.labels.toRecord(), annotations: alert.annotations() });
    }
  }
  return found;
}

type Compiled = ReturnType<typeof compileQuery> | { readonly mistake: string };

function compiled(expr: string, options: RunTestOptions): Compiled {
  try {
    const query = compileQuery(expr, options);
    return options.rewrite === undefined ? query : compileQuery(options.rewrite(query.expr), {}, expr);
  } catch (error) {
    if (error instanceof InvalidQueryError) return { mistake: error.message };
    throw error;
  }
}

interface SampleCheck {
  readonly query: ReturnType<typeof compileQuery>;
  readonly startMs: number;
  readonly fuzzy: boolean;
  readonly line: number;
  readonly queryOptions: QueryOptions;
}

function checkSamples(
  test: ExprTest,
  { query, startMs, fuzzy, line, queryOptions }: SampleCheck,
  storage: MemoryStorage,
): TestFailure | undefined {
  const broken = (message: string): TestFailure => ({ kind: "broken", line, message, diagnostics: [] });
  let got: readonly SampleText[];
  try {
    const result = query.instant(storage, startMs + test.eval_time, queryOptions);
    if (result.type === "scalar") got = [{ labels: {}, value: result.value, histogram: "" }];
    else if (result.type !== "vector") return broken("the result is neither a vector nor a scalar");
    else
      got = result.samples.map(({ labels, value }) =>
        typeof value === "number"
          ? { labels, value, histogram: "" }
          : { labels, value: 0, histogram: histogramNotation(value) },
      );
  } catch (error) {
    if (error instanceof EvaluationError) return broken(`${test.expr}: ${error.message}`);
    throw error;
  }
  const expected: SampleText[] = [];
  for (const { labels: written, value, histogram } of test.exp_samples) {
    const labels = parseMetric(written);
    if (labels.series === undefined) return broken(`labels ${written}: ${formatPromqlError(written, labels.error)}`);
    const notation = histogram === "" ? "" : readHistogram(histogram);
    if (typeof notation !== "string") return broken(notation.mistake);
    if (labels.series.repeatedLabel !== undefined)
      return broken(`labels ${written}: label name ${labels.series.repeatedLabel} is not unique`);
    expected.push({ labels: labels.series.labels, value, histogram: notation });
  }
  const [sortedExpected, sortedGot] = [sortSamples(expected), sortSamples(got)];
  if (sameSamples(sortedExpected, sortedGot, fuzzy)) return undefined;
  const { expr, eval_time: atMs } = test;
  return { kind: "samples", line, expr, atMs, expected: sortedExpected, got: sortedGot };
}

/** An expected histogram, written the one way in which histograms are compared. */
function readHistogram(written: string): string | { readonly mistake: string } {
  const { series, error } = parseSamples(written);
  if (series === undefined) return { mistake: formatPromqlError(written, error) };
  const found: string[] = [];
  eachSample(series.items, ({ value }) => {
    found.push(typeof value === "object" ? histogramNotation(value) : "");
  });
  const [notation = ""] = found;
  if (found.length !== 1) return { mistake: `expected 1 value, got ${found.length}` };
  return notation === "" ? { mistake: `expected a histogram, got ${written}` } : notation;
}
