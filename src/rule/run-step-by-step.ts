/** Evaluates all rules at one time before the next: the way that is always right. */
import { ABSENT, type Column, FLOAT, histogramAt } from "../engine/evaluate/column.ts";
import { EvaluationError } from "../engine/evaluate/error.ts";
import { compileQuery, type Query } from "../engine/query.ts";
import type { AlertsAt } from "./alert/alert.ts";
import { remember } from "./alert/history.ts";
import { AlertTexts } from "./alert/texts.ts";
import { AlertTracker } from "./alert/tracker.ts";
import { asksQueries } from "./dependencies.ts";
import { alertOutput, alertSamplesAt, recordedLabels } from "./evaluate-rule.ts";
import { Feed } from "./input.ts";
import { type OutputSample, RuleOutput } from "./output.ts";
import { queryFunction } from "./query-function.ts";
import type { AlertingRule, RecordingRule, Rule, RuleGroup } from "./rule.ts";
import { RuleError } from "./rule-error.ts";
import type { Run } from "./run.ts";

/** Evaluates all rules but those that have been evaluated ahead; where some have, all inputs are loaded. */
export function runStepByStep(run: Run, ahead?: ReadonlySet<Rule>): void {
  const feed = new Feed(ahead === undefined ? run.inputs : [], run.storage, run.startMs);
  const groups = run.groups.map((group) => ({
    group,
    intervalMs: run.intervalOf(group),
    nextMs: run.startMs,
    rules: group.rules
      .filter((rule) => !ahead?.has(rule))
      .map((rule) => ({ rule, evaluate: evaluator(rule, group, run) })),
  }));
  for (;;) {
    const timeMs = Math.min(...groups.map(({ nextMs }) => nextMs));
    if (!(timeMs <= run.endMs)) break;
    feed.until(timeMs);
    for (const one of groups) {
      if (one.nextMs > timeMs) continue;
      one.nextMs += one.intervalMs;
      for (const { rule, evaluate } of one.rules) {
        const message = evaluate(timeMs);
        if (message !== undefined) run.failures.push({ rule, group: one.group, timeMs, message });
      }
    }
    if (run.stopAtFailure && run.failures.length > 0) return;
  }
  // Without any group there are still series to be asked for.
  if (groups.length === 0) feed.until(run.endMs);
}

type Evaluate = (timeMs: number) => string | undefined;

function evaluator(rule: Rule, group: RuleGroup, run: Run): Evaluate {
  const query = compileQuery(rule.expr, {}, rule.text);
  const evaluate = rule.kind === "recording" ? recorder(rule, group, query, run) : alerter(rule, group, query, run);
  return (timeMs) => {
    try {
      return evaluate(timeMs);
    } catch (error) {
      if (error instanceof EvaluationError || error instanceof RuleError) return error.message;
      throw error;
    }
  };
}

function columnsAt(query: Query, atMs: number, { storage, query: options }: Run): readonly Column[] {
  return query.columns(storage, { startMs: atMs, endMs: atMs, stepMs: 0 }, options).columns;
}

function recorder(rule: RecordingRule, { limit, queryOffsetMs }: RuleGroup, query: Query, run: Run): Evaluate {
  const labelsOf = recordedLabels(rule, run.storage.labels);
  const output = new RuleOutput(run.storage);
  return (timeMs) => {
    const atMs = timeMs - queryOffsetMs;
    const samples: OutputSample[] = [];
    const seen = new Set<unknown>();
    for (const column of columnsAt(query, atMs, run)) {
      if (column.present[0] === ABSENT) continue;
      const labels = labelsOf(column.labels);
      if (seen.has(labels))
        throw new RuleError("vector contains metrics with the same labelset after applying rule labels");
      seen.add(labels);
      samples.push({
        labels,
        value: column.present[0] === FLOAT ? (column.values[0] as number) : histogramAt(column, 0),
      });
    }
    if (limit > 0 && samples.length > limit)
      throw new RuleError(`exceeded limit of ${limit} with ${samples.length} series`);
    return output.write(atMs, samples);
  };
}

function alerter(rule: AlertingRule, { limit, queryOffsetMs }: RuleGroup, query: Query, run: Run): Evaluate {
  const { storage, texts } = run;
  const asks = asksQueries(rule);
  const world = asks ? { ...texts, query: queryFunction(storage, run.query) } : texts;
  const tracker = new AlertTracker(rule, limit, new AlertTexts(rule, storage.labels, world), asks);
  const output = new RuleOutput(storage);
  const outputOf = alertOutput(rule, storage.labels);
  const history: AlertsAt[] = [];
  run.alerts.set(rule, history);
  return (timeMs) => {
    const atMs = timeMs - queryOffsetMs;
    try {
      tracker.step(timeMs, alertSamplesAt(columnsAt(query, atMs, run), 0, timeMs));
    } finally {
      remember(tracker, timeMs, history, run);
    }
    return run.writesAlerts ? output.write(atMs, outputOf(tracker.active())) : undefined;
  };
}
