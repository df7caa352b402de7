/** `rate`, `increase` and `delta`: the change over a window, extrapolated to its bounds. */
import { mixedFloatsHistograms, startTimeOverlap } from "../annotation/remarks.ts";
import { searchFirst } from "../number/go-math.ts";
import { extendedRate } from "./extended-rate.ts";
import { histogramRate } from "./histogram-rate.ts";
import { isStartReset, startsOverlap } from "./start-timestamp.ts";
import { ABSENT, FLOAT, type Window, type WindowFunction } from "./window.ts";

/** Samples up to this many times the average distance from a bound of the window count as reaching to it. */
const EXTRAPOLATION_LIMIT = 1.1;

/** Windows of so few samples, or so few windows, are searched for resets one by one. */
const FEW = 8;

/** The change within a window. A counter's resets are made up for; a rate is per second. */
export function extrapolatedRate(counter: boolean, perSecond: boolean): WindowFunction {
  const extended = extendedRate(counter, perSecond);
  return (w) => {
    if (w.histogramsEnd > w.histogramsFrom && w.floatsEnd > w.floatsFrom) {
      w.remark(mixedFloatsHistograms(w.metric, w.span));
      return ABSENT;
    }
    if (w.extended !== undefined) return extended(w);
    return w.histogramsEnd > w.histogramsFrom ? histogramRate(w, counter, perSecond) : floatRate(w, counter, perSecond);
  };
}

function floatRate(w: Window, counter: boolean, perSecond: boolean): typeof ABSENT | typeof FLOAT {
  const { times, values } = w.floats;
  const first = w.floatsFrom;
  const last = w.floatsEnd - 1;
  const firstTime = times[first] as number;
  const firstValue = values[first] as number;
  const starts = w.useStarts && counter ? w.floats.starts : undefined;
  const start = starts === undefined ? 0 : startWithin(w, starts[first] as number, firstTime);
  if (first === last && start === 0) return ABSENT;
  let change = (values[last] as number) - firstValue;
  if (counter && first !== last) {
    change = starts === undefined ? withoutResets(w, change) : withoutStartResets(w, starts, change);
  }
  // A counter that started within the window had nothing before.
  if (start !== 0) change += firstValue;
  const zeroShare = counter && change > 0 && firstValue >= 0 ? firstValue / change : Number.NaN;
  w.value = change * extrapolation(w, firstTime, times[last] as number, last - first, start, zeroShare, perSecond);
  return FLOAT;
}

/** When the counter started, if that was within the window and before its first sample; else 0. */
export function startWithin(w: Window, start: number, firstTime: number): number {
  return start !== 0 && start > w.rangeStart && start < firstTime ? start : 0;
}

/**
 * The factor from the change between samples to that over the window. Samples near a bound are taken to go on up to it;
 * others to end half a distance further. Counters do not go on below zero: `zeroShare` is how much of its change a
 * counter had made before its first sample, NaN where that tells nothing.
 */
export function extrapolation(
  w: Window,
  firstTime: number,
  lastTime: number,
  gaps: number,
  start: number,
  zeroShare: number,
  perSecond: boolean,
): number {
  let sampled = (lastTime - firstTime) / 1000;
  const average = gaps > 0 ? sampled / gaps : 0;
  const limit = average * EXTRAPOLATION_LIMIT;
  let toStart = (firstTime - w.rangeStart) / 1000;
  let toEnd = (w.rangeEnd - lastTime) / 1000;
  if (start !== 0) {
    toStart = 0;
    sampled = (lastTime - start) / 1000;
  } else {
    if (toStart >= limit) toStart = average / 2;
    const toZero = sampled * zeroShare;
    if (toZero < toStart) toStart = toZero;
  }
  if (toEnd >= limit) toEnd = average / 2;
  const factor = sampled === 0 ? 1 : (sampled + toStart + toEnd) / sampled;
  return perSecond ? factor / w.rangeSeconds : factor;
}

/** The change plus what resets took from it, added in turn. */
function withoutResets(w: Window, change: number): number {
  const { values } = w.floats;
  let result = change;
  if (w.floatsEnd - w.floatsFrom <= FEW || w.steps <= FEW) {
    let before = values[w.floatsFrom] as number;
    for (let i = w.floatsFrom + 1; i < w.floatsEnd; i++) {
      const value = values[i] as number;
      if (value < before) result += before;
      before = value;
    }
    return result;
  }
  const { resets } = w.floats;
  if (resets.length === 0) return result;
  for (let i = searchFirst(resets.length, (at) => (resets[at] as number) > w.floatsFrom); i < resets.length; i++) {
    const reset = resets[i] as number;
    if (reset >= w.floatsEnd) break;
    result += values[reset - 1] as number;
  }
  return result;
}

function withoutStartResets(w: Window, starts: Float64Array, change: number): number {
  const { times, values } = w.floats;
  let result = change;
  let overlap = false;
  for (let i = w.floatsFrom + 1; i < w.floatsEnd; i++) {
    const [previousStart, start] = [starts[i - 1] as number, starts[i] as number];
    const [previousTime, time] = [times[i - 1] as number, times[i] as number];
    overlap ||= startsOverlap(previousStart, previousTime, start);
    const previous = values[i - 1] as number;
    if ((values[i] as number) < previous || isStartReset(previousStart, previousTime, start, time)) result += previous;
  }
  if (overlap) w.remark(startTimeOverlap(w.metric, w.span));
  return result;
}
