/** `deriv`, `predict_linear` and `double_exponential_smoothing`: where a gauge is going. */
import { histogramIgnoredInMixedRange } from "../annotation/remarks.ts";
import { EvaluationError } from "../evaluate/error.ts";
import { KahanSum } from "../number/kahan.ts";
import { ABSENT, FLOAT, type Window, type WindowFunction } from "./window.ts";

/** The slope per second. */
export const deriv: WindowFunction = atLeastTwo((w) => {
  // Times are taken relative to one that is near, for the sake of precision.
  w.value = linearRegression(w, w.floats.times[w.floatsFrom] as number).slope;
  return FLOAT;
});

/** The value a number of seconds from the step. */
export const predictLinear: WindowFunction = atLeastTwo((w) => {
  const { slope, intercept } = linearRegression(w, w.now);
  w.value = slope * (w.params[0] as number) + intercept;
  return FLOAT;
});

/** The value smoothed by a smoothing factor and a trend factor. https://en.wikipedia.org/wiki/Exponential_smoothing */
export const doubleExponentialSmoothing: WindowFunction = (w) => {
  const [smoothing, trend] = w.params as [number, number];
  if (smoothing <= 0 || smoothing >= 1) throw factorError("smoothing factor. Expected: 0 < sf < 1", smoothing);
  if (trend <= 0 || trend >= 1) throw factorError("trend factor. Expected: 0 < tf < 1", trend);
  return smooth(w);
};

const smooth: WindowFunction = atLeastTwo((w) => {
  const [smoothing, trend] = w.params as [number, number];
  const { values } = w.floats;
  const first = values[w.floatsFrom] as number;
  let before = 0;
  let level = first;
  let slope = (values[w.floatsFrom + 1] as number) - first;
  for (let i = w.floatsFrom + 1; i < w.floatsEnd; i++) {
    const value = smoothing * (values[i] as number);
    if (i > w.floatsFrom + 1) slope = trend * (level - before) + (1 - trend) * slope;
    before = level;
    level = value + (1 - smoothing) * (level + slope);
  }
  w.value = level;
  return FLOAT;
});

function factorError(text: string, factor: number): EvaluationError {
  const shown = Number.isFinite(factor) ? factor.toFixed(6) : `${factor < 0 ? "-" : "+"}Inf`;
  return new EvaluationError(`invalid ${text}, got: ${shown}`);
}

function linearRegression(w: Window, interceptTime: number): { readonly slope: number; readonly intercept: number } {
  const { times, values } = w.floats;
  const first = values[w.floatsFrom] as number;
  const sumX = new KahanSum();
  const sumY = new KahanSum();
  const sumXY = new KahanSum();
  const sumX2 = new KahanSum();
  let constant = true;
  for (let i = w.floatsFrom; i < w.floatsEnd; i++) {
    const y = values[i] as number;
    if (i > w.floatsFrom && y !== first) constant = false;
    const x = ((times[i] as number) - interceptTime) / 1e3;
    sumX.add(x);
    sumY.add(y);
    sumXY.add(x * y);
    sumX2.add(x * x);
  }
  if (constant) {
    return Math.abs(first) === Infinity ? { slope: Number.NaN, intercept: Number.NaN } : { slope: 0, intercept: first };
  }
  const n = w.floatsEnd - w.floatsFrom;
  const [x, y, xy, x2] = [sumX.value, sumY.value, sumXY.value, sumX2.value];
  const slope = (xy - (x * y) / n) / (x2 - (x * x) / n);
  return { slope, intercept: y / n - (slope * x) / n };
}

/** For functions that need two floats and ignore histograms, and say so where there are floats beside them. */
function atLeastTwo(inner: WindowFunction): WindowFunction {
  return (w) => {
    const floats = w.floatsEnd - w.floatsFrom;
    if (floats > 0 && w.histogramsEnd > w.histogramsFrom) {
      w.remark(histogramIgnoredInMixedRange(w.metric, w.firstArgSpan));
    }
    return floats < 2 ? ABSENT : inner(w);
  };
}
