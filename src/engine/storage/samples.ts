/** Samples of one series as columns, in ascending order of their times. */
import type { Histogram } from "../histogram/histogram.ts";

/** The floats of a series, stale markers left out. Only the first `length` entries of the arrays count. */
export class FloatSamples {
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly length: number;
  /** When the counter started, by sample, 0 where that is unknown; absent where it is unknown for all. */
  readonly starts: Float64Array | undefined;
  #resets: Int32Array | undefined;

  constructor(times: Float64Array, values: Float64Array, length: number, starts: Float64Array | undefined) {
    this.times = times;
    this.values = values;
    this.length = length;
    this.starts = starts;
  }

  /** The indexes of samples that are less than the one before them. */
  get resets(): Int32Array {
    if (this.#resets === undefined) {
      const found: number[] = [];
      for (let i = 1; i < this.length; i++) {
        if ((this.values[i] as number) < (this.values[i - 1] as number)) found.push(i);
      }
      this.#resets = Int32Array.from(found);
    }
    return this.#resets;
  }
}

/** The native histograms of a series, stale markers left out. */
export interface HistogramSamples {
  readonly times: Float64Array;
  readonly histograms: readonly Histogram[];
  readonly length: number;
  readonly starts: Float64Array | undefined;
}

export const NO_FLOATS = new FloatSamples(new Float64Array(0), new Float64Array(0), 0, undefined);
export const NO_HISTOGRAMS: HistogramSamples = {
  times: new Float64Array(0),
  histograms: [],
  length: 0,
  starts: undefined,
};

/** How many of the first `length` times are at or before `time`; starts to look at `hint`, where it most likely ends. */
export function countUpTo(times: Float64Array, length: number, time: number, hint: number): number {
  let at = hint;
  if (at > 0 && (times[at - 1] as number) > time) return bisect(times, 0, at - 1, time);
  // Steps are even, and so are most samples: the next bound is a few samples away.
  for (let steps = 0; at < length && (times[at] as number) <= time; at++) {
    // Queries mostly look at the end of what is stored, too.
    if (++steps > 8) return (times[length - 1] as number) <= time ? length : bisect(times, at, length, time);
  }
  return at;
}

function bisect(times: Float64Array, from: number, to: number, time: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
