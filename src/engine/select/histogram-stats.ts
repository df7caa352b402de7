/**
 * Histograms reduced to count and sum, which is all that Prometheus reads where nothing but those is asked for. The hint
 * tells of resets that the missing buckets no longer can, where the reader of the series has seen the histogram before.
 * https://github.com/prometheus/prometheus/blob/main/promql/histogram_stats_iterator.go
 */
import { type Histogram, histogram } from "../histogram/histogram.ts";
import { detectReset } from "../histogram/reset.ts";
import { countUpTo, type HistogramSamples } from "../storage/samples.ts";
import type { Series } from "../storage/series.ts";

/** How a series is read, step after step. */
export interface Reading {
  /** Nothing up to this time is read. */
  readonly after: number;
  /** The time that the first step reads up to. */
  readonly first: number;
  readonly stepMs: number;
  readonly steps: number;
  /** How far back a step reads. */
  readonly backMs: number;
}

/** The histogram at `index` without its buckets; `jumps` are those of `jumpsOf`. */
export function statsAt(
  { times, histograms }: HistogramSamples,
  index: number,
  { after }: Reading,
  jumps: readonly number[],
): Histogram {
  const h = histograms[index] as Histogram;
  const before = times[index - 1] as number;
  const seen = index > 0 && before > after && !jumps.some((to) => before < to && to <= (times[index] as number));
  const hint =
    h.hint !== "unknown" || !seen ? h.hint : detectReset(h, histograms[index - 1] as Histogram) ? "reset" : "not_reset";
  return histogram({ hint, schema: h.schema, count: h.count, sum: h.sum });
}

/** All histograms of a series without their buckets. */
export function statsOf(series: Series, reading: Reading): HistogramSamples {
  const samples = series.histograms();
  const jumps = jumpsOf(series, reading);
  return { ...samples, histograms: samples.histograms.map((_, index) => statsAt(samples, index, reading, jumps)) };
}

/** The times to which the reader jumps over samples: steps farther apart than they read back leave some out. */
export function jumpsOf({ times, length }: Series, { first, stepMs, steps, backMs }: Reading): number[] {
  const jumps: number[] = [];
  if (stepMs <= backMs) return jumps;
  let next = countUpTo(times, length, first - 1, 0);
  for (let step = 1; step < steps && next < length; step++) {
    const end = first + step * stepMs;
    if ((times[next] as number) < end - backMs) jumps.push(end - backMs);
    next = countUpTo(times, length, end - 1, next);
  }
  return jumps;
}
