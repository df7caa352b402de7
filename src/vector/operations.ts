/**
 * The operations of a vector that differ in their operator alone: their types and texts, and the tables they are made from.
 * https://prometheus.io/docs/prometheus/latest/querying/operators/, …/functions/
 */
import type { AggregateOp, BinaryOp } from "../promql/ast.ts";
import type { AnyVector, Comparison, InstantVector } from "./instant-vector.ts";
import type { By, Fill, Group, Grouped, Grouping, Ignoring, Matched, Matching, RequiredMatching } from "./modifiers.ts";
import type { ScalarLike } from "./scalar.ts";

/** Folds the series of each group into one. */
export type Aggregation<L extends string> = <const G extends Grouping<L> = By<never>>(
  grouping?: G,
) => InstantVector<Grouped<L, G>>;

/** Chooses series from each group; all labels stay. */
export type Selection<L extends string> = <const G extends Grouping<L> = By<never>>(
  amount: ScalarLike,
  grouping?: G,
) => InstantVector<L>;

/**
 * Combines with a number, or with another vector one to one. Vectors with different labels must say which to match on, and
 * `groupLeft` or `groupRight` which side is the many.
 */
export type Arithmetic<L extends string> = <
  const V extends AnyVector | ScalarLike,
  const M extends Matching<L, LabelsOf<V, L>> = Ignoring<never>,
  const G extends Group<L, LabelsOf<V, L>> = Fill,
>(
  right: V,
  ...matching: RequiredMatching<L, LabelsOf<V, L>, M, G>
) => InstantVector<Matched<L, LabelsOf<V, L>, M, G>>;

/** Keeps the series whose value compares so with a number or with another vector's. */
export type Compares<L extends string> = <
  const V extends AnyVector | ScalarLike,
  const M extends Matching<L, LabelsOf<V, L>> = Ignoring<never>,
  const G extends Group<L, LabelsOf<V, L>> = Fill,
>(
  right: V,
  ...matching: RequiredMatching<L, LabelsOf<V, L>, M, G>
) => Comparison<Matched<L, LabelsOf<V, L>, M, G>>;

/** The labels of a right-hand side; a number matches whatever is on the left. */
type LabelsOf<V, L extends string> = V extends { readonly "~vector": (label: infer R extends string) => unknown }
  ? R
  : L;

/** Changes each value by itself; the labels stay, the metric name goes. */
export type Elementwise<L extends string> = () => InstantVector<L>;

/** Aggregations: many series folded into one for each group. */
export interface Aggregations<L extends string> {
  /** Adds the values up: `sum by (sku) (x)`. */
  readonly sum: Aggregation<L>;
  /** The mean of the values: `avg by (sku) (x)`. */
  readonly avg: Aggregation<L>;
  /** The least value: `min by (sku) (x)`. */
  readonly min: Aggregation<L>;
  /** The greatest value: `max by (sku) (x)`. */
  readonly max: Aggregation<L>;
  /** How many series there are: `count by (sku) (x)`. */
  readonly count: Aggregation<L>;
  /** 1 for every group that has a series: `group by (sku) (x)`. */
  readonly group: Aggregation<L>;
  /** The population standard deviation: `stddev by (sku) (x)`. */
  readonly stddev: Aggregation<L>;
  /** The population variance: `stdvar by (sku) (x)`. */
  readonly stdvar: Aggregation<L>;
}

/** Aggregations that choose series and keep their labels. */
export interface Selections<L extends string> {
  /** The `k` greatest series of each group: `topk by (sku) (3, x)`. */
  readonly topk: Selection<L>;
  /** The `k` least series of each group: `bottomk(3, x)`. */
  readonly bottomk: Selection<L>;
  /** Any `k` series of each group: `limitk(3, x)`. Experimental in Prometheus. */
  readonly limitk: Selection<L>;
  /** A share of the series, from -1 to 1; the negative share is the rest: `limit_ratio(0.1, x)`. Experimental in Prometheus. */
  readonly limitRatio: Selection<L>;
}

/** Operators between two vectors, or a vector and a number. */
export interface Operators<L extends string> {
  /** `a + b` */
  readonly add: Arithmetic<L>;
  /** `a - b` */
  readonly sub: Arithmetic<L>;
  /** `a * b` */
  readonly mul: Arithmetic<L>;
  /** `a / b` */
  readonly div: Arithmetic<L>;
  /** `a % b` */
  readonly mod: Arithmetic<L>;
  /** `a ^ b` */
  readonly pow: Arithmetic<L>;
  /** `a atan2 b`, in radians */
  readonly atan2: Arithmetic<L>;
  /** Trims a native histogram to the observations below a bound: `a </ b`. Experimental in Prometheus. */
  readonly trimUpper: Arithmetic<L>;
  /** Trims a native histogram to the observations above a bound: `a >/ b`. Experimental in Prometheus. */
  readonly trimLower: Arithmetic<L>;
}

/** Comparisons: filters, unless `.bool()` follows. */
export interface Comparisons<L extends string> {
  /** `a < b` */
  readonly below: Compares<L>;
  /** `a > b` */
  readonly above: Compares<L>;
  /** `a <= b` */
  readonly atMost: Compares<L>;
  /** `a >= b` */
  readonly atLeast: Compares<L>;
  /** `a == b` */
  readonly equals: Compares<L>;
  /** `a != b` */
  readonly differs: Compares<L>;
}

/** Functions of one vector that change each value by itself. */
export interface Functions<L extends string> {
  /** The absolute value. */
  readonly abs: Elementwise<L>;
  /** Rounds up to a whole number. */
  readonly ceil: Elementwise<L>;
  /** Rounds down to a whole number. */
  readonly floor: Elementwise<L>;
  /** e to the power of the value. */
  readonly exp: Elementwise<L>;
  /** The natural logarithm. */
  readonly ln: Elementwise<L>;
  /** The binary logarithm. */
  readonly log2: Elementwise<L>;
  /** The decimal logarithm. */
  readonly log10: Elementwise<L>;
  /** The square root. */
  readonly sqrt: Elementwise<L>;
  /** The sign: -1, 0 or 1. */
  readonly sgn: Elementwise<L>;
  /** The sine of radians. */
  readonly sin: Elementwise<L>;
  /** The cosine of radians. */
  readonly cos: Elementwise<L>;
  /** The tangent of radians. */
  readonly tan: Elementwise<L>;
  /** The arc sine in radians. */
  readonly asin: Elementwise<L>;
  /** The arc cosine in radians. */
  readonly acos: Elementwise<L>;
  /** The arc tangent in radians. */
  readonly atan: Elementwise<L>;
  /** The hyperbolic sine. */
  readonly sinh: Elementwise<L>;
  /** The hyperbolic cosine. */
  readonly cosh: Elementwise<L>;
  /** The hyperbolic tangent. */
  readonly tanh: Elementwise<L>;
  /** The inverse hyperbolic sine. */
  readonly asinh: Elementwise<L>;
  /** The inverse hyperbolic cosine. */
  readonly acosh: Elementwise<L>;
  /** The inverse hyperbolic tangent. */
  readonly atanh: Elementwise<L>;
  /** Radians to degrees. */
  readonly deg: Elementwise<L>;
  /** Degrees to radians. */
  readonly rad: Elementwise<L>;
  /** When each sample was taken, in seconds since 1970. */
  readonly timestamp: Elementwise<L>;
  /** When the counter of each sample started, in seconds since 1970. Experimental, since Prometheus 3.14. */
  readonly startTimestamp: Elementwise<L>;
  /** The minute of the hour (0 to 59, UTC) of values that are seconds since 1970. */
  readonly minute: Elementwise<L>;
  /** The hour of the day (0 to 23, UTC). */
  readonly hour: Elementwise<L>;
  /** The day of the week (0 is Sunday, UTC). */
  readonly dayOfWeek: Elementwise<L>;
  /** The day of the month (1 to 31, UTC). */
  readonly dayOfMonth: Elementwise<L>;
  /** The day of the year (1 to 366, UTC). */
  readonly dayOfYear: Elementwise<L>;
  /** How many days the month has (28 to 31, UTC). */
  readonly daysInMonth: Elementwise<L>;
  /** The month (1 to 12, UTC). */
  readonly month: Elementwise<L>;
  /** The year (UTC). */
  readonly year: Elementwise<L>;
  /** Orders by value, rising. Shows in tables only. */
  readonly sort: Elementwise<L>;
  /** Orders by value, falling. Shows in tables only. */
  readonly sortDesc: Elementwise<L>;
}

export const AGGREGATIONS: Readonly<Record<keyof Aggregations<never>, AggregateOp>> = {
  sum: "sum",
  avg: "avg",
  min: "min",
  max: "max",
  count: "count",
  group: "group",
  stddev: "stddev",
  stdvar: "stdvar",
};

export const SELECTIONS: Readonly<Record<keyof Selections<never>, AggregateOp>> = {
  topk: "topk",
  bottomk: "bottomk",
  limitk: "limitk",
  limitRatio: "limit_ratio",
};

export const OPERATORS: Readonly<Record<keyof Operators<never>, BinaryOp>> = {
  add: "+",
  sub: "-",
  mul: "*",
  div: "/",
  mod: "%",
  pow: "^",
  atan2: "atan2",
  trimUpper: "</",
  trimLower: ">/",
};

export const COMPARISONS: Readonly<Record<keyof Comparisons<never>, BinaryOp>> = {
  below: "<",
  above: ">",
  atMost: "<=",
  atLeast: ">=",
  equals: "==",
  differs: "!=",
};

export const FUNCTIONS: Readonly<Record<keyof Functions<never>, string>> = {
  abs: "abs",
  ceil: "ceil",
  floor: "floor",
  exp: "exp",
  ln: "ln",
  log2: "log2",
  log10: "log10",
  sqrt: "sqrt",
  sgn: "sgn",
  sin: "sin",
  cos: "cos",
  tan: "tan",
  asin: "asin",
  acos: "acos",
  atan: "atan",
  sinh: "sinh",
  cosh: "cosh",
  tanh: "tanh",
  asinh: "asinh",
  acosh: "acosh",
  atanh: "atanh",
  deg: "deg",
  rad: "rad",
  timestamp: "timestamp",
  startTimestamp: "start_timestamp",
  minute: "minute",
  hour: "hour",
  dayOfWeek: "day_of_week",
  dayOfMonth: "day_of_month",
  dayOfYear: "day_of_year",
  daysInMonth: "days_in_month",
  month: "month",
  year: "year",
  sort: "sort",
  sortDesc: "sort_desc",
};
