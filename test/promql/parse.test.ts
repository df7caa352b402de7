import { describe, expect, it } from "vitest";
import { analyze } from "../../src/promql/analyze.ts";
import { formatPromqlError, promqlPosition } from "../../src/promql/error.ts";
import { parse, parseOrThrow } from "../../src/promql/parse/parse.ts";
import { print } from "../../src/promql/print/print.ts";

/** The text with every operand in parentheses, which shows how it was understood. */
function grouped(text: string): string {
  const { expr } = parse(text);
  const show = (node: NonNullable<typeof expr>): string => {
    if (node.kind === "BinaryExpr") return `(${show(node.lhs)} ${node.op} ${show(node.rhs)})`;
    if (node.kind === "UnaryExpr") return `(${node.op}${show(node.expr)})`;
    return print(node);
  };
  return expr === undefined ? "refused" : show(expr);
}

describe("operators", () => {
  it.each([
    ["a or b and c", "(a or (b and c))"],
    ["a and b unless c or d", "(((a and b) unless c) or d)"],
    ["a == b + c", "(a == (b + c))"],
    ["a - b - c", "((a - b) - c)"],
    ["a + b * c % d", "(a + ((b * c) % d))"],
    ["a ^ b ^ c", "(a ^ (b ^ c))"],
    ["a * b ^ c", "(a * (b ^ c))"],
    ["-a ^ b", "(-(a ^ b))"],
    ["-a * b", "((-a) * b)"],
    ["a ^ -b ^ c", "(a ^ (-(b ^ c)))"],
    ["a atan2 b * c", "((a atan2 b) * c)"],
    ["a </ 1 >/ 2", "((a </ 1) >/ 2)"],
    ["- -1", "1"],
    ["a offset 5m + b", "(a offset 5m + b)"],
    ["-a offset 5m", "(-a offset 5m)"],
    ["a + b offset -1h", "(a + b offset -1h)"],
    ["a offset -2^2", "(a offset -2s ^ 2)"],
  ])("of %s group as Prometheus groups them", (text, meant) => {
    expect(grouped(text)).toBe(meant);
  });
});

describe("keywords", () => {
  it.each([
    "sum",
    'by{without="1"}',
    "offset offset 5m",
    "start + end",
    "fill + fill",
    "foo * sum",
    "sum by (by, sum, on, bool, offset, start, atan2, fill_left) (by)",
    'step{offset="1s"}[5m]',
    "anchored smoothed",
    "SUM BY (job) (x) AND ON (job) y OFFSET 5m",
    "min_of[5m]",
  ])("may be names where nothing else can stand: %s", (text) => {
    expect(parse(text).errors).toEqual([]);
  });

  it.each(["bool", "on", "ignoring", "group_left", "atan2", "sum by (without) (x)", "inf{}"])(
    "are no names where Prometheus does not take them for any: %s",
    (text) => {
      expect(parse(text).errors).not.toEqual([]);
    },
  );
});

describe("literals", () => {
  it.each([
    ["0x1F", 31],
    ["017", 15],
    ["08", 8],
    ["1_000_000", 1_000_000],
    [".5", 0.5],
    ["2.", 2],
    ["1e3", 1000],
    ["5e-3", 0.005],
    ["5m", 300],
    ["1h30m", 5400],
    ["-10ms", -0.01],
    ["Inf", Number.POSITIVE_INFINITY],
    ["-iNf", Number.NEGATIVE_INFINITY],
    ["nan", Number.NaN],
    ["9223372036854775807", 2 ** 63],
  ])("of numbers: %s", (text, value) => {
    expect(parseOrThrow(text)).toMatchObject({ kind: "NumberLiteral", value });
  });

  it.each([
    [String.raw`"a\tb\\\"\x41\101\u00e9\U0001F600"`, 'a\tb\\"AAé😀'],
    ["'it\\'s'", "it's"],
    ["`raw \\n`", "raw \\n"],
    [String.raw`"\xc3\xa9"`, "é"],
    [String.raw`"\xff"`, "\udcff"],
  ])("of strings: %s", (text, value) => {
    expect(parseOrThrow(text)).toMatchObject({ kind: "StringLiteral", value, raw: text });
  });

  it("keep how they were written", () => {
    const expr = parseOrThrow("x[1h30m] offset -0x10");
    expect(expr).toMatchObject({
      range: { ms: 5_400_000, raw: "1h30m" },
      selector: { offset: { ms: -16_000, raw: "-0x10" } },
    });
  });
});

describe("a tree", () => {
  it("is frozen through and through", () => {
    const expr = parseOrThrow(
      'sum by (sku) (rate(catalog_clicks_total{page="home"}[5m] @ end())) > on (sku) fill (1) x',
    );
    const frozen = (value: unknown): boolean =>
      typeof value !== "object" || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(expr)).toBe(true);
  });

  it("has a span on every node, which cuts out what was written", () => {
    const text = ' sum by (sku) ( rate(catalog_clicks_total{page="home"}[5m] offset 1h) ) >= -1 # clicks';
    const spans: string[] = [];
    const collect = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      const { span, kind } = value as { span?: { start: number; end: number }; kind?: string };
      if (span !== undefined) spans.push(`${kind ?? "matcher"}: ${text.slice(span.start, span.end)}`);
      Object.values(value).forEach(collect);
    };
    collect(parseOrThrow(text));
    expect(spans).toEqual([
      'BinaryExpr: sum by (sku) ( rate(catalog_clicks_total{page="home"}[5m] offset 1h) ) >= -1',
      'AggregateExpr: sum by (sku) ( rate(catalog_clicks_total{page="home"}[5m] offset 1h) )',
      'Call: rate(catalog_clicks_total{page="home"}[5m] offset 1h)',
      'MatrixSelector: catalog_clicks_total{page="home"}[5m] offset 1h',
      'VectorSelector: catalog_clicks_total{page="home"}',
      'matcher: page="home"',
      "DurationLiteral: 1h",
      "DurationLiteral: 5m",
      "NumberLiteral: -1",
    ]);
  });

  it("counts spans in UTF-16 units, and positions for people in bytes", () => {
    const text = '{"métrique.😀"} !';
    const [error] = parse(text).errors;
    expect(error?.start).toBe(text.indexOf("!"));
    expect(formatPromqlError(text, error as NonNullable<typeof error>)).toMatch(/^1:20: parse error: /);
    expect(promqlPosition("a\nbé c", 5)).toEqual({ line: 2, column: 5 });
  });
});

describe("errors", () => {
  const said = (text: string) => analyze(text).errors.map((error) => formatPromqlError(text, error));

  it.each([
    ["", "1:1: parse error: no expression found in input"],
    ["sum(x{a b})", '1:9: parse error: unexpected identifier "b" in label matching, expected label matching operator'],
    ["rate(x[5m)", '1:10: parse error: unexpected ")" in subquery or range, expected ":" or "]"'],
    ["sum by (a b) (x)", '1:11: parse error: unexpected identifier "b" in grouping opts, expected "," or ")"'],
    ["sum(a b)", '1:7: parse error: unexpected identifier "b" in aggregation'],
    ["x offset", "1:9: parse error: unexpected end of input in offset, expected number, duration, step(), or range()"],
    ["rate(x[5m],)", "1:11: parse error: trailing commas not allowed in function call args"],
    ["topk(x)", "1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1"],
    ['x{a=~"("}', "1:3: parse error: error parsing regexp: missing closing ): `(`"],
    ["x @ Inf", "1:1: parse error: timestamp out of bounds for @ modifier: +Inf"],
    ["x anchored smoothed", "1:1: parse error: anchored and smoothed modifiers cannot be used together"],
  ])("say what Prometheus says: %s", (text, message) => {
    expect(said(text)[0]).toBe(message);
  });

  it("are several where lists give the reader somewhere to go on", () => {
    expect(said("sum by (a b, 5) (rat(x{a b, c d}), y z)")).toEqual([
      '1:11: parse error: unexpected identifier "b" in grouping opts, expected "," or ")"',
      '1:14: parse error: unexpected number "5" in grouping opts, expected label',
      '1:26: parse error: unexpected identifier "b" in label matching, expected label matching operator',
      '1:31: parse error: unexpected identifier "d" in label matching, expected label matching operator',
      '1:18: parse error: unknown function with name "rat"',
      '1:38: parse error: unexpected identifier "z" in aggregation',
      "1:1: parse error: wrong number of arguments for aggregate expression provided, expected 1, got 2",
    ]);
  });

  it.each([
    ["rat(x[5m])", "rate"],
    ["increse(x[5m])", "increase"],
    ["qantile(0.9, x)", "quantile"],
    ["sum(x) bye (job)", "by"],
    ["x grup_left y", "group_left"],
  ])("suggest what was most likely meant: %s", (text, suggestion) => {
    expect(parse(text).errors[0]?.suggestion).toBe(suggestion);
  });

  it("leave a tree where only names are wrong", () => {
    const { expr, errors } = parse("rat(x[5m])");
    expect(errors).toHaveLength(1);
    expect(expr?.kind).toBe("Call");
  });

  it("do not come from names that every object has", () => {
    expect(parse("constructor(x)").errors[0]?.message).toBe('unknown function with name "constructor"');
    expect(parse("toString + __proto__").errors).toEqual([]);
  });
});

describe("features that a server must be started with", () => {
  it.each([
    [
      "limitk(1, x)",
      "limitk() is experimental and must be enabled with --enable-feature=promql-experimental-functions",
    ],
    ["info(x)", 'function "info" is not enabled'],
    ["rate(x[5m] anchored)", "anchored modifier is experimental and not enabled"],
    ["a + fill (0) b", "binop fill modifiers are experimental and not enabled"],
  ])("are asked for: %s", (text, message) => {
    expect(parse(text, { features: [] }).errors[0]?.message).toBe(message);
    expect(analyze(text).errors).toEqual([]);
  });

  it("are not wanted for durations that are computed, since Prometheus 3.14", () => {
    expect(analyze("rate(x[step() * 2])", { features: [] }).errors).toEqual([]);
  });
});
