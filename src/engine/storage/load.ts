/** Puts series in storage that were written in series notation. */
import type { HistogramDescription, SeriesDescription, SeriesItem } from "../../promql/series/series.ts";
import { add, subtract } from "../histogram/add.ts";
import { bucketsFrom, type Histogram, histogram } from "../histogram/histogram.ts";
import type { MemoryStorage } from "./memory-storage.ts";
import { type SampleValue, STALE } from "./series.ts";

/** When samples are: the first at `startMs`, and `_` takes its time as any other does. */
export interface SampleTimes {
  readonly startMs: number;
  readonly stepMs: number;
}

/** A sample as it is written; `undefined` for `_`. */
export interface WrittenSample {
  readonly value: SampleValue | undefined;
  /** Whether a counter reset hint is written with it. */
  readonly hintSet: boolean;
}

/** More samples than any test means are a slip of the pen. */
const MOST_SAMPLES = 50_000_000;

/**
 * Adds the samples of a written series. Throws where they cannot be, such as behind later ones.
 *
 * ```ts
 * const storage = memoryStorage();
 * const { series } = parseSeries('stock{sku="mug"} 40 25 9x30');
 * if (series !== undefined) loadSeries(storage, series, { startMs: 0, stepMs: 60_000 });
 * ```
 */
export function loadSeries(storage: MemoryStorage, { labels, items }: SeriesDescription, times: SampleTimes): void {
  const series = storage.series(storage.labels.of(labels));
  if (series.length === 0 && items.every(({ kind }) => kind === "float")) {
    const values = floats(items);
    series.adopt(storage.evenTimes(times.startMs, times.stepMs, values.length), values);
    return;
  }
  let time = times.startMs;
  eachSample(items, ({ value }) => {
    if (value !== undefined) series.append(time, value);
    time += times.stepMs;
  });
}

/** Calls `visit` with every sample, the repeated ones among them. */
export function eachSample(items: readonly SeriesItem[], visit: (sample: WrittenSample) => void): void {
  checkCount(items);
  for (const item of items) VISITS[item.kind](item as never, visit);
}

/** A histogram as it is written, as the evaluator keeps it. */
export function histogramFrom(written: HistogramDescription): Histogram {
  return histogram({
    hint: written.counterResetHint,
    schema: written.schema,
    zeroThreshold: written.zeroThreshold,
    zeroCount: written.zeroCount,
    count: written.count,
    sum: written.sum,
    positive: bucketsFrom(written.positiveOffset, written.positiveBuckets),
    negative: bucketsFrom(written.negativeOffset, written.negativeBuckets),
    bounds: written.customValues,
  });
}

type Visit = (sample: WrittenSample) => void;

const OMITTED: WrittenSample = { value: undefined, hintSet: false };

const VISITS: {
  readonly [K in SeriesItem["kind"]]: (item: Extract<SeriesItem, { readonly kind: K }>, visit: Visit) => void;
} = {
  omitted: ({ times }, visit) => {
    for (let i = 0; i < times; i++) visit(OMITTED);
  },
  stale: (_, visit) => visit({ value: STALE, hintSet: false }),
  float: ({ value: first, step, times }, visit) => {
    // Added up one by one, as Prometheus does, because rounding shows.
    for (let i = 0, value = first; i <= times; i++, value += step) visit({ value, hintSet: false });
  },
  histogram: ({ value: first, step, times, hintSet }, visit) => {
    let value = histogramFrom(first);
    const change = step && histogramFrom(step.value);
    for (let i = 0; i <= times; i++) {
      if (i > 0 && change !== undefined) {
        const sum = step?.op === "+" ? add(value, change) : subtract(value, change);
        if (sum === undefined)
          throw new Error("histograms with exponential and with custom buckets cannot be combined");
        value = sum.histogram;
      }
      visit({ value, hintSet });
    }
  },
};

function floats(items: readonly SeriesItem[]): Float64Array {
  const values = new Float64Array(checkCount(items));
  let at = 0;
  for (const item of items) {
    if (item.kind !== "float") continue;
    for (let i = 0, value = item.value; i <= item.times; i++, value += item.step) values[at++] = value;
  }
  return values;
}

function checkCount(items: readonly SeriesItem[]): number {
  let count = 0;
  for (const item of items) count += item.kind === "stale" ? 1 : item.times + (item.kind === "omitted" ? 0 : 1);
  if (count > MOST_SAMPLES) throw new Error(`${count} samples in one series are more than ${MOST_SAMPLES}`);
  return count;
}
