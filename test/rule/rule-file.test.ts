import { expect, it } from "vitest";
import { lineAndColumn } from "../../src/diagnostic/diagnostic.ts";
import { readRuleFile } from "../../src/rule/file/rule-file.ts";

/** What is wrong, with the line. */
function judge(source: string): readonly string[] {
  return readRuleFile(source, "rules.yml").diagnostics.map(
    ({ message, place }) => `${place === undefined ? "" : lineAndColumn(place.source, place.start).line}: ${message}`,
  );
}

const rule = (fields: string) => `groups:\n- name: a\n  rules:\n  - ${fields}\n`;

it.each([
  ["", []],
  ["groups: []", []],
  [rule("{record: x, expr: y, labels: {a: 1}}"), []],
  ["groups: [{name: ''}]", ["1: A group needs a name."]],
  ["groups: [{name: a}, {name: a}]", ['1: The group "a" is in this file twice.']],
  [rule("{record: x, alert: X, expr: y}"), ["4: A rule has either `record` or `alert`, and this one has both."]],
  [rule("{expr: y}"), ["4: A rule needs `record` or `alert`."]],
  [rule("{record: x}"), ["4: A rule needs `expr`."]],
  [rule("{record: x, expr: y +}"), ["4: could not parse expression: 1:4: parse error: unexpected end of input"]],
  [rule("{record: x, expr: y, for: 5m}"), ["4: A recording rule has no `for`."]],
  [rule("{record: x, expr: y, keep_firing_for: 5m}"), ["4: A recording rule has no `keep_firing_for`."]],
  [rule("{record: x, expr: y, annotations: {a: b}}"), ["4: A recording rule has no annotations."]],
  [
    rule("{record: 'x{a=\"b\"}', expr: y}"),
    ['4: The name "x{a=\\"b\\"}" has braces: does what is in them belong into `expr`?'],
  ],
  [rule("{alert: X, expr: y, labels: {__name__: z}}"), ['4: "__name__" cannot be a label here.']],
  [rule("{alert: X, expr: y, for: 5}"), ['4: "5" is no duration.']],
])("reads %j", (source, expected) => {
  expect(judge(source)).toEqual(expected);
});

it("says in Go's words what is wrong with a text", () => {
  const [message = ""] = judge(rule("{alert: X, expr: y, annotations: {summary: '{{ $nope }}'}}"));
  expect(message).toMatch(/^4: annotation "summary": template: __alert_X:1: undefined variable "\$nope"/);
});

it("does not know every field, unless it is told to let them pass", () => {
  const source = "groups: [{name: a, owner: me, rules: []}]";
  expect(judge(source)).toEqual(['1: a rule group has no field "owner".']);
  expect(readRuleFile(source, undefined, { ignoreUnknownFields: true }).groups).toHaveLength(1);
});

it("gives rules the labels of their group, which give way to their own", () => {
  const { groups } = readRuleFile(
    "groups: [{name: a, labels: {tier: shop, team: x}, rules: [{record: r, expr: y, labels: {team: catalog}}]}]",
    undefined,
  );
  expect(groups[0]?.rules[0]?.labels).toEqual({ tier: "shop", team: "catalog" });
});

it("reads what the operator's PrometheusRule holds", () => {
  const { groups } = readRuleFile(
    "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: shop}\nspec:\n  groups: [{name: a, interval: 1m, rules: [{alert: X, expr: y, for: 5m}]}]",
    "shop.yml",
  );
  expect(groups).toMatchObject([
    { name: "a", intervalMs: 60_000, rules: [{ kind: "alerting", name: "X", forMs: 300_000 }] },
  ]);
});
