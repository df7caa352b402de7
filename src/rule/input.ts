/** The series that rules are given, in series notation, loaded as time goes by. */
import { histogramMistake } from "../engine/histogram/validate.ts";
import { eachSample } from "../engine/storage/load.ts";
import type { MemoryStorage } from "../engine/storage/memory-storage.ts";
import type { SampleValue } from "../engine/storage/series.ts";
import type { LabelSet } from "../label/label-set.ts";
import type { SeriesItem } from "../promql/series/series.ts";

/** A series and its samples: the first at the start, the others an interval apart. */
export interface InputSeries {
  readonly labels: LabelSet;
  readonly items: readonly SeriesItem[];
  readonly intervalMs: number;
  /** When the first sample is, as seen from the start; 0 where it is left out. */
  readonly offsetMs?: number;
}

/** Loads all samples up to a time. */
export function loadAll(
  inputs: readonly InputSeries[],
  storage: MemoryStorage,
  startMs: number,
  untilMs: number,
): void {
  for (const { labels, items, intervalMs, offsetMs = 0 } of inputs) {
    const first = startMs + offsetMs;
    if (first > untilMs) continue;
    const most = Math.floor((untilMs - first) / intervalMs) + 1;
    const series = storage.series(storage.labels.of(labels));
    if (items.every(({ kind }) => kind === "float")) {
      const values = floats(items, most);
      series.adopt(storage.evenTimes(first, intervalMs, values.length), values);
      continue;
    }
    let at = 0;
    eachSample(items, ({ value }) => {
      if (at < most && value !== undefined) series.append(first + at * intervalMs, storable(value));
      at++;
    });
  }
}

/** Loads samples step by step, so that nothing lies in the future: what rules write to the same series comes between. */
export class Feed {
  readonly #storage: MemoryStorage;
  readonly #startMs: number;
  readonly #inputs: {
    readonly input: InputSeries;
    readonly values: readonly (SampleValue | undefined)[];
    at: number;
  }[];

  constructor(inputs: readonly InputSeries[], storage: MemoryStorage, startMs: number) {
    this.#storage = storage;
    this.#startMs = startMs;
    this.#inputs = inputs.map((input) => {
      const values: (SampleValue | undefined)[] = [];
      eachSample(input.items, ({ value }) => values.push(value));
      return { input, values, at: 0 };
    });
  }

  /** Loads what lies up to a time and was not loaded yet. Throws where a series has later samples already. */
  until(timeMs: number): void {
    for (const one of this.#inputs) {
      const { labels, intervalMs, offsetMs = 0 } = one.input;
      const first = this.#startMs + offsetMs;
      if (one.at >= one.values.length || first + one.at * intervalMs > timeMs) continue;
      const series = this.#storage.series(this.#storage.labels.of(labels));
      for (; one.at < one.values.length && first + one.at * intervalMs <= timeMs; one.at++) {
        const value = one.values[one.at];
        if (value !== undefined) series.append(first + one.at * intervalMs, storable(value));
      }
    }
  }
}

/** Throws at histograms that storage refuses. */
function storable(value: SampleValue): SampleValue {
  const mistake = typeof value === "object" ? histogramMistake(value) : undefined;
  if (mistake !== undefined) throw new Error(mistake);
  return value;
}

function floats(items: readonly SeriesItem[], most: number): Float64Array {
  const values: number[] = [];
  for (const item of items) {
    if (item.kind !== "float") continue;
    // Added up one by one, as Prometheus does, because rounding shows.
    for (let i = 0, value = item.value; i <= item.times && values.length < most; i++, value += item.step)
      values.push(value);
  }
  return Float64Array.from(values);
}
