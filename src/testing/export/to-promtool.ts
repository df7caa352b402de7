/**
 * Scenarios as promtool's unit tests. promtool evaluates all groups at one interval, so what is expected is what the rules
 * say when they are evaluated so, at the shortest interval of any group.
 */

import { histogramNotation } from "../../engine/histogram/text.ts";
import { compileQuery } from "../../engine/query.ts";
import { type LabelSet, METRIC_NAME } from "../../label/label-set.ts";
import { quote } from "../../promql/quote.ts";
import { formatDuration } from "../../quantity/duration.ts";
import { alertsAt } from "../../rule/alert/history.ts";
import { ALERTS, type AlertingRule } from "../../rule/rule.ts";
import { type RunResult, runRules } from "../../rule/run.ts";
import { groupBy } from "../../util/group-by.ts";
import type { YamlValue } from "../../yaml/print.ts";
import type { Assertion } from "../assertions.ts";
import { toInput } from "../scenario/input.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { toNotation } from "./notation.ts";

/** The content of a file of unit tests for assertions about one environment's rules. */
export function toPromtool(assertions: readonly Assertion[], ruleFiles: readonly string[]): YamlValue {
  const intervalMs = evaluationInterval(assertions);
  const byScenario = groupBy(assertions, ({ scenario }) => scenario);
  return {
    rule_files: ruleFiles,
    evaluation_interval: formatDuration(intervalMs),
    fuzzy_compare: true,
    tests: [...byScenario].map(([scenario, own]) => testOf(scenario, own, intervalMs)),
  };
}

function evaluationInterval(assertions: readonly Assertion[]): number {
  const intervals = assertions.flatMap(({ scenario }) =>
    scenario.workspace.groups.map((group) => scenario.intervalOf(group)),
  );
  return Math.min(...intervals);
}

function testOf(scenario: Scenario, assertions: readonly Assertion[], evaluationIntervalMs: number): YamlValue {
  const { startMs, intervalMs, series, workspace } = scenario;
  const { externalLabels, externalUrl } = workspace.plan.prometheus.global;
  const lastMs = Math.max(...assertions.map(({ atMs }) => atMs));
  const endMs = startMs + lastMs;
  const run = runRules({
    groups: workspace.groups,
    inputs: series.map((one) => toInput(one, startMs, endMs, intervalMs)),
    startMs,
    endMs,
    intervalOf: () => evaluationIntervalMs,
    query: { subqueryStepMs: evaluationIntervalMs },
    isWatched: () => true,
    reads: () => true,
    texts: { externalLabels, externalUrl: externalUrl ?? "" },
    stopAtFailure: true,
  });
  return {
    name: [...new Set(assertions.map(({ test }) => test))].join("; "),
    interval: formatDuration(intervalMs),
    start_timestamp: startMs === 0 ? undefined : new Date(startMs).toISOString(),
    external_labels: Object.keys(externalLabels).length === 0 ? undefined : { ...externalLabels },
    external_url: externalUrl,
    input_series: series.map(({ labels, values }) => ({
      series: seriesText(labels),
      values: toNotation(values, startMs, endMs, intervalMs),
    })),
    ...expectations(assertions, run, startMs),
  };
}

function expectations(assertions: readonly Assertion[], run: RunResult, startMs: number) {
  const alerts = new Map<string, YamlValue>();
  const samples = new Map<string, YamlValue>();
  for (const { kind, rule, atMs, scenario } of assertions) {
    const key = `${kind} ${rule.name} ${atMs}`;
    const alert = scenario.workspace.ruleOf.get(rule);
    if (alert === undefined) continue;
    if (kind === "records") samples.set(key, expected(run, quotedName(rule.name), startMs, atMs));
    else if (kind === "pending") {
      const selector = `${ALERTS}{alertname=${quote(rule.name)}, alertstate="pending"}`;
      samples.set(key, expected(run, selector, startMs, atMs));
    } else alerts.set(`${rule.name} ${atMs}`, firing(run, alert as AlertingRule, startMs, atMs));
  }
  return {
    alert_rule_test: alerts.size === 0 ? undefined : [...alerts.values()],
    promql_expr_test: samples.size === 0 ? undefined : [...samples.values()],
  };
}

/** All alerts of that name, whatever rules they are of: promtool asks by name. */
function firing({ alerts }: RunResult, { name }: AlertingRule, startMs: number, atMs: number): YamlValue {
  const found = [...alerts].flatMap(([rule, history]) =>
    rule.name === name ? alertsAt(history, startMs + atMs).filter(({ state }) => state === "firing") : [],
  );
  return {
    eval_time: formatDuration(atMs),
    alertname: name,
    exp_alerts: found.map((alert) => {
      const { alertname: _, ...labels } = alert.labels.toRecord();
      return { exp_labels: labels, exp_annotations: { ...alert.annotations() } };
    }),
  };
}

function expected({ storage }: RunResult, expr: string, startMs: number, atMs: number): YamlValue {
  const result = compileQuery(expr).instant(storage, startMs + atMs);
  const samples = result.type === "vector" ? result.samples : [];
  return {
    expr,
    eval_time: formatDuration(atMs),
    exp_samples: samples.map(({ labels, value }) =>
      typeof value === "number"
        ? { labels: seriesText(labels), value }
        : { labels: seriesText(labels), histogram: histogramNotation(value) },
    ),
  };
}

function quotedName(name: string): string {
  return /^[a-zA-Z_:][\w:]*$/.test(name) ? name : `{${quote(name)}}`;
}

/** `up{job="shop"}`, or with the name in the braces where it is no plain one. */
function seriesText(labels: LabelSet): string {
  const { [METRIC_NAME]: name = "", ...others } = labels;
  const parts = Object.entries(others).map(([label, value]) => `${labelText(label)}=${quote(value)}`);
  const plain = name === "" || /^[a-zA-Z_:][\w:]*$/.test(name);
  if (!plain) parts.unshift(quote(name));
  return `${plain ? name : ""}{${parts.join(",")}}`;
}

function labelText(label: string): string {
  return /^[a-zA-Z_]\w*$/.test(label) ? label : quote(label);
}
