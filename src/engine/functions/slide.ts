/** Moves a window over the samples of one series after the other. */
import { type Env, timeOf } from "../evaluate/env.ts";
import type { RangeSeries, Windows } from "../evaluate/node.ts";
import { countUpTo } from "../storage/samples.ts";
import type { Window } from "./window.ts";

export class Slide {
  readonly #env: Env;
  readonly #windows: Windows;
  readonly #window: Window;
  readonly #floats: Bounds;
  readonly #histograms: Bounds;
  #hasFloats = false;
  #hasHistograms = false;

  constructor(env: Env, windows: Windows, window: Window) {
    this.#env = env;
    this.#windows = windows;
    this.#window = window;
    const before = windows.range + (window.extended === undefined ? 0 : env.settings.lookbackMs);
    const after = window.extended === "smoothed" ? env.settings.lookbackMs : 0;
    this.#floats = new Bounds(env, windows, before, after);
    this.#histograms = new Bounds(env, windows, before, after);
  }

  /** Goes on to another series; whether it has samples in any window. */
  over({ labels, floats, histograms }: RangeSeries): boolean {
    const window = this.#window;
    window.metric = labels.metricName;
    window.floats = floats;
    window.histograms = histograms;
    window.floatsFrom = 0;
    window.floatsEnd = 0;
    window.histogramsFrom = 0;
    window.histogramsEnd = 0;
    this.#hasFloats = floats.length > 0 && this.#floats.over(floats.times, floats.length);
    this.#hasHistograms = histograms.length > 0 && this.#histograms.over(histograms.times, histograms.length);
    return this.#hasFloats || this.#hasHistograms;
  }

  /** Goes to a step; whether there are samples. */
  to(step: number): boolean {
    const window = this.#window;
    const { range, offset, fixedEnd } = this.#windows;
    window.now = timeOf(this.#env, step);
    const end = fixedEnd ?? window.now - offset;
    window.rangeEnd = end;
    window.rangeStart = end - range;
    if (this.#hasFloats) {
      window.floatsFrom = this.#floats.from[step] as number;
      window.floatsEnd = this.#floats.end[step] as number;
    }
    if (this.#hasHistograms) {
      window.histogramsFrom = this.#histograms.from[step] as number;
      window.histogramsEnd = this.#histograms.end[step] as number;
    }
    return window.floatsEnd > window.floatsFrom || window.histogramsEnd > window.histogramsFrom;
  }
}

/** Which samples lie in each step's window, by their times. Series that share their times share the answer. */
class Bounds {
  readonly from: Int32Array;
  readonly end: Int32Array;
  readonly #env: Env;
  readonly #windows: Windows;
  readonly #before: number;
  readonly #after: number;
  #times: Float64Array | undefined;
  #length = 0;
  #any = false;

  constructor(env: Env, windows: Windows, before: number, after: number) {
    this.#env = env;
    this.#windows = windows;
    this.#before = before;
    this.#after = after;
    this.from = new Int32Array(env.count);
    this.end = new Int32Array(env.count);
  }

  /** Finds the samples; whether there are any at all. */
  over(times: Float64Array, length: number): boolean {
    if (times === this.#times && length === this.#length) return this.#any;
    this.#times = times;
    this.#length = length;
    this.#any = false;
    const { offset, fixedEnd } = this.#windows;
    const { count } = this.#env;
    let from = 0;
    let end = 0;
    for (let i = 0; i < count; i++) {
      if (fixedEnd === undefined || i === 0) {
        const time = fixedEnd ?? timeOf(this.#env, i) - offset;
        from = countUpTo(times, length, time - this.#before, from);
        end = countUpTo(times, length, time + this.#after, Math.max(from, end));
      }
      this.from[i] = from;
      this.end[i] = end;
      if (end > from) this.#any = true;
    }
    return this.#any;
  }
}
