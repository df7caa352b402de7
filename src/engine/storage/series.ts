/** One series in memory: a column of times, a column of values, and further columns only where something needs them. */
import type { Histogram } from "../histogram/histogram.ts";
import type { Labels } from "../labels/labels.ts";
import { HistogramChunk } from "./histogram-chunk.ts";
import { FloatSamples, type HistogramSamples, NO_FLOATS, NO_HISTOGRAMS } from "./samples.ts";

/** Marks that a series ended. */
export const STALE = "stale";

/** What a sample holds. */
export type SampleValue = number | Histogram | typeof STALE;

export const FLOAT_SAMPLE = 0;
export const STALE_SAMPLE = 1;
export const HISTOGRAM_SAMPLE = 2;

export class Series {
  readonly labels: Labels;
  #length = 0;
  #times: Float64Array;
  #values: Float64Array;
  /** What each sample is; absent while all are floats. */
  #kinds: Uint8Array | undefined;
  /** By sample; absent while there are none. */
  #histograms: (Histogram | undefined)[] | undefined;
  #starts: Float64Array | undefined;
  #chunk: HistogramChunk | undefined;
  #floats: FloatSamples | undefined;
  #onlyHistograms: HistogramSamples | undefined;

  constructor(labels: Labels, capacity = 4) {
    this.labels = labels;
    this.#times = new Float64Array(capacity);
    this.#values = new Float64Array(capacity);
  }

  /** The number of samples, stale markers among them. */
  get length(): number {
    return this.#length;
  }

  /** The times of all samples in milliseconds; only the first `length` count. */
  get times(): Float64Array {
    return this.#times;
  }

  /** The values of all samples; only those of floats mean something. */
  get values(): Float64Array {
    return this.#values;
  }

  get kinds(): Uint8Array | undefined {
    return this.#kinds;
  }

  get starts(): Float64Array | undefined {
    return this.#starts;
  }

  histogramAt(index: number): Histogram {
    return this.#histograms?.[index] as Histogram;
  }

  /** Takes columns as they are: `count` floats whose times may be shared with other series. The series must be empty. */
  adopt(times: Float64Array, values: Float64Array): void {
    this.#times = times;
    this.#values = values;
    this.#length = values.length;
    this.#floats = undefined;
  }

  /** Adds a sample behind all others. */
  append(time: number, value: SampleValue, start = 0): void {
    const at = this.#length;
    if (at > 0 && time <= (this.#times[at - 1] as number)) throw new Error(this.#outOfOrder(time));
    if (at >= this.#values.length) this.#grow();
    this.#times[at] = time;
    if (typeof value === "number") {
      this.#values[at] = value;
      this.#chunk = undefined;
      this.#histograms?.push(undefined);
    } else {
      this.#kinds ??= new Uint8Array(this.#values.length);
      if (value === STALE) {
        this.#kinds[at] = STALE_SAMPLE;
        this.#chunk?.close();
        this.#histograms?.push(undefined);
      } else {
        this.#kinds[at] = HISTOGRAM_SAMPLE;
        this.#histograms ??= new Array<undefined>(at).fill(undefined);
        if (!this.#chunk?.append(time, value)) this.#chunk = new HistogramChunk(this.#histograms, time, value);
      }
    }
    if (start !== 0) {
      this.#starts ??= new Float64Array(this.#values.length);
      this.#starts[at] = start;
    }
    this.#length = at + 1;
    this.#floats = undefined;
    this.#onlyHistograms = undefined;
  }

  /** The floats alone. */
  floats(): FloatSamples {
    this.#floats ??=
      this.#kinds === undefined
        ? new FloatSamples(this.#times, this.#values, this.#length, this.#starts)
        : this.#pickFloats(this.#kinds);
    return this.#floats;
  }

  /** The native histograms alone. */
  histograms(): HistogramSamples {
    if (this.#histograms === undefined || this.#kinds === undefined) return NO_HISTOGRAMS;
    this.#onlyHistograms ??= this.#pickHistograms(this.#kinds, this.#histograms);
    return this.#onlyHistograms;
  }

  #pickFloats(kinds: Uint8Array): FloatSamples {
    const at = this.#indexesOf(kinds, FLOAT_SAMPLE);
    if (at.length === 0) return NO_FLOATS;
    return new FloatSamples(
      pick(this.#times, at),
      pick(this.#values, at),
      at.length,
      this.#starts && pick(this.#starts, at),
    );
  }

  #pickHistograms(kinds: Uint8Array, histograms: readonly (Histogram | undefined)[]): HistogramSamples {
    const at = this.#indexesOf(kinds, HISTOGRAM_SAMPLE);
    return {
      times: pick(this.#times, at),
      histograms: at.map((i) => histograms[i] as Histogram),
      length: at.length,
      starts: this.#starts && pick(this.#starts, at),
    };
  }

  #indexesOf(kinds: Uint8Array, kind: number): number[] {
    const at: number[] = [];
    for (let i = 0; i < this.#length; i++) if (kinds[i] === kind) at.push(i);
    return at;
  }

  #grow(): void {
    const capacity = Math.max(8, 2 * this.#length);
    this.#times = enlarged(this.#times, capacity);
    this.#values = enlarged(this.#values, capacity);
    this.#starts &&= enlarged(this.#starts, capacity);
    if (this.#kinds !== undefined) {
      const kinds = new Uint8Array(capacity);
      kinds.set(this.#kinds);
      this.#kinds = kinds;
    }
  }

  #outOfOrder(time: number): string {
    const last = this.#times[this.#length - 1];
    const trouble = time === last ? "duplicate sample for timestamp" : "out of order sample";
    return `${trouble}: ${this.labels} at ${time} ms; its last sample is at ${last} ms`;
  }
}

function pick(column: Float64Array, at: readonly number[]): Float64Array {
  const result = new Float64Array(at.length);
  for (let i = 0; i < at.length; i++) result[i] = column[at[i] as number] as number;
  return result;
}

function enlarged(column: Float64Array, capacity: number): Float64Array {
  const result = new Float64Array(capacity);
  result.set(column);
  return result;
}
