/** Between which values the results of an expression lie, as far as its text tells. NaN is left aside: it is beyond no threshold. */
import type { AggregateExpr, BinaryExpr, Call, Expr, VectorSelector } from "../../promql/ast.ts";
import { COMPARISON_OPS } from "../../promql/ast.ts";
import { print } from "../../promql/print/print.ts";

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** What a recorded series is recorded by; nothing for any other. */
export type RecordedBy = (name: string) => readonly Expr[];

const ANY: Bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
const NOT_NEGATIVE: Bounds = { low: 0, high: Number.POSITIVE_INFINITY };
const SHARE: Bounds = { low: 0, high: 1 };
const ONE: Bounds = { low: 1, high: 1 };

/** Series that Prometheus and its exporters write themselves. */
const SERIES: Readonly<Record<string, Bounds>> = { up: SHARE, probe_success: SHARE, ALERTS: ONE };

/** Functions whose results lie between the same values whatever they are given. A counter never falls, so no rate is negative. */
const FUNCTIONS: Readonly<Record<string, Bounds>> = {
  rate: NOT_NEGATIVE,
  irate: NOT_NEGATIVE,
  increase: NOT_NEGATIVE,
  changes: NOT_NEGATIVE,
  resets: NOT_NEGATIVE,
  count_over_time: NOT_NEGATIVE,
  stddev_over_time: NOT_NEGATIVE,
  stdvar_over_time: NOT_NEGATIVE,
  abs: NOT_NEGATIVE,
  sqrt: NOT_NEGATIVE,
  exp: NOT_NEGATIVE,
  time: NOT_NEGATIVE,
  absent: ONE,
  absent_over_time: ONE,
  present_over_time: ONE,
  histogram_fraction: SHARE,
  sgn: { low: -1, high: 1 },
  sin: { low: -1, high: 1 },
  cos: { low: -1, high: 1 },
  tanh: { low: -1, high: 1 },
  minute: { low: 0, high: 59 },
  hour: { low: 0, high: 23 },
  day_of_week: { low: 0, high: 6 },
  day_of_month: { low: 1, high: 31 },
  day_of_year: { low: 1, high: 366 },
  days_in_month: { low: 28, high: 31 },
  month: { low: 1, high: 12 },
};

/** Functions that choose among what they are given, or lie in between. */
const CHOOSING: ReadonlySet<string> = new Set([
  "min_over_time",
  "max_over_time",
  "avg_over_time",
  "last_over_time",
  "first_over_time",
  "vector",
  "scalar",
  "sort",
  "sort_desc",
  "label_replace",
  "label_join",
]);

/** The bounds of an expression's results. */
export function boundsOf(expr: Expr, recordedBy: RecordedBy): Bounds {
  const inner = (one: Expr) => boundsOf(one, recordedBy);
  switch (expr.kind) {
    case "NumberLiteral":
      return { low: expr.value, high: expr.value };
    case "StringLiteral":
      return ANY;
    case "ParenExpr":
    case "SubqueryExpr":
      return inner(expr.expr);
    case "MatrixSelector":
      return inner(expr.selector);
    case "UnaryExpr":
      return expr.op === "-" ? negated(inner(expr.expr)) : inner(expr.expr);
    case "VectorSelector":
      return ofSeries(expr, recordedBy);
    case "AggregateExpr":
      return ofAggregate(expr, inner(expr.expr));
    case "Call":
      return ofCall(expr, inner);
    case "BinaryExpr":
      return ofBinary(expr, inner);
  }
}

function ofSeries({ name = "" }: VectorSelector, recordedBy: RecordedBy): Bounds {
  const sources = recordedBy(name);
  if (sources.length === 0) return Object.hasOwn(SERIES, name) ? (SERIES[name] as Bounds) : ANY;
  return sources.map((source) => boundsOf(source, except(recordedBy, name))).reduce(either);
}

/** What records series other than one: whoever looks at what records it need not look again. */
export function except(recordedBy: RecordedBy, name: string | undefined): RecordedBy {
  return (other) => (other === name ? [] : recordedBy(other));
}

function ofAggregate({ op }: AggregateExpr, inner: Bounds): Bounds {
  switch (op) {
    case "count":
    case "count_values":
      return { low: 1, high: Number.POSITIVE_INFINITY };
    case "group":
      return ONE;
    case "stddev":
    case "stdvar":
      return NOT_NEGATIVE;
    case "sum":
      // One at least, and any number of them.
      return {
        low: inner.low >= 0 ? inner.low : Number.NEGATIVE_INFINITY,
        high: inner.high <= 0 ? inner.high : Number.POSITIVE_INFINITY,
      };
    case "quantile":
      return ANY;
    default:
      return inner;
  }
}

function ofCall({ func, args }: Call, inner: (expr: Expr) => Bounds): Bounds {
  const [first, second, third] = args;
  if (first !== undefined && CHOOSING.has(func)) return inner(first);
  if (first !== undefined && second !== undefined) {
    const { low, high } = inner(first);
    const { low: least, high: most } = inner(second);
    if (func === "clamp_max") return { low: Math.min(low, least), high: Math.min(high, most) };
    if (func === "clamp_min") return { low: Math.max(low, least), high: Math.max(high, most) };
    if (func === "clamp" && third !== undefined)
      return { low: Math.max(low, least), high: Math.max(most, Math.min(high, inner(third).high)) };
  }
  return Object.hasOwn(FUNCTIONS, func) ? (FUNCTIONS[func] as Bounds) : ANY;
}

function ofBinary(expr: BinaryExpr, inner: (expr: Expr) => Bounds): Bounds {
  const { op, lhs, rhs, matching, returnBool } = expr;
  const fill = matching?.fill;
  if (fill?.lhs !== undefined || fill?.rhs !== undefined) return ANY;
  const [left, right] = [inner(lhs), inner(rhs)];
  if (returnBool) return SHARE;
  if ((COMPARISON_OPS as readonly string[]).includes(op)) return compared(op, left, right, lhs);
  switch (op) {
    case "and":
    case "unless":
      return left;
    case "or":
      return either(left, right);
    case "+":
      return ordered([left.low + right.low, left.high + right.high]);
    case "-":
      return ordered([left.low - right.high, left.high - right.low]);
    case "*":
      return ordered(products(left, right));
    case "/":
      if (isPartOf(lhs, rhs) && left.low >= 0 && right.low >= 0) return SHARE;
      if (right.low > 0 || right.high < 0) return ordered(products(left, { low: 1 / right.high, high: 1 / right.low }));
      return left.low >= 0 && right.low >= 0 ? NOT_NEGATIVE : ANY;
    default:
      return ANY;
  }
}

/** What a comparison lets through: values of its left side, or of its right where a number stands on the left. */
function compared(op: BinaryExpr["op"], left: Bounds, right: Bounds, lhs: Expr): Bounds {
  if (lhs.kind === "NumberLiteral") return right;
  if (op === ">" || op === ">=") return { low: Math.max(left.low, right.low), high: left.high };
  if (op === "<" || op === "<=") return { low: left.low, high: Math.min(left.high, right.high) };
  return left;
}

/** Whether one expression is the other with further matchers: a part of the same sum. */
function isPartOf(part: Expr, whole: Expr): boolean {
  if (part.kind === "ParenExpr") return isPartOf(part.expr, whole);
  if (whole.kind === "ParenExpr") return isPartOf(part, whole.expr);
  if (part.kind === "AggregateExpr" && whole.kind === "AggregateExpr")
    return (
      part.op === "sum" &&
      whole.op === "sum" &&
      part.without === whole.without &&
      [...part.grouping].sort().join() === [...whole.grouping].sort().join() &&
      isPartOf(part.expr, whole.expr)
    );
  if (part.kind === "Call" && whole.kind === "Call")
    return (
      part.func === whole.func &&
      (part.func === "rate" || part.func === "increase" || part.func === "irate") &&
      isPartOf(part.args[0] as Expr, whole.args[0] as Expr)
    );
  if (part.kind === "MatrixSelector" && whole.kind === "MatrixSelector")
    return (
      print({ ...part, selector: bare(part.selector) }) === print({ ...whole, selector: bare(whole.selector) }) &&
      isPartOf(part.selector, whole.selector)
    );
  if (part.kind !== "VectorSelector" || whole.kind !== "VectorSelector") return false;
  const texts = new Set(part.matchers.map(({ name, op, value }) => JSON.stringify([name, op, value])));
  const isSame = print(bare(part)) === print(bare(whole));
  return isSame && whole.matchers.every(({ name, op, value }) => texts.has(JSON.stringify([name, op, value])));
}

function bare(selector: VectorSelector): VectorSelector {
  return { ...selector, name: selector.name ?? "any", matchers: [] };
}

function negated({ low, high }: Bounds): Bounds {
  return { low: -high, high: -low };
}

function either(a: Bounds, b: Bounds): Bounds {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

function products(a: Bounds, b: Bounds): readonly number[] {
  return [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
}

/** From the least to the greatest; anything where infinities cancel out. */
function ordered(values: readonly number[]): Bounds {
  return values.some(Number.isNaN) ? ANY : { low: Math.min(...values), high: Math.max(...values) };
}
