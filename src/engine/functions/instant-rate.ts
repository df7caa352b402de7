/** `irate` and `idelta`: the change between the last two samples of a window. */
import {
  mismatchedCustomBuckets,
  mixedExponentialCustomHistograms,
  mixedFloatsHistograms,
  nativeHistogramNotCounter,
  nativeHistogramNotGauge,
} from "../annotation/remarks.ts";
import { subtract } from "../histogram/add.ts";
import { compact, divide, type Histogram } from "../histogram/histogram.ts";
import { detectReset } from "../histogram/reset.ts";
import { isStartReset } from "./start-timestamp.ts";
import { ABSENT, FLOAT, HISTOGRAM, type Window, type WindowFunction } from "./window.ts";

/** The change between the last two samples: per second for counters, as it is for gauges. */
export function instantRate(counter: boolean): WindowFunction {
  return (w) => {
    if (w.floatCount + w.histogramCount < 2) return ABSENT;
    const [before, after] = lastTwo(w);
    const seconds = (after.time - before.time) / 1000;
    if (seconds === 0) return ABSENT;
    const startReset = counter && isStartReset(before.start, before.time, after.start, after.time);
    if (before.histogram === undefined && after.histogram === undefined) {
      const reset = counter && (after.value < before.value || startReset);
      const change = reset ? after.value : after.value - before.value;
      w.value = counter ? change / seconds : change;
      return FLOAT;
    }
    if (before.histogram === undefined || after.histogram === undefined) {
      w.remark(mixedFloatsHistograms(w.metric, w.argsSpan));
      return ABSENT;
    }
    const change = histogramChange(w, before.histogram, after.histogram, counter, startReset);
    if (change === undefined) return ABSENT;
    w.histogram = counter ? divide(change, seconds) : change;
    return HISTOGRAM;
  };
}

interface Sample {
  readonly time: number;
  readonly start: number;
  readonly value: number;
  readonly histogram: Histogram | undefined;
}

function lastTwo(w: Window): readonly [Sample, Sample] {
  const samples: Sample[] = [];
  for (let i = Math.max(w.floatsFrom, w.floatsEnd - 2); i < w.floatsEnd; i++) {
    samples.push({
      time: w.floats.times[i] as number,
      start: (w.useStarts && w.floats.starts?.[i]) || 0,
      value: w.floats.values[i] as number,
      histogram: undefined,
    });
  }
  for (let i = Math.max(w.histogramsFrom, w.histogramsEnd - 2); i < w.histogramsEnd; i++) {
    samples.push({
      time: w.histograms.times[i] as number,
      start: (w.useStarts && w.histograms.starts?.[i]) || 0,
      value: 0,
      histogram: w.histograms.histograms[i],
    });
  }
  const [before, after] = samples.sort((a, b) => a.time - b.time).slice(-2);
  return [before as Sample, after as Sample];
}

function histogramChange(
  w: Window,
  before: Histogram,
  after: Histogram,
  counter: boolean,
  startReset: boolean,
): Histogram | undefined {
  const gauges = [before, after].filter(({ hint }) => hint === "gauge").length;
  if (counter && gauges > 0) w.remark(nativeHistogramNotCounter(w.metric, w.argsSpan));
  if (!counter && gauges < 2) w.remark(nativeHistogramNotGauge(w.metric, w.argsSpan));
  if (counter && (startReset || detectReset(after, before))) return compact({ ...after, hint: "gauge" });
  const difference = subtract(after, before);
  if (difference === undefined) {
    w.remark(mixedExponentialCustomHistograms(w.metric, w.argsSpan));
    return undefined;
  }
  if (difference.reconciled) w.remark(mismatchedCustomBuckets("subtraction", w.argsSpan));
  return compact({ ...difference.histogram, hint: "gauge" });
}
