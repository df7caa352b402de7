/** `rate`, `increase` and `delta` of native histograms. */
import type { Annotation } from "../annotation/annotation.ts";
import {
  mismatchedCustomBuckets,
  mixedExponentialCustomHistograms,
  nativeHistogramNotCounter,
  nativeHistogramNotGauge,
  startTimeOverlap,
} from "../annotation/remarks.ts";
import { add, type Sum, subtract } from "../histogram/add.ts";
import { coarser } from "../histogram/buckets.ts";
import { compact, type Histogram, hasCustomBuckets, histogram, scale } from "../histogram/histogram.ts";
import { detectReset } from "../histogram/reset.ts";
import { extrapolation, startWithin } from "./rate.ts";
import { isStartReset, startsOverlap } from "./start-timestamp.ts";
import { ABSENT, HISTOGRAM, type Window } from "./window.ts";

/** The change of histograms within a window, extrapolated to its bounds. */
export function histogramRate(w: Window, counter: boolean, perSecond: boolean): typeof ABSENT | typeof HISTOGRAM {
  const { times, histograms } = w.histograms;
  const first = w.histogramsFrom;
  const last = w.histogramsEnd - 1;
  const firstTime = times[first] as number;
  const firstHistogram = histograms[first] as Histogram;
  const starts = w.useStarts && counter ? w.histograms.starts : undefined;
  const start = starts === undefined ? 0 : startWithin(w, starts[first] as number, firstTime);
  if (first === last && start === 0) return ABSENT;
  let change = first === last ? undefined : changeOf(w, counter, starts);
  if (first !== last && change === undefined) return ABSENT;
  if (start !== 0) {
    const sum = change === undefined ? undefined : add(change, firstHistogram);
    if (change !== undefined && sum === undefined) {
      w.remark(mixedExponentialCustomHistograms(w.metric, w.span));
      return ABSENT;
    }
    if (sum?.reconciled) w.remark(mismatchedCustomBuckets("addition", w.span));
    change = sum?.histogram ?? firstHistogram;
  }
  const result = change as Histogram;
  const zeroShare =
    counter && result.count > 0 && firstHistogram.count >= 0 ? firstHistogram.count / result.count : Number.NaN;
  const factor = extrapolation(w, firstTime, times[last] as number, last - first, start, zeroShare, perSecond);
  w.histogram = scale(result, factor);
  return HISTOGRAM;
}

/** The last histogram minus the first, plus what resets took away. */
function changeOf(w: Window, counter: boolean, starts: Float64Array | undefined): Histogram | undefined {
  const points = w.histogramList;
  const first = points[0] as Histogram;
  const second = points[1] as Histogram;
  const last = points[points.length - 1] as Histogram;
  const incompatible = () => {
    w.remark(mixedExponentialCustomHistograms(w.metric, w.span));
    return undefined;
  };
  // Said only of histograms that fit together.
  const remarks: Annotation[] = [];
  if (counter && (first.hint === "gauge" || last.hint === "gauge")) {
    remarks.push(nativeHistogramNotCounter(w.metric, w.span));
  }
  let before = first;
  // What was there before a reset is not looked at, so that it need not fit the rest.
  if (counter && (startReset(w, starts, 1) || detectReset(second, first))) {
    before = histogram({ schema: second.schema, bounds: second.bounds });
  }
  const custom = hasCustomBuckets(before);
  if (hasCustomBuckets(last) !== custom) {
    for (const remark of remarks) w.remark(remark);
    return incompatible();
  }
  let schema = Math.min(last.schema, before.schema);
  if (counter) {
    for (const point of points.slice(1, -1)) {
      if (point.hint === "gauge") remarks.push(nativeHistogramNotCounter(w.metric, w.span));
      schema = Math.min(schema, point.schema);
      if (hasCustomBuckets(point) !== custom) return incompatible();
    }
  }

  const difference = subtract(atSchema(last, schema), before);
  if (difference === undefined) return incompatible();
  if (difference.reconciled) remarks.push(mismatchedCustomBuckets("subtraction", w.span));
  let change = difference.histogram;
  if (counter) {
    let overlap = false;
    for (let i = 1; i < points.length; i++) {
      const point = points[i] as Histogram;
      overlap ||= startOverlap(w, starts, i);
      if (startReset(w, starts, i) || detectReset(point, before)) {
        const sum: Sum | undefined = add(change, before);
        if (sum === undefined) return incompatible();
        if (sum.reconciled) remarks.push(mismatchedCustomBuckets("addition", w.span));
        change = sum.histogram;
      }
      before = point;
    }
    if (overlap) remarks.push(startTimeOverlap(w.metric, w.span));
  } else if (first.hint !== "gauge" || last.hint !== "gauge") remarks.push(nativeHistogramNotGauge(w.metric, w.span));
  for (const remark of remarks) w.remark(remark);
  return compact({ ...change, hint: "gauge" });
}

/** Whether the start timestamps around the `i`-th histogram of the window tell of a reset. */
function startReset(w: Window, starts: Float64Array | undefined, i: number): boolean {
  if (starts === undefined) return false;
  const at = w.histogramsFrom + i;
  const { times } = w.histograms;
  return isStartReset(starts[at - 1] as number, times[at - 1] as number, starts[at] as number, times[at] as number);
}

function startOverlap(w: Window, starts: Float64Array | undefined, i: number): boolean {
  if (starts === undefined) return false;
  const at = w.histogramsFrom + i;
  return startsOverlap(starts[at - 1] as number, w.histograms.times[at - 1] as number, starts[at] as number);
}

/** The histogram at a coarser schema. */
function atSchema(h: Histogram, schema: number): Histogram {
  if (h.schema === schema) return h;
  return {
    ...h,
    hint: "unknown",
    schema,
    positive: coarser(h.positive, h.schema, schema),
    negative: coarser(h.negative, h.schema, schema),
  };
}
