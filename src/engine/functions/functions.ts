/** The one table of how functions are evaluated. */
import type { FunctionName } from "../../promql/functions.ts";
import { acos, asin, atan } from "../number/arctangent.ts";
import { ln, log2, log10, max, min } from "../number/go-math.ts";
import { absent, absentOverTime } from "./absent.ts";
import type { Implementation } from "./call.ts";
import { countPairs } from "./changes.ts";
import { dateFunction } from "./date.ts";
import { histogramFraction, histogramQuantile, histogramQuantiles, histogramVariance } from "./histogram-function.ts";
import { info } from "./info.ts";
import { instantRate } from "./instant-rate.ts";
import { labelJoin, labelReplace } from "./label-function.ts";
import {
  avgOverTime,
  countOverTime,
  endOverTime,
  endTimeOverTime,
  extremeOverTime,
  madOverTime,
  presentOverTime,
  quantileOverTime,
  sumOverTime,
  varianceOverTime,
} from "./over-time.ts";
import { rangeFunction } from "./range-function.ts";
import { extrapolatedRate } from "./rate.ts";
import { deriv, doubleExponentialSmoothing, predictLinear } from "./regression.ts";
import { scalar, scalarFunction, time, vector } from "./scalar-function.ts";
import { sortByLabel, sortByValue } from "./sort.ts";
import { startTimestamp, timestamp } from "./timestamp.ts";
import { histogramFunction, mathFunction, mathFunctionBy } from "./vector-function.ts";

export const IMPLEMENTATIONS: Readonly<Record<FunctionName, Implementation>> = {
  abs: mathFunction(Math.abs),
  absent,
  absent_over_time: absentOverTime,
  acos: mathFunction(acos),
  acosh: mathFunction(Math.acosh),
  asin: mathFunction(asin),
  asinh: mathFunction(Math.asinh),
  atan: mathFunction(atan),
  atanh: mathFunction(Math.atanh),
  avg_over_time: rangeFunction(avgOverTime),
  ceil: mathFunction(Math.ceil),
  changes: rangeFunction(countPairs("changes")),
  clamp: mathFunctionBy((value, [least, greatest]) => clamped(value, least as number, greatest as number)),
  clamp_max: mathFunctionBy((value, [greatest]) => clamped(value, Number.NEGATIVE_INFINITY, greatest as number)),
  clamp_min: mathFunctionBy((value, [least]) => clamped(value, least as number, Number.POSITIVE_INFINITY)),
  cos: mathFunction(Math.cos),
  cosh: mathFunction(Math.cosh),
  count_over_time: rangeFunction(countOverTime),
  day_of_month: dateFunction("day"),
  day_of_week: dateFunction("weekday"),
  day_of_year: dateFunction("yearday"),
  days_in_month: dateFunction("daysInMonth"),
  deg: mathFunction((value) => (value * 180) / Math.PI),
  delta: rangeFunction(extrapolatedRate(false, false)),
  deriv: rangeFunction(deriv),
  double_exponential_smoothing: rangeFunction(doubleExponentialSmoothing),
  end: scalarFunction(({ query }) => query.endMs / 1000),
  exp: mathFunction(Math.exp),
  first_over_time: rangeFunction(endOverTime("first"), { keepsName: true }),
  floor: mathFunction(Math.floor),
  histogram_avg: histogramFunction(({ sum, count }) => sum / count),
  histogram_count: histogramFunction(({ count }) => count),
  histogram_fraction: histogramFraction,
  histogram_quantile: histogramQuantile,
  histogram_quantiles: histogramQuantiles,
  histogram_stddev: histogramFunction((h) => Math.sqrt(histogramVariance(h))),
  histogram_stdvar: histogramFunction(histogramVariance),
  histogram_sum: histogramFunction(({ sum }) => sum),
  hour: dateFunction("hour"),
  idelta: rangeFunction(instantRate(false)),
  increase: rangeFunction(extrapolatedRate(true, false), { wantsCounter: true, usesStarts: true }),
  info,
  irate: rangeFunction(instantRate(true), { usesStarts: true }),
  label_join: labelJoin,
  label_replace: labelReplace,
  last_over_time: rangeFunction(endOverTime("last"), { keepsName: true }),
  ln: mathFunction(ln),
  log10: mathFunction(log10),
  log2: mathFunction(log2),
  mad_over_time: rangeFunction(madOverTime),
  max_of: scalarFunction((_env, _step, [a, b]) => max(a as number, b as number)),
  max_over_time: rangeFunction(extremeOverTime("max", "value")),
  min_of: scalarFunction((_env, _step, [a, b]) => min(a as number, b as number)),
  min_over_time: rangeFunction(extremeOverTime("min", "value")),
  minute: dateFunction("minute"),
  month: dateFunction("month"),
  pi: scalarFunction(() => Math.PI),
  predict_linear: rangeFunction(predictLinear),
  present_over_time: rangeFunction(presentOverTime),
  quantile_over_time: rangeFunction(quantileOverTime),
  rad: mathFunction((value) => (value * Math.PI) / 180),
  range: scalarFunction(({ query }) => (query.endMs - query.startMs) / 1000),
  rate: rangeFunction(extrapolatedRate(true, true), { wantsCounter: true, usesStarts: true }),
  resets: rangeFunction(countPairs("resets"), { usesStarts: true }),
  round: mathFunctionBy((value, [nearest = 1]) => Math.floor(value * (1 / nearest) + 0.5) / (1 / nearest)),
  scalar,
  sgn: mathFunction((value) => (value < 0 ? -1 : value > 0 ? 1 : value)),
  sin: mathFunction(Math.sin),
  sinh: mathFunction(Math.sinh),
  sort: sortByValue(1),
  sort_by_label: sortByLabel(1),
  sort_by_label_desc: sortByLabel(-1),
  sort_desc: sortByValue(-1),
  sqrt: mathFunction(Math.sqrt),
  start: scalarFunction(({ query }) => query.startMs / 1000),
  start_timestamp: startTimestamp,
  stddev_over_time: rangeFunction(varianceOverTime(Math.sqrt)),
  stdvar_over_time: rangeFunction(varianceOverTime((variance) => variance)),
  step: scalarFunction(({ query }) => (query.startMs === query.endMs ? 0 : query.stepMs / 1000)),
  sum_over_time: rangeFunction(sumOverTime),
  tan: mathFunction(Math.tan),
  tanh: mathFunction(Math.tanh),
  time,
  timestamp,
  ts_of_first_over_time: rangeFunction(endTimeOverTime("first")),
  ts_of_last_over_time: rangeFunction(endTimeOverTime("last")),
  ts_of_max_over_time: rangeFunction(extremeOverTime("max", "time")),
  ts_of_min_over_time: rangeFunction(extremeOverTime("min", "time")),
  vector,
  year: dateFunction("year"),
};

/** Functions that may answer differently from step to step although their arguments do not. */
export const VARIES_WITH_TIME: ReadonlySet<FunctionName> = new Set<FunctionName>([
  "day_of_month",
  "day_of_week",
  "day_of_year",
  "days_in_month",
  "hour",
  "minute",
  "month",
  "predict_linear",
  "time",
  "timestamp",
  "year",
]);

function clamped(value: number, least: number, greatest: number): number | undefined {
  return greatest < least ? undefined : max(least, min(greatest, value));
}
