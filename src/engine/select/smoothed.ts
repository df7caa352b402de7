/**
 * Selectors with `smoothed`: the value between two samples is interpolated.
 * https://github.com/prometheus/proposals/blob/main/proposals/0052-extended-range-selectors-semantics.md
 */
import type { Span } from "../../promql/ast.ts";
import {
  mismatchedCustomBuckets,
  mixedExponentialCustomHistograms,
  mixedFloatsHistograms,
} from "../annotation/remarks.ts";
import { type Column, newColumn, setFloat, setHistogram } from "../evaluate/column.ts";
import { type Env, timeOf } from "../evaluate/env.ts";
import { add, subtract } from "../histogram/add.ts";
import { type Histogram, hasCustomBuckets, scale, withHint } from "../histogram/histogram.ts";
import { detectReset } from "../histogram/reset.ts";
import { countUpTo } from "../storage/samples.ts";
import type { Series } from "../storage/series.ts";
import type { Reference } from "./vector-selector.ts";

/** A series' values at every step, interpolated between samples within the lookback; none before the first sample. */
export function smoothedColumn(
  series: Series,
  env: Env,
  { at, offset }: Pick<Reference, "at" | "offset">,
  span: Span,
): Column | undefined {
  const floats = series.floats();
  const histograms = series.histograms();
  const lookback = env.settings.lookbackMs;
  let column: Column | undefined;
  for (let i = 0; i < env.count; i++) {
    const time = (at ?? timeOf(env, i)) - offset;
    const f = surrounding(floats.times, floats.length, time, lookback);
    const h = surrounding(histograms.times, histograms.length, time, lookback);
    if (f.any && h.any) {
      env.remark(mixedFloatsHistograms(series.labels.metricName, span));
      continue;
    }
    const { before, after } = f.any ? f : h;
    if (before === -1) continue;
    column ??= newColumn(series.labels, env.count);
    if (f.any) {
      const value = floats.values[before] as number;
      const exact = floats.times[before] === time || after === -1;
      const to = after === -1 ? before : after;
      setFloat(
        column,
        i,
        exact
          ? value
          : interpolate(
              value,
              floats.times[before] as number,
              floats.values[to] as number,
              floats.times[to] as number,
              time,
              false,
            ),
      );
    } else {
      const value = histogramBetween(env, series, before, after, time, span);
      if (value !== undefined) setHistogram(column, i, value);
    }
  }
  return column;
}

/** The value at `time` on the line between two samples. With `counter`, one that fell is taken to have started from 0. */
export function interpolate(
  fromValue: number,
  fromTime: number,
  toValue: number,
  toTime: number,
  time: number,
  counter: boolean,
): number {
  const start = counter && toValue < fromValue ? 0 : fromValue;
  return start + ((toValue - start) * (time - fromTime)) / (toTime - fromTime);
}

/** Where a histogram stands in time. */
export interface TimedHistogram {
  readonly time: number;
  readonly histogram: Histogram;
}

/** The histogram at `time` between two others, or `undefined` where exponential and custom buckets meet. */
export function interpolateHistograms(
  env: Pick<Env, "remark">,
  from: TimedHistogram,
  to: TimedHistogram,
  time: number,
  counter: boolean,
  span: Span,
): Histogram | undefined {
  if (time === from.time) return from.histogram;
  if (time === to.time) return to.histogram;
  const share = (time - from.time) / (to.time - from.time);
  if (counter && detectReset(to.histogram, from.histogram)) return scale(to.histogram, share);
  const difference = subtract(to.histogram, from.histogram);
  if (difference === undefined) return undefined;
  if (difference.reconciled) env.remark(mismatchedCustomBuckets("subtraction", span));
  const sum = add(scale(difference.histogram, share), from.histogram);
  if (sum === undefined) return undefined;
  if (sum.reconciled) env.remark(mismatchedCustomBuckets("addition", span));
  return sum.histogram;
}

function histogramBetween(
  env: Env,
  series: Series,
  before: number,
  after: number,
  time: number,
  span: Span,
): Histogram | undefined {
  const { times, histograms } = series.histograms();
  const timed = (index: number) => ({ time: times[index] as number, histogram: histograms[index] as Histogram });
  const from = timed(before);
  if (from.time === time) return from.histogram;
  // The hint tells about two samples that follow each other, and nothing of a value carried forward.
  if (after === -1) return withHint(from.histogram, "unknown");
  const to = timed(after);
  const mixed = mixedExponentialCustomHistograms(series.labels.metricName, span);
  if (hasCustomBuckets(from.histogram) !== hasCustomBuckets(to.histogram)) {
    env.remark(mixed);
    return undefined;
  }
  const counter = from.histogram.hint !== "gauge" || to.histogram.hint !== "gauge";
  const result = interpolateHistograms(env, from, to, time, counter, span);
  if (result === undefined) env.remark(mixed);
  return result;
}

/** The last sample at or before `time` and the first one after it, by their places, within the lookback to either side. */
function surrounding(times: Float64Array, length: number, time: number, lookback: number) {
  const count = countUpTo(times, length, time, 0);
  const before = count > 0 && (times[count - 1] as number) > time - lookback ? count - 1 : -1;
  const after = count < length && (times[count] as number) <= time + lookback ? count : -1;
  return { before, after, any: before !== -1 || after !== -1 };
}
