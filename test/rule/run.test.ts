import { describe, expect, it } from "vitest";
import { compileQuery } from "../../src/engine/query.ts";
import { parseSeries } from "../../src/promql/series/parse-series.ts";
import { alertsAt } from "../../src/rule/alert/history.ts";
import { rulesToRunAhead } from "../../src/rule/dependencies.ts";
import { readRuleFile } from "../../src/rule/file/rule-file.ts";
import type { AlertingRule } from "../../src/rule/rule.ts";
import { type RunResult, runRules } from "../../src/rule/run.ts";

const MINUTE = 60_000;

/** Runs the rules of a file, a minute at a time; `step` forces one time after the other. */
function run(rules: string, series: readonly string[], minutes: number, { step = false, stop = true } = {}): RunResult {
  const { groups, diagnostics } = readRuleFile(rules, "rules.yml");
  expect(diagnostics).toEqual([]);
  const own = step ? [...groups, ...lookingAhead] : groups;
  if (step) expect(rulesToRunAhead(own).size).toBe(0);
  return runRules({
    groups: own,
    inputs: series.map((text) => {
      const { series: read } = parseSeries(text);
      if (read === undefined) throw new Error(text);
      return { ...read, intervalMs: MINUTE };
    }),
    startMs: 0,
    endMs: minutes * MINUTE,
    intervalOf: ({ intervalMs }) => intervalMs ?? MINUTE,
    query: {},
    isWatched: () => true,
    reads: () => true,
    texts: { externalLabels: { region: "eu" }, externalUrl: "https://prometheus.shop.example" },
    stopAtFailure: stop,
  });
}

/** A rule that looks ahead, so that nothing can be evaluated before its time. */
const lookingAhead = readRuleFile(
  "groups: [{name: loop, rules: [{record: loop, expr: loop offset -1m or vector(1)}]}]",
  "loop.yml",
).groups;

/** `pending` and `firing` alerts, minute by minute: `.`, `p`, `F`. */
function states({ alerts }: RunResult, minutes: number, name = "Low"): string {
  const [, history = []] = [...alerts].find(([rule]: [AlertingRule, unknown]) => rule.name === name) ?? [];
  let text = "";
  for (let minute = 0; minute <= minutes; minute++) {
    const [alert] = alertsAt(history, minute * MINUTE);
    text += alert === undefined ? "." : alert.state === "firing" ? "F" : "p";
  }
  return text;
}

/** A series' samples as the storage holds them. */
function samples({ storage }: RunResult, selector: string, minutes: number): string {
  const query = compileQuery(selector);
  let text = "";
  for (let minute = 0; minute <= minutes; minute++) {
    const result = query.instant(storage, minute * MINUTE);
    const [sample] = result.type === "vector" ? result.samples : [];
    text += ` ${sample === undefined ? "_" : sample.value}`;
  }
  return text.slice(1);
}

const low = (fields: string) => `groups: [{name: catalog, rules: [{alert: Low, expr: stock < 10, ${fields}}]}]`;

describe.each([{ step: false }, { step: true }])("rules, step by step: $step", (how) => {
  it.each([
    ["fires at once without for", low(""), "stock 20 5 5 20", ".FF."],
    ["waits for its for", low("for: 2m"), "stock 5 5 5 5 20", "ppFF."],
    ["begins to wait anew after a break", low("for: 2m"), "stock 5 5 20 5 5 5", "pp.ppF"],
    ["goes on for keep_firing_for", low("keep_firing_for: 2m"), "stock 5 20 20 20 20", "FFF.."],
    [
      "forgets that it was kept when the condition comes back",
      low("keep_firing_for: 2m"),
      "stock 5 20 5 20 20 20",
      "FFFFF.",
    ],
    ["a pending alert is not kept", low("for: 2m, keep_firing_for: 5m"), "stock 5 20 20", "p.."],
    ["ends when its series does", low(""), "stock 5 5 stale", "FF."],
  ])("%s", (_, rules, series, expected) => {
    expect(states(run(rules, [series], expected.length - 1, how), expected.length - 1)).toBe(expected);
  });

  it("a rule sees what the rules before it wrote at the same time", () => {
    const rules = "groups: [{name: a, rules: [{record: total, expr: sum(stock)}, {record: twice, expr: total * 2}]}]";
    expect(samples(run(rules, ["stock 1 2 3"], 2, how), "twice", 2)).toBe("2 4 6");
  });

  it("a rule sees of later rules what they wrote before", () => {
    const rules = "groups: [{name: a, rules: [{record: twice, expr: total * 2}, {record: total, expr: sum(stock)}]}]";
    expect(samples(run(rules, ["stock 1 2 3"], 2, how), "twice", 2)).toBe("_ 2 4");
  });

  it("marks results that vanish as stale", () => {
    const rules = "groups: [{name: a, rules: [{record: few, expr: stock < 10}]}]";
    expect(samples(run(rules, ["stock 5 20 20 5"], 3, how), "few", 3)).toBe("5 _ _ 5");
  });

  it("writes ALERTS and ALERTS_FOR_STATE", () => {
    const result = run(low("for: 1m, labels: {severity: page}"), ["stock 20 5 5 5 20"], 4, how);
    expect(samples(result, 'ALERTS{alertname="Low", alertstate="pending", severity="page"}', 4)).toBe("_ 1 _ _ _");
    expect(samples(result, 'ALERTS{alertstate="firing"}', 4)).toBe("_ _ 1 1 _");
    expect(samples(result, 'ALERTS_FOR_STATE{alertname="Low"}', 4)).toBe("_ 60 60 60 _");
  });

  it("evaluates a group at its own interval", () => {
    const rules = "groups: [{name: a, interval: 2m, rules: [{record: now, expr: time()}]}]";
    expect(samples(run(rules, [], 5, how), "now", 5)).toBe("0 0 120 120 240 240");
  });

  it("looks back by a group's offset, and writes there", () => {
    const rules = "groups: [{name: a, query_offset: 1m, rules: [{record: late, expr: stock}]}]";
    expect(samples(run(rules, ["stock 1 2 3 4"], 3, how), "late", 3)).toBe("1 2 3 3");
  });

  it("expands labels and annotations at each evaluation", () => {
    const rules = low(
      `labels: {level: "{{ if lt $value 3.0 }}empty{{ else }}low{{ end }}"}, annotations: {summary: "{{ $value }} in {{ $externalLabels.region }} of {{ $labels.sku }}"}`,
    );
    const { alerts } = run(rules, ['stock{sku="mug"} 5 4 2'], 2, how);
    const [history = []] = alerts.values();
    const told = [1, 2].map((minute) =>
      alertsAt(history, minute * MINUTE).map((alert) => [alert.labels.get("level"), alert.annotations().summary]),
    );
    expect(told).toEqual([[["low", "4 in eu of mug"]], [["empty", "2 in eu of mug"]]]);
  });

  it.each([
    [
      "a limit",
      "groups: [{name: a, limit: 1, rules: [{record: x, expr: stock}]}]",
      "exceeded limit of 1 with 2 series",
    ],
    [
      "a limit of alerts",
      "groups: [{name: a, limit: 1, rules: [{alert: X, expr: stock}]}]",
      "exceeded limit of 1 with 2 alerts",
    ],
    [
      "series that become one",
      "groups: [{name: a, rules: [{record: x, expr: stock, labels: {sku: all}}]}]",
      "vector contains metrics with the same labelset after applying rule labels",
    ],
    [
      "alerts that become one",
      "groups: [{name: a, rules: [{alert: X, expr: stock, labels: {sku: all}}]}]",
      "vector contains metrics with the same labelset after applying alert labels",
    ],
    [
      "two rules that write one series",
      "groups: [{name: a, rules: [{record: x, expr: vector(1)}, {record: x, expr: vector(2)}]}]",
      "duplicate sample for timestamp",
    ],
  ])("fails at %s", (_, rules, message) => {
    const { failures } = run(rules, ['stock{sku="mug"} 1x5', 'stock{sku="shirt"} 1x5'], 5, how);
    expect(failures.map((failure) => [failure.timeMs, failure.message])).toEqual([[0, message]]);
  });
});

it("texts can ask queries", () => {
  const rules = low(
    `annotations: {summary: "{{ with query \\"sum(stock)\\" }}{{ . | first | value }}{{ end }} in all"}`,
  );
  const { alerts } = run(rules, ['stock{sku="mug"} 5x5', 'stock{sku="shirt"} 50x5'], 2);
  const [history = []] = alerts.values();
  expect(alertsAt(history, 2 * MINUTE).map((alert) => alert.annotations().summary)).toEqual(["55 in all"]);
});

it("a rule that fails does not keep others from going on, where that is asked for", () => {
  const rules = "groups: [{name: a, limit: 1, rules: [{record: x, expr: stock}, {record: y, expr: count(stock)}]}]";
  const result = run(rules, ['stock{sku="mug"} 1x5', 'stock{sku="shirt"} 1x5'], 2, { stop: false });
  expect(result.failures).toHaveLength(3);
  expect(samples(result, "y", 2)).toBe("2 2 2");
});
