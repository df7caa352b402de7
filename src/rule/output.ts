/** The series that one rule writes: samples in their order, and a stale marker where a series is not written any more. */

import { equalHistograms } from "../engine/histogram/histogram.ts";
import { histogramMistake } from "../engine/histogram/validate.ts";
import type { Labels } from "../engine/labels/labels.ts";
import type { MemoryStorage } from "../engine/storage/memory-storage.ts";
import { HISTOGRAM_SAMPLE, type SampleValue, type Series, STALE, STALE_SAMPLE } from "../engine/storage/series.ts";

export interface OutputSample {
  readonly labels: Labels;
  readonly value: SampleValue;
}

/** Writes what a rule gives from evaluation to evaluation. */
export class RuleOutput {
  readonly #storage: MemoryStorage;
  #previous = new Set<Labels>();

  constructor(storage: MemoryStorage) {
    this.#storage = storage;
  }

  /** Writes the samples of one evaluation; what could not be written is the answer, in Prometheus's words. */
  write(timeMs: number, samples: readonly OutputSample[]): string | undefined {
    let trouble: string | undefined;
    const written = new Set<Labels>();
    for (const { labels, value } of samples) {
      const mistake = append(this.#storage.series(labels), timeMs, value);
      if (mistake === undefined) written.add(labels);
      else trouble = mistake;
    }
    for (const labels of this.#previous) {
      // Another rule may write the series by now: then there is nothing to end.
      if (!written.has(labels)) append(this.#storage.series(labels), timeMs, STALE);
    }
    this.#previous = written;
    return trouble;
  }
}

function append(series: Series, timeMs: number, value: SampleValue): string | undefined {
  const mistake = typeof value === "object" ? histogramMistake(value) : undefined;
  if (mistake !== undefined) return mistake;
  const { length, times } = series;
  const last = times[length - 1] as number;
  if (length === 0 || timeMs > last) {
    series.append(timeMs, value);
    return undefined;
  }
  if (timeMs < last) return "out of order sample";
  return isSame(series, length - 1, value) ? undefined : "duplicate sample for timestamp";
}

function isSame(series: Series, at: number, value: SampleValue): boolean {
  const kind = series.kinds?.[at] ?? 0;
  if (value === STALE) return kind === STALE_SAMPLE;
  if (typeof value === "number") return kind === 0 && Object.is(series.values[at], value);
  return kind === HISTOGRAM_SAMPLE && equalHistograms(series.histogramAt(at), value);
}
