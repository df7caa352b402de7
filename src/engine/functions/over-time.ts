/** Aggregations over the floats of a window. */
import { histogramIgnoredInMixedRange, invalidQuantile, mixedFloatsHistograms } from "../annotation/remarks.ts";
import { KahanSum } from "../number/kahan.ts";
import { quantile } from "../number/quantile.ts";
import { averageHistograms, sumHistograms } from "./histogram-over-time.ts";
import { ABSENT, FLOAT, HISTOGRAM, type Window, type WindowFunction } from "./window.ts";

export const sumOverTime: WindowFunction = (w) => {
  if (w.histogramsEnd > w.histogramsFrom) return isMixed(w) ? ABSENT : sumHistograms(w);
  const { values } = w.floats;
  const sum = new KahanSum();
  for (let i = w.floatsFrom; i < w.floatsEnd; i++) sum.add(values[i] as number);
  w.value = Math.abs(sum.sum) === Infinity ? sum.sum : sum.value;
  return FLOAT;
};

export const avgOverTime: WindowFunction = (w) => {
  if (w.histogramsEnd > w.histogramsFrom) return isMixed(w) ? ABSENT : averageHistograms(w);
  w.value = average(w.floats.values, w.floatsFrom, w.floatsEnd);
  return FLOAT;
};

/** The mean; where the sum would overflow, the running one. */
function average(values: Float64Array, from: number, end: number): number {
  const sum = new KahanSum(values[from]);
  for (let i = from + 1; i < end; i++) {
    const before = sum.sum;
    const compensation = sum.compensation;
    sum.add(values[i] as number);
    if (Math.abs(sum.sum) === Infinity) {
      const count = i - from;
      return runningAverage(values, i, end, count, new KahanSum(before / count, compensation / count));
    }
  }
  const count = end - from;
  return sum.sum / count + sum.compensation / count;
}

/** Goes on from a mean of `known` values with those from `from` on. */
function runningAverage(values: Float64Array, from: number, end: number, known: number, mean: KahanSum): number {
  let count = known;
  for (let i = from; i < end; i++) {
    count++;
    const weight = (count - 1) / count;
    mean.sum *= weight;
    mean.compensation *= weight;
    mean.add((values[i] as number) / count);
  }
  return mean.value;
}

export const countOverTime: WindowFunction = (w) => {
  w.value = w.floatCount + w.histogramCount;
  return FLOAT;
};

export const presentOverTime: WindowFunction = (w) => {
  w.value = 1;
  return FLOAT;
};

/** The extreme value, or with `time` when it stood last. */
export function extremeOverTime(which: "max" | "min", time: "time" | "value"): WindowFunction {
  const greatest = which === "max";
  const latest = time === "time";
  return floatsOnly((w) => {
    const { values, times } = w.floats;
    let best = values[w.floatsFrom] as number;
    let at = w.floatsFrom;
    for (let i = w.floatsFrom; i < w.floatsEnd; i++) {
      const value = values[i] as number;
      if ((greatest ? value > best : value < best) || Number.isNaN(best) || (latest && value === best)) {
        best = value;
        at = i;
      }
    }
    w.value = latest ? (times[at] as number) / 1000 : best;
    return FLOAT;
  });
}

/** The first or the last sample, float or histogram. */
export function endOverTime(which: "first" | "last"): WindowFunction {
  return (w) => {
    const f = which === "first" ? w.floatsFrom : w.floatsEnd - 1;
    const h = which === "first" ? w.histogramsFrom : w.histogramsEnd - 1;
    const floatTime = w.floats.times[f] as number;
    const histogramTime = w.histograms.times[h] as number;
    const earlier = floatTime < histogramTime;
    const takesFloat =
      w.histogramCount === 0 || (w.floatCount > 0 && (which === "first" ? earlier : floatTime > histogramTime));
    if (takesFloat) {
      w.value = w.floats.values[f] as number;
      return FLOAT;
    }
    w.histogram = w.histograms.histograms[h];
    return HISTOGRAM;
  };
}

/** When the first or the last sample was taken. */
export function endTimeOverTime(which: "first" | "last"): WindowFunction {
  const nothing = which === "first" ? Number.POSITIVE_INFINITY : 0;
  const choose = which === "first" ? Math.min : Math.max;
  return (w) => {
    const f = which === "first" ? w.floatsFrom : w.floatsEnd - 1;
    const h = which === "first" ? w.histogramsFrom : w.histogramsEnd - 1;
    const floatTime = w.floatCount > 0 ? (w.floats.times[f] as number) : nothing;
    const histogramTime = w.histogramCount > 0 ? (w.histograms.times[h] as number) : nothing;
    w.value = choose(floatTime, histogramTime) / 1000;
    return FLOAT;
  };
}

/** The variance, or with `Math.sqrt` its root. */
export function varianceOverTime(result: (variance: number) => number): WindowFunction {
  return floatsOnly((w) => {
    const { values } = w.floats;
    const mean = new KahanSum();
    const squares = new KahanSum();
    let count = 0;
    for (let i = w.floatsFrom; i < w.floatsEnd; i++) {
      const value = values[i] as number;
      count++;
      const delta = value - mean.value;
      mean.add(delta / count);
      squares.add(delta * (value - mean.value));
    }
    w.value = result(squares.value / count);
    return FLOAT;
  });
}

export const madOverTime: WindowFunction = floatsOnly((w) => {
  const values = w.floats.values.slice(w.floatsFrom, w.floatsEnd);
  // A NaN makes the median undefined, and so the deviation from it.
  if (values.some(Number.isNaN)) {
    w.value = Number.NaN;
    return FLOAT;
  }
  const median = quantile(0.5, values);
  w.value = quantile(
    0.5,
    values.map((value) => Math.abs(value - median)),
  );
  return FLOAT;
});

export const quantileOverTime: WindowFunction = (w) => {
  if (w.floatCount === 0) return ABSENT;
  const q = w.params[0] as number;
  if (Number.isNaN(q) || q < 0 || q > 1) w.remark(invalidQuantile(q, w.firstArgSpan));
  if (w.histogramCount > 0) w.remark(histogramIgnoredInMixedRange(w.metric, w.firstArgSpan));
  w.value = quantile(q, w.floats.values.slice(w.floatsFrom, w.floatsEnd));
  return FLOAT;
};

/** For functions that ignore histograms, and say so where there are floats beside them. */
function floatsOnly(inner: WindowFunction): WindowFunction {
  return (w) => {
    if (w.floatsEnd === w.floatsFrom) return ABSENT;
    if (w.histogramsEnd > w.histogramsFrom) w.remark(histogramIgnoredInMixedRange(w.metric, w.span));
    return inner(w);
  };
}

function isMixed(w: Window): boolean {
  if (w.floatsEnd === w.floatsFrom) return false;
  w.remark(mixedFloatsHistograms(w.metric, w.span));
  return true;
}
