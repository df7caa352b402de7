/**
 * Histograms reduced to count and sum, which is all that Prometheus reads where nothing but those is asked for. The hint
 * tells of resets that the missing buckets no longer can.
 * https://github.com/prometheus/prometheus/blob/main/promql/histogram_stats_iterator.go
 */
import { type Histogram, histogram } from "../histogram/histogram.ts";
import { detectReset } from "../histogram/reset.ts";
import type { HistogramSamples } from "../storage/samples.ts";

/** The histogram at `index` without its buckets, as a reader finds it that began at `from`. */
export function statsAt({ times, histograms }: HistogramSamples, index: number, from: number): Histogram {
  const h = histograms[index] as Histogram;
  const seen = index > 0 && (times[index - 1] as number) >= from;
  const hint =
    h.hint !== "unknown" || !seen ? h.hint : detectReset(h, histograms[index - 1] as Histogram) ? "reset" : "not_reset";
  return histogram({ hint, schema: h.schema, count: h.count, sum: h.sum });
}

/** All of them without their buckets, as a reader finds them that begins at `from`. */
export function statsOf(samples: HistogramSamples, from: number): HistogramSamples {
  return { ...samples, histograms: samples.histograms.map((_, index) => statsAt(samples, index, from)) };
}
