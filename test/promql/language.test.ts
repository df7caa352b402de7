import { describe, expect, it } from "vitest";
import { parseOrThrow } from "../../src/promql/parse/parse.ts";
import { requirements } from "../../src/promql/requirements.ts";
import { parseVariableQuery } from "../../src/promql/variable-query.ts";
import { childrenOf, walk } from "../../src/promql/walk.ts";
import { FUNCTIONS, type FunctionSignature, functionNamed, isFunctionName } from "../../src/promql.ts";

describe("the table of functions", () => {
  it("says of each how many arguments it takes, and what of", () => {
    expect(Object.keys(FUNCTIONS)).toHaveLength(90);
    for (const [name, { args, min, max, returns, doc, bounds }] of Object.entries<FunctionSignature>(FUNCTIONS)) {
      expect(min <= max && (max === 0 || args.length > 0), name).toBe(true);
      expect(args.length <= max, name).toBe(true);
      expect(["scalar", "vector"], name).toContain(returns);
      expect(doc, name).toMatch(/^[A-Z].*\.$/);
      expect(bounds[0] <= bounds[1], name).toBe(true);
    }
  });

  it("knows no names that every object has", () => {
    expect(functionNamed("constructor")).toBeUndefined();
    expect(isFunctionName("toString")).toBe(false);
    expect(isFunctionName("rate")).toBe(true);
  });
});

describe("what an expression needs", () => {
  it.each([
    ["rate(x[5m])", "2.0", []],
    ["x[1h:5m]", "2.7", []],
    ["x offset -5m", "2.33", []],
    ["x @ end()", "2.33", []],
    ["x[1h30m]", "2.21", []],
    ["group by (sku) (x)", "2.20", []],
    ["a atan2 b", "2.31", []],
    ["x > 10m", "2.54", []],
    ["x[300]", "2.54", []],
    ["x > 1_000", "2.54", []],
    ['{"shop.latency"}', "3.0", []],
    ['sum by ("le.x") (x)', "3.0", []],
    ["info(x)", "2.55", ["promql-experimental-functions"]],
    ["limitk(1, x)", "2.54", ["promql-experimental-functions"]],
    ["rate(x[5m] anchored)", "3.7", ["promql-extended-range-selectors"]],
    ["a + fill (0) b", "3.10", ["promql-binop-fill-modifiers"]],
    ["a </ 1", "3.11", []],
    ["x[step() * 2]", "3.14", []],
    ["first_over_time(x[5m])", "3.14", []],
    ["start_timestamp(x)", "3.14", ["promql-experimental-functions", "use-start-timestamps"]],
  ])("of Prometheus: %s %s", (text, version, flags) => {
    const needs = requirements(parseOrThrow(text));
    expect(needs).toMatchObject({ version, flags });
    expect(needs.reasons.length > 0).toBe(version !== "2.0");
  });
});

describe("a walk over a tree", () => {
  it("comes to parents first, and to children as they are written", () => {
    const expr = parseOrThrow("topk(3, -rate(x[5m])) + (1)");
    expect([...walk(expr)].map(({ kind }) => kind)).toEqual([
      "BinaryExpr",
      "AggregateExpr",
      "NumberLiteral",
      "UnaryExpr",
      "Call",
      "MatrixSelector",
      "VectorSelector",
      "ParenExpr",
      "NumberLiteral",
    ]);
    expect(childrenOf(parseOrThrow("x"))).toEqual([]);
  });
});

describe("the query of a dashboard's variable", () => {
  it.each([
    ["label_values(instance)", { kind: "label_values", label: "instance", selector: undefined }],
    ['label_values(up{job="$job"}, instance)', { kind: "label_values", label: "instance", selector: { name: "up" } }],
    ["label_values(up, $label)", { kind: "label_values", label: "$label" }],
    ["label_names()", { kind: "label_names", selector: undefined }],
    ["label_names(up)", { kind: "label_names", selector: { name: "up" } }],
    ["metrics(catalog_.*)", { kind: "metrics", pattern: "catalog_.*" }],
    ["query_result(topk(5, sum by (sku) (x)))", { kind: "query_result", expr: { kind: "AggregateExpr" } }],
    ['up{job="shop"}', { kind: "series", selector: { name: "up" } }],
  ])("is read: %s", (text, query) => {
    expect(parseVariableQuery(text)).toMatchObject({ query, errors: [] });
  });

  it.each([
    ["label_values(up{a b}, instance)", 18],
    ["label_values(sum(up), instance)", 13],
    ["label_values(up, in stance)", 13],
    ["query_result(rate(x))", 18],
  ])("says where it is wrong: %s", (text, start) => {
    expect(parseVariableQuery(text).errors[0]?.start).toBe(start);
  });
});
