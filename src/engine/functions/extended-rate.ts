/**
 * `rate`, `increase` and `delta` over selectors with `anchored` or `smoothed`: the values at the very bounds of the window.
 * https://github.com/prometheus/proposals/blob/main/proposals/0052-extended-range-selectors-semantics.md
 */
import {
  mismatchedCustomBuckets,
  mixedExponentialCustomHistograms,
  nativeHistogramNotCounter,
  nativeHistogramNotGauge,
} from "../annotation/remarks.ts";
import { add, subtract } from "../histogram/add.ts";
import { compact, divide, type Histogram, hasCustomBuckets } from "../histogram/histogram.ts";
import { detectReset } from "../histogram/reset.ts";
import { searchFirst } from "../number/go-math.ts";
import { interpolate, interpolateHistograms } from "../select/smoothed.ts";
import { ABSENT, FLOAT, HISTOGRAM, type Window, type WindowFunction } from "./window.ts";

/** The change between the bounds of a window. */
export function extendedRate(counter: boolean, perSecond: boolean): WindowFunction {
  return (w) => {
    if (w.histogramCount > 0) return histogramChange(w, counter, perSecond);
    return w.floatCount > 0 ? floatChange(w, counter, perSecond) : ABSENT;
  };
}

/** The samples that stand for the bounds of the window, relative to `from`; `undefined` where there is nothing to measure. */
export function boundSamples(
  w: Window,
  times: Float64Array,
  from: number,
  end: number,
): { readonly first: number; readonly last: number } | undefined {
  const time = (i: number) => times[from + i] as number;
  let last = end - from - 1;
  const first = Math.max(0, searchFirst(last, (i) => time(i) > w.rangeStart) - 1);
  if (w.extended === "smoothed") last = searchFirst(last, (i) => time(i) >= w.rangeEnd);
  return time(last) <= w.rangeStart ? undefined : { first: from + first, last: from + last };
}

/** The values at the bounds of a window. */
export function boundValues(w: Window, first: number, last: number, counter: boolean): readonly [number, number] {
  const { times, values } = w.floats;
  const smoothed = w.extended === "smoothed";
  const between = (i: number, time: number) =>
    interpolate(
      values[i] as number,
      times[i] as number,
      values[i + 1] as number,
      times[i + 1] as number,
      time,
      counter,
    );
  const left = smoothed && (times[first] as number) < w.rangeStart ? between(first, w.rangeStart) : values[first];
  const right =
    smoothed && last > w.floatsFrom && (times[last] as number) > w.rangeEnd
      ? between(last - 1, w.rangeEnd)
      : values[last];
  return [left as number, right as number];
}

/** The samples between which to measure a change, of which one must lie in the window. */
function measuredSamples(w: Window, times: Float64Array, from: number, end: number) {
  const bounds = boundSamples(w, times, from, end);
  const after = bounds !== undefined && w.extended === "smoothed" && (times[bounds.first] as number) > w.rangeEnd;
  return after ? undefined : bounds;
}

function floatChange(w: Window, counter: boolean, perSecond: boolean): typeof ABSENT | typeof FLOAT {
  const { times, values } = w.floats;
  const bounds = measuredSamples(w, times, w.floatsFrom, w.floatsEnd);
  if (bounds === undefined) return ABSENT;
  const [left, right] = boundValues(w, bounds.first, bounds.last, counter);
  let change = right - left;
  if (counter) {
    const from = (times[bounds.first] as number) <= w.rangeStart ? bounds.first + 1 : bounds.first;
    const to = (times[bounds.last] as number) >= w.rangeEnd ? bounds.last - 1 : bounds.last;
    let correction = 0;
    let before = left;
    for (let i = from; i <= to; i++) {
      const value = values[i] as number;
      if (value < before) correction += before;
      before = value;
    }
    if (right < before) correction += before;
    change += correction;
  }
  w.value = perSecond ? change / w.rangeSeconds : change;
  return FLOAT;
}

function histogramChange(w: Window, counter: boolean, perSecond: boolean): typeof ABSENT | typeof HISTOGRAM {
  const { times, histograms } = w.histograms;
  const bounds = measuredSamples(w, times, w.histogramsFrom, w.histogramsEnd);
  if (bounds === undefined) return ABSENT;
  const { first, last } = bounds;
  const mixed = (): typeof ABSENT => {
    w.remark(mixedExponentialCustomHistograms(w.metric, w.span));
    return ABSENT;
  };
  const custom = hasCustomBuckets(histograms[first] as Histogram);
  for (let i = first; i <= last; i++) {
    const h = histograms[i] as Histogram;
    if (hasCustomBuckets(h) !== custom) return mixed();
    if (counter && h.hint === "gauge") w.remark(nativeHistogramNotCounter(w.metric, w.span));
  }
  const smoothed = w.extended === "smoothed";
  const at = (i: number) => ({ time: times[i] as number, histogram: histograms[i] as Histogram });
  const between = (i: number, time: number) => interpolateHistograms(w, at(i), at(i + 1), time, counter, w.span);
  const left = smoothed && (times[first] as number) < w.rangeStart ? between(first, w.rangeStart) : histograms[first];
  if (left === undefined) return mixed();
  const right =
    smoothed && last > w.histogramsFrom && (times[last] as number) > w.rangeEnd
      ? between(last - 1, w.rangeEnd)
      : histograms[last];
  if (right === undefined) return mixed();
  if (!counter && (left.hint !== "gauge" || right.hint !== "gauge")) {
    w.remark(nativeHistogramNotGauge(w.metric, w.span));
  }
  const difference = subtract(right, left);
  if (difference === undefined) return mixed();
  if (difference.reconciled) w.remark(mismatchedCustomBuckets("subtraction", w.span));
  let change = difference.histogram;
  if (counter) {
    const lost = lostInResets(w, first, last, left, right);
    if (lost === "incompatible") return mixed();
    if (lost !== undefined) {
      const sum = add(change, lost);
      if (sum === undefined) return mixed();
      if (sum.reconciled) w.remark(mismatchedCustomBuckets("addition", w.span));
      change = sum.histogram;
    }
  }
  w.histogram = compact({ ...(perSecond ? divide(change, w.rangeSeconds) : change), hint: "gauge" });
  return HISTOGRAM;
}

/** The sum of what was there before each reset between the bounds of the window. */
function lostInResets(
  w: Window,
  first: number,
  last: number,
  left: Histogram,
  right: Histogram,
): Histogram | "incompatible" | undefined {
  const { times, histograms } = w.histograms;
  const h = (i: number) => histograms[i] as Histogram;
  let from = first + 1;
  let before = left;
  if (w.extended === "smoothed" && (times[first] as number) < w.rangeStart && detectReset(h(first + 1), h(first))) {
    // Interpolation to the left bound has spanned this reset already.
    before = h(first + 1);
    from++;
  }
  // The last sample is what the right bound was made of, and would report its reset a second time.
  if (from > last) return undefined;
  let lost: Histogram | undefined;
  const lose = (histogram: Histogram): boolean => {
    if (lost === undefined) {
      lost = histogram;
      return true;
    }
    const sum = add(lost, histogram);
    if (sum?.reconciled) w.remark(mismatchedCustomBuckets("addition", w.span));
    lost = sum?.histogram;
    return sum !== undefined;
  };
  for (let i = from; i < last; i++) {
    if (detectReset(h(i), before) && !lose(before)) return "incompatible";
    before = h(i);
  }
  if (detectReset(right, before) && !lose(before)) return "incompatible";
  return lost;
}
