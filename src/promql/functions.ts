/**
 * The one table of PromQL's functions, as Prometheus 3.14 has them: type check, label flow, builder, docs and evaluation
 * read it. https://prometheus.io/docs/prometheus/latest/querying/functions/
 */
import type { ValueType } from "./ast.ts";

/** What a function does to the labels of its first vector. */
export type LabelEffect =
  /** Labels and metric name pass through. */
  | "keeps-all"
  /** Labels pass through; the metric name goes, because the value means something else now. */
  | "drops-name"
  /** The result has no labels. Scalars and strings never have any. */
  | "drops-all"
  /** One series with the labels that the selector's `=` matchers fix; the metric name goes. */
  | "from-matchers"
  /** The metric name and the bucket bound `le` go. */
  | "drops-bucket"
  /** The metric name and `le` go, and the label that the second argument names holds the quantile. */
  | "sets-quantile-label"
  /** The label that the second argument names is written, where the regular expression matches. */
  | "replaces-label"
  /** The label that the second argument names is written. */
  | "joins-label"
  /** Labels of info metrics are added. */
  | "adds-info";

/** What a function's result means, given what its input means. */
export type ValueEffect =
  /** What the input means. */
  | "same"
  /** Something in the input's unit that goes up and down. */
  | "level"
  /** Something in the unit of a histogram's observations. */
  | "observation"
  /** The input's unit per second. */
  | "rate"
  /** How many there are. */
  | "count"
  /** Seconds since 1970. */
  | "time"
  | "seconds"
  /** A share of one. */
  | "share"
  /** Always 1: that there is a result says it all. */
  | "one"
  | "other";

/** A Prometheus release, `major.minor`. */
export type PrometheusVersion = `${number}.${number}`;

/** The names `--enable-feature` takes, where PromQL depends on them. */
export type FeatureFlag =
  | "promql-experimental-functions"
  | "promql-extended-range-selectors"
  | "promql-binop-fill-modifiers"
  | "use-start-timestamps";

/** What is known of a function: its arguments and result, what it does to labels, and since when it exists. */
export interface FunctionSignature {
  /** The types of the arguments; where more are given, the last type stands for them too. */
  readonly args: readonly ValueType[];
  /** The least and the greatest number of arguments; `Infinity` where there is no bound. */
  readonly min: number;
  readonly max: number;
  readonly returns: ValueType;
  readonly labels: LabelEffect;
  readonly value: ValueEffect;
  /** Between which numbers its results lie, whatever the input. */
  readonly bounds: readonly [least: number, greatest: number];
  /** The release that first knew the function. */
  readonly since: PrometheusVersion;
  /** The feature flags that Prometheus 3.14 asks for. */
  readonly flags: readonly FeatureFlag[];
  /** The release from which no flag is needed, where that is later than `since`. */
  readonly stableSince: PrometheusVersion | undefined;
  /** What it does, in one sentence. */
  readonly doc: string;
}

const vector = ["vector"] as const;
const range = ["matrix"] as const;
const INFINITE = Number.POSITIVE_INFINITY;
const EXPERIMENTAL = ["promql-experimental-functions"] as const;

const ROWS = {
  abs: { ...onVector("2.0", "The absolute value of each sample."), value: "level", bounds: [0, INFINITE] },
  absent: {
    ...onVector("2.0", "One series with the value 1 where the vector is empty."),
    labels: "from-matchers",
    value: "one",
    bounds: [1, 1],
  },
  absent_over_time: {
    ...onRange("2.16", "One series with the value 1 where the range vector is empty."),
    labels: "from-matchers",
    value: "one",
    bounds: [1, 1],
  },
  acos: onVector("2.31", "The arccosine of each sample, in radians."),
  acosh: onVector("2.31", "The inverse hyperbolic cosine of each sample."),
  asin: onVector("2.31", "The arcsine of each sample, in radians."),
  asinh: onVector("2.31", "The inverse hyperbolic sine of each sample."),
  atan: onVector("2.31", "The arctangent of each sample, in radians."),
  atanh: onVector("2.31", "The inverse hyperbolic tangent of each sample."),
  avg_over_time: { ...onRange("2.0", "The average of the samples in the range."), value: "level" },
  ceil: { ...onVector("2.0", "Each sample rounded up to the next whole number."), value: "level" },
  changes: {
    ...onRange("2.0", "How often the value changed within the range."),
    value: "count",
    bounds: [0, INFINITE],
  },
  clamp: {
    ...onVector("2.26", "Each sample held between a least and a greatest value."),
    ...args(vector, 2),
    value: "level",
  },
  clamp_max: {
    ...onVector("2.0", "Each sample held at or below a greatest value."),
    ...args(vector, 1),
    value: "level",
  },
  clamp_min: { ...onVector("2.0", "Each sample held at or above a least value."), ...args(vector, 1), value: "level" },
  cos: { ...onVector("2.31", "The cosine of each sample, given in radians."), bounds: [-1, 1] },
  cosh: onVector("2.31", "The hyperbolic cosine of each sample."),
  count_over_time: { ...onRange("2.0", "The number of samples in the range."), value: "count", bounds: [1, INFINITE] },
  day_of_month: {
    ...onTime("2.0", "The day of the month, from 1, of each sample as a timestamp in UTC."),
    bounds: [1, 31],
  },
  day_of_week: {
    ...onTime("2.0", "The day of the week, from 0 for Sunday, of each sample as a timestamp in UTC."),
    bounds: [0, 6],
  },
  day_of_year: {
    ...onTime("2.38", "The day of the year, from 1, of each sample as a timestamp in UTC."),
    bounds: [1, 366],
  },
  days_in_month: {
    ...onTime("2.0", "The number of days in the month of each sample as a timestamp in UTC."),
    bounds: [28, 31],
  },
  deg: onVector("2.31", "Radians as degrees."),
  delta: {
    ...onRange("2.0", "The difference between the first and the last value of a gauge, extrapolated to the range."),
    value: "level",
  },
  deriv: { ...onRange("2.0", "The change per second of a gauge, by linear regression."), value: "rate" },
  double_exponential_smoothing: {
    ...onRange("3.0", "A smoothed value of a gauge, by a smoothing factor and a trend factor."),
    ...args(range, 2),
    flags: EXPERIMENTAL,
    value: "level",
  },
  end: { ...scalarOf("3.12", "The end of the query's range, in seconds since 1970.", EXPERIMENTAL), value: "time" },
  exp: { ...onVector("2.0", "The exponential of each sample."), bounds: [0, INFINITE] },
  first_over_time: {
    ...onRange("3.7", "The oldest sample in the range."),
    labels: "keeps-all",
    stableSince: "3.14",
    value: "same",
  },
  floor: { ...onVector("2.0", "Each sample rounded down to the next whole number."), value: "level" },
  histogram_avg: {
    ...onVector("2.51", "The average of the observations in each native histogram."),
    value: "observation",
  },
  histogram_count: { ...onVector("2.40", "The number of observations in each native histogram."), value: "count" },
  histogram_fraction: {
    ...onVector("2.40", "The share of observations between two values, of each histogram."),
    args: ["scalar", "scalar", "vector"],
    min: 3,
    max: 3,
    labels: "drops-bucket",
    value: "share",
    bounds: [0, 1],
  },
  histogram_quantile: {
    ...onVector("2.0", "The quantile of the observations in each histogram."),
    args: ["scalar", "vector"],
    min: 2,
    max: 2,
    labels: "drops-bucket",
    value: "observation",
  },
  histogram_quantiles: {
    ...onVector("3.11", "Several quantiles of each histogram, told apart by a label."),
    args: ["vector", "string", "scalar", "scalar"],
    min: 3,
    max: 12,
    labels: "sets-quantile-label",
    flags: EXPERIMENTAL,
    value: "observation",
  },
  histogram_stddev: {
    ...onVector("2.47", "The estimated standard deviation of the observations in each native histogram."),
    value: "observation",
    bounds: [0, INFINITE],
  },
  histogram_stdvar: {
    ...onVector("2.47", "The estimated variance of the observations in each native histogram."),
    bounds: [0, INFINITE],
  },
  histogram_sum: { ...onVector("2.40", "The sum of the observations in each native histogram."), value: "observation" },
  hour: { ...onTime("2.0", "The hour of the day of each sample as a timestamp in UTC."), bounds: [0, 23] },
  idelta: { ...onRange("2.0", "The difference between the last two samples of a gauge."), value: "level" },
  increase: { ...onRange("2.0", "The increase of a counter, extrapolated to the range."), value: "level" },
  info: {
    ...onVector("2.55", "Each series with the labels of its info metrics added."),
    args: ["vector", "vector"],
    max: 2,
    labels: "adds-info",
    flags: EXPERIMENTAL,
    value: "same",
  },
  irate: { ...onRange("2.0", "The increase per second of a counter between its last two samples."), value: "rate" },
  label_join: {
    ...onVector("2.0", "Each series with a label made by joining the values of other labels."),
    args: ["vector", "string", "string", "string"],
    min: 3,
    max: INFINITE,
    labels: "joins-label",
    value: "same",
  },
  label_replace: {
    ...onVector(
      "2.0",
      "Each series with a label written from another one's value, where a regular expression matches.",
    ),
    args: ["vector", "string", "string", "string", "string"],
    min: 5,
    max: 5,
    labels: "replaces-label",
    value: "same",
  },
  last_over_time: { ...onRange("2.26", "The latest sample in the range."), labels: "keeps-all", value: "same" },
  ln: onVector("2.0", "The natural logarithm of each sample."),
  log10: onVector("2.0", "The decimal logarithm of each sample."),
  log2: onVector("2.0", "The binary logarithm of each sample."),
  mad_over_time: {
    ...onRange("2.49", "The median absolute deviation of the samples in the range."),
    flags: EXPERIMENTAL,
    value: "level",
    bounds: [0, INFINITE],
  },
  max_of: {
    ...scalarOf("3.13", "The larger of two scalars.", EXPERIMENTAL),
    args: ["scalar", "scalar"],
    min: 2,
    max: 2,
  },
  max_over_time: { ...onRange("2.0", "The greatest sample in the range."), value: "level" },
  min_of: {
    ...scalarOf("3.13", "The smaller of two scalars.", EXPERIMENTAL),
    args: ["scalar", "scalar"],
    min: 2,
    max: 2,
  },
  min_over_time: { ...onRange("2.0", "The least sample in the range."), value: "level" },
  minute: { ...onTime("2.0", "The minute of the hour of each sample as a timestamp in UTC."), bounds: [0, 59] },
  month: { ...onTime("2.0", "The month, from 1, of each sample as a timestamp in UTC."), bounds: [1, 12] },
  pi: { ...scalarOf("2.31", "The number pi."), bounds: [Math.PI, Math.PI] },
  predict_linear: {
    ...onRange("2.0", "The value of a gauge a number of seconds from now, by linear regression."),
    ...args(range, 1),
    value: "level",
  },
  present_over_time: {
    ...onRange("2.29", "The value 1 for each series that has a sample in the range."),
    value: "one",
    bounds: [1, 1],
  },
  quantile_over_time: {
    ...onRange("2.0", "The quantile of the samples in the range."),
    args: ["scalar", "matrix"],
    min: 2,
    max: 2,
    value: "level",
  },
  rad: onVector("2.31", "Degrees as radians."),
  range: { ...scalarOf("3.12", "The length of the query's range, in seconds.", EXPERIMENTAL), value: "seconds" },
  rate: { ...onRange("2.0", "The average increase per second of a counter over the range."), value: "rate" },
  resets: {
    ...onRange("2.0", "How often a counter was reset within the range."),
    value: "count",
    bounds: [0, INFINITE],
  },
  round: {
    ...onVector("2.0", "Each sample rounded to the nearest multiple, which is 1 where none is given."),
    args: ["vector", "scalar"],
    max: 2,
    value: "level",
  },
  scalar: {
    ...onVector("2.0", "The value of the only series, or NaN where there is not exactly one."),
    returns: "scalar",
    labels: "drops-all",
    value: "same",
  },
  sgn: { ...onVector("2.26", "The sign of each sample: 1, 0 or -1."), bounds: [-1, 1] },
  sin: { ...onVector("2.31", "The sine of each sample, given in radians."), bounds: [-1, 1] },
  sinh: onVector("2.31", "The hyperbolic sine of each sample."),
  sort: { ...onVector("2.0", "The series by value, the least first."), labels: "keeps-all", value: "same" },
  sort_by_label: { ...sortByLabel("The series by the values of labels, in natural order."), value: "same" },
  sort_by_label_desc: {
    ...sortByLabel("The series by the values of labels, in reverse natural order."),
    value: "same",
  },
  sort_desc: { ...onVector("2.0", "The series by value, the greatest first."), labels: "keeps-all", value: "same" },
  sqrt: { ...onVector("2.0", "The square root of each sample."), bounds: [0, INFINITE] },
  start: { ...scalarOf("3.12", "The start of the query's range, in seconds since 1970.", EXPERIMENTAL), value: "time" },
  start_timestamp: {
    ...onVector("3.14", "When the counter of each sample started, in seconds since 1970."),
    flags: ["promql-experimental-functions", "use-start-timestamps"],
    value: "time",
  },
  stddev_over_time: {
    ...onRange("2.0", "The standard deviation of the samples in the range."),
    value: "level",
    bounds: [0, INFINITE],
  },
  stdvar_over_time: { ...onRange("2.0", "The variance of the samples in the range."), bounds: [0, INFINITE] },
  step: { ...scalarOf("3.12", "The query's resolution step, in seconds.", EXPERIMENTAL), value: "seconds" },
  sum_over_time: { ...onRange("2.0", "The sum of the samples in the range."), value: "level" },
  tan: onVector("2.31", "The tangent of each sample, given in radians."),
  tanh: { ...onVector("2.31", "The hyperbolic tangent of each sample."), bounds: [-1, 1] },
  time: { ...scalarOf("2.0", "When the expression is evaluated, in seconds since 1970."), value: "time" },
  timestamp: { ...onVector("2.0", "When each sample was taken, in seconds since 1970."), value: "time" },
  ts_of_first_over_time: {
    ...timestampOver("3.7", "When the oldest sample in the range was taken, in seconds since 1970."),
    value: "time",
  },
  ts_of_last_over_time: {
    ...timestampOver("3.5", "When the latest sample in the range was taken, in seconds since 1970."),
    value: "time",
  },
  ts_of_max_over_time: {
    ...timestampOver("3.5", "When the greatest sample in the range was taken, in seconds since 1970."),
    value: "time",
  },
  ts_of_min_over_time: {
    ...timestampOver("3.5", "When the least sample in the range was taken, in seconds since 1970."),
    value: "time",
  },
  vector: {
    ...onVector("2.0", "The scalar as a vector of one series without labels."),
    args: ["scalar"],
    labels: "drops-all",
    value: "same",
  },
  year: onTime("2.0", "The year of each sample as a timestamp in UTC."),
} as const satisfies Record<string, FunctionSignature>;

/** The name of a function of PromQL. */
export type FunctionName = keyof typeof ROWS;

/** Every function of Prometheus 3.14, by name. */
export const FUNCTIONS: Readonly<Record<FunctionName, FunctionSignature>> = Object.freeze(ROWS);

const BY_NAME: ReadonlyMap<string, FunctionSignature> = new Map(Object.entries(ROWS));

/**
 * The function of a name that anybody wrote, or `undefined` where there is none.
 *
 * ```ts
 * functionNamed("rate")?.returns; // "vector"
 * ```
 */
export function functionNamed(name: string): FunctionSignature | undefined {
  return BY_NAME.get(name);
}

/**
 * Whether Prometheus has a function of this name.
 *
 * ```ts
 * isFunctionName("rate"); // true
 * ```
 */
export function isFunctionName(name: string): name is FunctionName {
  return BY_NAME.has(name);
}

/**
 * The type an argument must have, by its place from 0.
 *
 * ```ts
 * argType(FUNCTIONS.rate, 0); // "matrix"
 * ```
 */
export function argType({ args }: FunctionSignature, place: number): ValueType | undefined {
  return args[Math.min(place, args.length - 1)];
}

function onVector(since: PrometheusVersion, doc: string) {
  return {
    ...args(vector, 0),
    returns: "vector",
    labels: "drops-name",
    value: "other",
    bounds: [-INFINITE, INFINITE],
    since,
    flags: [],
    stableSince: undefined,
    doc,
  } as const;
}

function onRange(since: PrometheusVersion, doc: string) {
  return { ...onVector(since, doc), ...args(range, 0) } as const;
}

// Without an argument these tell about the time of evaluation.
function onTime(since: PrometheusVersion, doc: string) {
  return { ...onVector(since, doc), min: 0 } as const;
}

function timestampOver(since: PrometheusVersion, doc: string) {
  return { ...onRange(since, doc), flags: EXPERIMENTAL } as const;
}

function sortByLabel(doc: string) {
  return {
    ...onVector("2.49", doc),
    args: ["vector", "string"],
    max: INFINITE,
    labels: "keeps-all",
    flags: EXPERIMENTAL,
  } as const;
}

function scalarOf(since: PrometheusVersion, doc: string, flags: readonly FeatureFlag[] = []) {
  return { ...onVector(since, doc), args: [], min: 0, max: 0, returns: "scalar", labels: "drops-all", flags } as const;
}

/** A first argument, and as many scalars behind it. */
function args(first: readonly ["vector" | "matrix"], scalars: number) {
  return {
    args: [...first, ...Array<"scalar">(scalars).fill("scalar")] as readonly ValueType[],
    min: 1 + scalars,
    max: 1 + scalars,
  };
}
