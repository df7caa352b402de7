/** Evaluates each rule at all its times at once, which is many times faster, where no rule can tell the difference. */

import { ABSENT, type Column, FLOAT, histogramAt } from "../engine/evaluate/column.ts";
import { EvaluationError } from "../engine/evaluate/error.ts";
import { histogramMistake } from "../engine/histogram/validate.ts";
import type { Labels } from "../engine/labels/labels.ts";
import { compileQuery } from "../engine/query.ts";
import { STALE } from "../engine/storage/series.ts";
import type { AlertsAt } from "./alert/alert.ts";
import { remember } from "./alert/history.ts";
import { AlertTexts } from "./alert/texts.ts";
import { AlertTracker } from "./alert/tracker.ts";
import { asksQueries } from "./dependencies.ts";
import { alertOutput, alertSamplesAt, recordedLabels } from "./evaluate-rule.ts";
import { loadAll } from "./input.ts";
import { RuleOutput } from "./output.ts";
import { queryFunction } from "./query-function.ts";
import type { AlertingRule, RecordingRule, Rule, RuleGroup } from "./rule.ts";
import { RuleError } from "./rule-error.ts";
import type { Run } from "./run.ts";

/** A rule failed, or two of them meet in one series: only step by step is it known what happens then. */
export class NotRuleByRule extends Error {}

/** Evaluates the rules of `ahead`; all inputs are loaded. */
export function runRuleByRule(run: Run, ahead: ReadonlySet<Rule>): void {
  loadAll(run.inputs, run.storage, run.startMs, lastTime(run));
  for (const group of run.groups) {
    for (const rule of group.rules) {
      if (!ahead.has(rule)) continue;
      try {
        if (rule.kind === "recording") record(rule, group, run);
        else track(rule, group, run);
      } catch (error) {
        if (error instanceof EvaluationError || error instanceof RuleError) throw new NotRuleByRule();
        throw error;
      }
    }
  }
}

/** Samples behind the last evaluation are never loaded. */
function lastTime({ groups, startMs, endMs, intervalOf }: Run): number {
  if (groups.length === 0) return endMs;
  return Math.max(...groups.map((group) => endMs - ((endMs - startMs) % intervalOf(group))));
}

interface Evaluated {
  readonly columns: readonly Column[];
  /** The times of the evaluations. */
  readonly firstMs: number;
  readonly intervalMs: number;
  readonly count: number;
}

function evaluate(rule: Rule, group: RuleGroup, run: Run): Evaluated {
  const { storage, startMs, endMs } = run;
  const intervalMs = run.intervalOf(group);
  const range = { startMs: startMs - group.queryOffsetMs, endMs: endMs - group.queryOffsetMs, stepMs: intervalMs };
  const { columns } = compileQuery(rule.expr, {}, rule.text).columns(storage, range, run.query);
  return { columns, firstMs: startMs, intervalMs, count: Math.floor((endMs - startMs) / intervalMs) + 1 };
}

function record(rule: RecordingRule, group: RuleGroup, run: Run): void {
  const { storage } = run;
  const { columns, firstMs, intervalMs, count } = evaluate(rule, group, run);
  if (group.limit > 0 && columns.length > group.limit) throw new NotRuleByRule();
  const labelsOf = recordedLabels(rule, storage.labels);
  const written = new Set<Labels>();
  const first = firstMs - group.queryOffsetMs;
  for (const column of columns) {
    const labels = labelsOf(column.labels);
    const series = storage.series(labels);
    if (written.has(labels) || series.length > 0) throw new NotRuleByRule();
    written.add(labels);
    if (column.present.every((kind) => kind === FLOAT)) {
      series.adopt(storage.evenTimes(first, intervalMs, count), column.values);
      continue;
    }
    for (let step = 0; step < count; step++) {
      const kind = column.present[step];
      const timeMs = first + step * intervalMs;
      if (kind === FLOAT) series.append(timeMs, column.values[step] as number);
      else if (kind !== ABSENT) {
        const value = histogramAt(column, step);
        // The rule fails there, and the test with it.
        if (histogramMistake(value) !== undefined) throw new NotRuleByRule();
        series.append(timeMs, value);
      } else if (step > 0 && column.present[step - 1] !== ABSENT) series.append(timeMs, STALE);
    }
  }
}

function track(rule: AlertingRule, group: RuleGroup, run: Run): void {
  const { storage } = run;
  const history: AlertsAt[] = [];
  run.alerts.set(rule, history);
  const { columns, firstMs, intervalMs, count } = evaluate(rule, group, run);
  if (columns.length === 0) return;
  const asks = asksQueries(rule);
  const world = asks ? { ...run.texts, query: queryFunction(storage, run.query) } : run.texts;
  const tracker = new AlertTracker(rule, group.limit, new AlertTexts(rule, storage.labels, world), asks);
  const outputOf = alertOutput(rule, storage.labels);
  const output = new RuleOutput(storage);
  for (let step = 0; step < count; step++) {
    const timeMs = firstMs + step * intervalMs;
    const samples = alertSamplesAt(columns, step, timeMs);
    if (samples.length > 0 || !tracker.isQuiet) tracker.step(timeMs, samples);
    remember(tracker, timeMs, history, run);
    if (run.writesAlerts && output.write(timeMs - group.queryOffsetMs, outputOf(tracker.active())) !== undefined)
      throw new NotRuleByRule();
  }
}
