import { describe, expect, it } from "vitest";
import { analyze } from "../../src/promql/analyze.ts";
import { NOWHERE } from "../../src/promql/ast.ts";
import { check } from "../../src/promql/type/check.ts";

const messages = (text: string, variables = false) => analyze(text, { variables }).errors.map(({ message }) => message);

describe("the type check", () => {
  it.each([
    ["rate(x)", 'expected type range vector in call to function "rate", got instant vector'],
    ["sum(1)", "expected type instant vector in aggregation expression, got scalar"],
    ["topk(x, x)", "expected type scalar in aggregation parameter, got instant vector"],
    ["x[5m] + 1", "binary expression must contain only scalar and instant vector types"],
    ["-x[5m]", 'unary expression only allowed on expressions of type scalar or instant vector, got "range vector"'],
    ["1 > 2", "comparisons between scalars must use BOOL modifier"],
    ["x + bool y", "bool modifier can only be used on comparison operators"],
    ["1 and x", 'set operator "and" not allowed in binary scalar expression'],
    ["x and on (a) group_left y", 'no grouping allowed for "and" operation'],
    ["x + on (a) group_left (a) y", 'label "a" must not occur in ON and GROUP clause at once'],
    ["1 + on (a) x", "vector matching only allowed between instant vectors"],
    ["x or fill (1) y", "filling in missing series not allowed for set operators"],
    ["clamp(x, 1)", 'expected 3 argument(s) in call to "clamp", got 2'],
    ['label_join(x, "a")', 'expected at least 3 argument(s) in call to "label_join", got 2'],
    ["round(x, 1, 2)", 'expected at most 2 argument(s) in call to "round", got 3'],
    ["{}", "vector selector must contain at least one non-empty matcher"],
    ['{a=~".*", b!~".+"}', "vector selector must contain at least one non-empty matcher"],
    ['x{__name__="y"}', 'metric name must not be set twice: "x" or "y"'],
    ["rate(x[5m])[5m:][5m:]", "subquery is only allowed on instant vector, got matrix instead"],
    ["info(x, y)", "expected label selectors only, got vector selector instead"],
  ])("refuses %s", (text, message) => {
    expect(messages(text)[0]).toBe(message);
  });

  it.each(['info(x, {k8s_cluster=~".+"})', "1 > bool 2", 'x{a!=""}', '{a=~".+"}', "hour()", "x and y", "-(1 + 2)"])(
    "takes %s",
    (text) => {
      expect(messages(text)).toEqual([]);
    },
  );

  it("finds in a built tree what the parser would have found in a text", () => {
    expect(
      check({
        kind: "Call",
        func: "rat",
        args: [
          {
            kind: "VectorSelector",
            name: "x",
            matchers: [{ name: "a", op: "=~", value: "(", span: NOWHERE }],
            offset: undefined,
            at: undefined,
            extended: "anchored",
            span: NOWHERE,
          },
        ],
        span: NOWHERE,
      }).map(({ message }) => message),
    ).toEqual(['unknown function with name "rat"', "error parsing regexp: missing closing ): `(`"]);
  });
});

describe("a dashboard's variables", () => {
  it.each([
    "rate(x[$__rate_interval])",
    'sum by ($label) (x{$filters, job=~"$job"}) > $threshold',
    `topk($k, \${metric}_total)`,
    `x[\${range}:$step] offset -$shift`,
    '[[metric]]{a="[[value:regex]]"}[[[range]]]',
    "$agg(x)",
    `max_over_time(x[$__range:\${__interval}s])`,
    "$query",
    `histogram_quantile(\${quantile:raw}, x)`,
    "quantile($a + 1, x)",
  ])("stand for whatever they stand for: %s", (text) => {
    expect(messages(text, true)).toEqual([]);
    expect(messages(text)).not.toEqual([]);
  });

  it("cannot stand for an operator", () => {
    expect(messages("x $op y", true)).not.toEqual([]);
  });
});
