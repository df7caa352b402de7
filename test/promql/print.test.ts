import { describe, expect, it } from "vitest";
import { type Expr, NOWHERE, type VectorSelector } from "../../src/promql/ast.ts";
import { parseOrThrow } from "../../src/promql/parse/parse.ts";
import { pretty } from "../../src/promql/print/pretty.ts";
import { print } from "../../src/promql/print/print.ts";

const line = (text: string) => print(parseOrThrow(text));

describe("one line", () => {
  it.each([
    ["sum( x )by( a,b )", "sum by (a, b) (x)"],
    ["sum by () (x)", "sum(x)"],
    ["sum without () (x)", "sum without () (x)"],
    ['x{b="1",a=~"2"}', 'x{a=~"2",b="1"}'],
    ['{"shop.latency", "le.x"="1"}', '{"le.x"="1",__name__="shop.latency"}'],
    ["x[90s] offset -60m @ 1.5", "x[1m30s] @ 1.500 offset -1h"],
    ["x offset 0s", "x"],
    ["x[1d12h:] offset 52w", "x[1d12h:] offset 52w"],
    ["1e3 + 1e-7 + 1e22 + 0x10 + 90s + Inf", "1000 + 0.0000001 + 10000000000000000000000 + 16 + 1m30s + +Inf"],
    ["a + on () group_left b", "a + on () group_left () b"],
    ["a + ignoring () b", "a + b"],
    ["a + fill_right (1e-7) fill_left (1e21) b", "a + fill_left (1e+21) fill_right (1e-07) b"],
    ["a == bool on (x) b", "a == bool on (x) b"],
    ["x[(5m)] offset -(step())", "x[(5m)] offset -(step())"],
    ["x anchored @ end() offset 5m", "x @ end() anchored offset 5m"],
    [String.raw`"\u00e9\n\"\x00"`, String.raw`"é\n\"\x00"`],
  ])("of %s is Prometheus's", (text, printed) => {
    expect(line(text)).toBe(printed);
  });

  it("leaves out the comments, and puts quotes around labels that need them", () => {
    expect(line('sum by ("le.x", sku) (x) # per bucket')).toBe('sum by ("le.x", sku) (x)');
  });
});

describe("a tree that was built", () => {
  const x: VectorSelector = {
    kind: "VectorSelector",
    name: "x",
    matchers: [],
    offset: undefined,
    at: undefined,
    extended: undefined,
    span: NOWHERE,
  };
  const binary = (op: "+" | "*" | "^", lhs: Expr, rhs: Expr): Expr => {
    return { kind: "BinaryExpr", op, lhs, rhs, matching: undefined, returnBool: false, span: NOWHERE };
  };
  const minus = (expr: Expr): Expr => ({ kind: "UnaryExpr", op: "-", expr, span: NOWHERE });
  const two: Expr = { kind: "NumberLiteral", value: -2, raw: "-2", span: NOWHERE };

  it.each<[string, Expr]>([
    ["(x + x) * x", binary("*", binary("+", x, x), x)],
    ["x + (x + x)", binary("+", x, binary("+", x, x))],
    ["(x ^ x) ^ x", binary("^", binary("^", x, x), x)],
    ["(-x) ^ x", binary("^", minus(x), x)],
    ["(-2) ^ x", binary("^", two, x)],
    ["x ^ -2", binary("^", x, two)],
    ["-(x * x)", minus(binary("*", x, x))],
    ["-(-2)", minus(two)],
  ])("gets the parentheses it needs: %s", (text, expr) => {
    expect(print(expr)).toBe(text);
  });

  it("names metrics that need it in the braces", () => {
    expect(print({ ...x, name: "shop.latency" })).toBe('{__name__="shop.latency"}');
    expect(print({ ...x, name: "bool" })).toBe('{__name__="bool"}');
  });
});

describe("the pretty form", () => {
  it("splits what is longer than 100 bytes, and nothing else", () => {
    const text =
      'sum by (sku, page) (rate(catalog_clicks_total{page=~"home|search",warehouse="fra"}[5m])) / on (sku) group_left () sum by (sku) (catalog_inventory_items)';
    expect(pretty(parseOrThrow(text))).toMatchInlineSnapshot(`
      "  sum by (sku, page) (rate(catalog_clicks_total{page=~"home|search",warehouse="fra"}[5m]))
      / on (sku) group_left ()
        sum by (sku) (catalog_inventory_items)"
    `);
    expect(pretty(parseOrThrow("sum(x)"))).toBe("sum(x)");
  });

  it("is as wide as is asked for", () => {
    expect(pretty(parseOrThrow("topk(3, rate(x[5m]))"), { width: 10 })).toBe("topk(\n  3,\n  rate(\n    x[5m]\n  )\n)");
  });
});
