/** What the notation of series stands for: the samples that a test loads or expects. */
import type { LabelSet } from "../../label/label-set.ts";

/** A series and its samples, as they are written: repetitions are not written out. */
export interface SeriesDescription {
  readonly labels: LabelSet;
  /** A label that is given more than once, which can be written and not be stored. */
  readonly repeatedLabel?: string | undefined;
  readonly items: readonly SeriesItem[];
}

/** One word of the samples, which stands for one or many of them. */
export type SeriesItem = OmittedItem | StaleItem | FloatItem | HistogramItem;

/** `_`, `_x5`: no sample, `times` times. */
export interface OmittedItem {
  readonly kind: "omitted";
  readonly times: number;
}

/** `stale`: the marker of a series that ended. */
export interface StaleItem {
  readonly kind: "stale";
}

/** `1`, `1x5`, `1+2x5`: a sample, and `times` more, each by `step` greater than the one before. */
export interface FloatItem {
  readonly kind: "float";
  readonly value: number;
  readonly step: number;
  readonly times: number;
}

/** `{{…}}`, `{{…}}x5`, `{{…}}+{{…}}x5`: a histogram, and `times` more, each with `step` added or taken away. */
export interface HistogramItem {
  readonly kind: "histogram";
  readonly value: HistogramDescription;
  readonly step: { readonly op: "+" | "-"; readonly value: HistogramDescription } | undefined;
  readonly times: number;
  /** Whether a counter reset hint is written: without one, a test does not ask for it. */
  readonly hintSet: boolean;
}

/** A native histogram as plain data. https://prometheus.io/docs/specs/native_histograms/ */
export interface HistogramDescription {
  readonly schema: number;
  readonly count: number;
  readonly sum: number;
  readonly zeroThreshold: number;
  readonly zeroCount: number;
  /** The index of the first bucket, and the counts of the buckets from there on. */
  readonly positiveOffset: number;
  readonly positiveBuckets: readonly number[];
  readonly negativeOffset: number;
  readonly negativeBuckets: readonly number[];
  /** The upper bounds of custom buckets. */
  readonly customValues: readonly number[];
  readonly counterResetHint: CounterResetHint;
}

/** What a native histogram says of whether its counter was reset before it. */
export type CounterResetHint = "unknown" | "reset" | "not_reset" | "gauge";

/** One sample of a series, or none at its time. */
export type SequenceValue =
  | { readonly kind: "omitted" }
  | { readonly kind: "stale" }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "histogram"; readonly value: HistogramDescription; readonly hintSet: boolean };

/** The sum or the difference of two histograms, or what is wrong with it: arithmetic belongs to evaluation. */
export type CombineHistograms = (
  a: HistogramDescription,
  op: "+" | "-",
  b: HistogramDescription,
) => HistogramDescription | string;

/** More samples than any test means are a slip of the pen. */
const MOST_SAMPLES = 50_000_000;

/**
 * Writes the repetitions out; a text says what is wrong with them.
 *
 * ```ts
 * const { series } = parseSeries('stock{sku="mug"} 40 25 9x3');
 * if (series !== undefined) expandSeries(series.items, () => "no histograms here"); // 40, 25, 9, 9, 9, 9
 * ```
 */
export function expandSeries(
  items: readonly SeriesItem[],
  combine: CombineHistograms,
): readonly SequenceValue[] | string {
  const count = items.reduce((sum, item) => sum + countOf(item), 0);
  if (count > MOST_SAMPLES) return `the series has ${count} samples, and more than ${MOST_SAMPLES} are too many`;
  const values: SequenceValue[] = [];
  for (const item of items) {
    const mistake = expandItem(item, values, combine);
    if (mistake !== undefined) return mistake;
  }
  return values;
}

function countOf(item: SeriesItem): number {
  return item.kind === "stale" ? 1 : item.times + (item.kind === "omitted" ? 0 : 1);
}

const OMITTED: SequenceValue = Object.freeze({ kind: "omitted" });
const STALE: SequenceValue = Object.freeze({ kind: "stale" });

function expandItem(item: SeriesItem, values: SequenceValue[], combine: CombineHistograms): string | undefined {
  switch (item.kind) {
    case "omitted":
      for (let i = 0; i < item.times; i++) values.push(OMITTED);
      return undefined;
    case "stale":
      values.push(STALE);
      return undefined;
    case "float": {
      let { value } = item;
      // Added up one by one, as Prometheus does, because rounding shows.
      for (let i = 0; i <= item.times; i++, value += item.step) values.push({ kind: "float", value });
      return undefined;
    }
    case "histogram": {
      let { value } = item;
      const { step, hintSet } = item;
      for (let i = 0; i <= item.times; i++) {
        if (i > 0 && step !== undefined) {
          const combined = combine(value, step.op, step.value);
          if (typeof combined === "string") return combined;
          value = combined;
        }
        values.push({ kind: "histogram", value, hintSet });
      }
      return undefined;
    }
  }
}
