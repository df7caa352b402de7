/** `changes` and `resets`: how often something happened between neighbouring samples. */
import { equalHistograms, type Histogram } from "../histogram/histogram.ts";
import { detectReset } from "../histogram/reset.ts";
import { countUpTo } from "../storage/samples.ts";
import { isStartReset } from "./start-timestamp.ts";
import { ABSENT, FLOAT, type Window, type WindowFunction } from "./window.ts";

interface Sample {
  time: number;
  start: number;
  value: number;
  histogram: Histogram | undefined;
}

/** Counts how often the value changed, or, with `resets`, how often the counter was reset. */
export function countPairs(what: "changes" | "resets"): WindowFunction {
  const happened = what === "changes" ? changed : wasReset;
  return (w) => {
    if (w.floatCount + w.histogramCount === 0) return ABSENT;
    let i = w.floatsFrom;
    let j = w.histogramsFrom;
    if (w.extended === "anchored") {
      const anchor = anchorOf(w);
      if (anchor === undefined) return ABSENT;
      [i, j] = anchor;
    }
    let count = 0;
    let before: Sample | undefined;
    while (i < w.floatsEnd || j < w.histogramsEnd) {
      const floatFirst =
        j >= w.histogramsEnd || (i < w.floatsEnd && (w.floats.times[i] as number) < (w.histograms.times[j] as number));
      const sample = floatFirst ? floatSample(w, i++) : histogramSample(w, j++);
      if (before !== undefined && happened(before, sample)) count++;
      before = sample;
    }
    w.value = count;
    return FLOAT;
  };
}

function changed(before: Sample, after: Sample): boolean {
  if (before.histogram === undefined && after.histogram === undefined) {
    return after.value !== before.value && !(Number.isNaN(after.value) && Number.isNaN(before.value));
  }
  if (before.histogram === undefined || after.histogram === undefined) return true;
  return !equalHistograms(after.histogram, before.histogram);
}

function wasReset(before: Sample, after: Sample): boolean {
  if ((before.histogram === undefined) !== (after.histogram === undefined)) return true;
  if (isStartReset(before.start, before.time, after.start, after.time)) return true;
  if (before.histogram === undefined || after.histogram === undefined) return after.value < before.value;
  return detectReset(after.histogram, before.histogram);
}

function floatSample(w: Window, i: number): Sample {
  const { times, values, starts } = w.floats;
  const start = w.useStarts ? (starts?.[i] ?? 0) : 0;
  return { time: times[i] as number, start, value: values[i] as number, histogram: undefined };
}

function histogramSample(w: Window, i: number): Sample {
  const { times, histograms, starts } = w.histograms;
  const start = w.useStarts ? (starts?.[i] ?? 0) : 0;
  return { time: times[i] as number, start, value: 0, histogram: histograms[i] };
}

/** Where to begin: with the one sample that stood when the window began. `undefined` where none came after. */
function anchorOf(w: Window): readonly [float: number, histogram: number] | undefined {
  const { floats, histograms, rangeStart } = w;
  const float = countUpTo(floats.times, w.floatsEnd, rangeStart, w.floatsFrom) - 1;
  const histogram = countUpTo(histograms.times, w.histogramsEnd, rangeStart, w.histogramsFrom) - 1;
  if (float + 1 >= w.floatsEnd && histogram + 1 >= w.histogramsEnd) return undefined;
  const hasFloat = float >= w.floatsFrom;
  const hasHistogram = histogram >= w.histogramsFrom;
  if (!hasFloat && !hasHistogram) return [w.floatsFrom, w.histogramsFrom];
  const floatIsLater = (floats.times[float] as number) >= (histograms.times[histogram] as number);
  if (!hasHistogram || (hasFloat && floatIsLater)) return [float, histogram + 1];
  return [float + 1, histogram];
}
