/**
 * What Prometheus's storage does to native histograms: it keeps runs of them in chunks, gives all of a chunk the same
 * buckets, and answers with a hint that follows from a histogram's place in its chunk rather than with the hint it was
 * given. https://github.com/prometheus/prometheus/blob/main/tsdb/chunkenc/float_histogram.go
 */
import { type Buckets, type Histogram, hasCustomBuckets, sameBounds, withHint } from "../histogram/histogram.ts";

/** The time a chunk spans at most, in milliseconds. */
const CHUNK_RANGE = 86_400_000;

/** The chunk at the end of a series. */
export class HistogramChunk {
  readonly #histograms: (Histogram | undefined)[];
  readonly #gauge: boolean;
  readonly #first: number;
  readonly #end: number;
  #last: Histogram;
  #closed = false;

  /** A new chunk that begins with `h`, at the end of `histograms`. */
  constructor(histograms: (Histogram | undefined)[], time: number, h: Histogram) {
    this.#histograms = histograms;
    this.#gauge = h.hint === "gauge";
    this.#first = histograms.length;
    this.#end = Math.floor(time / CHUNK_RANGE) * CHUNK_RANGE + CHUNK_RANGE;
    this.#last = withHint(h, this.#gauge ? "gauge" : "unknown");
    histograms.push(this.#last);
  }

  /** Takes a stale marker, behind which a chunk holds no further histogram. */
  close(): void {
    this.#closed = true;
  }

  /** Puts `h` behind the others, or answers false where it has to begin a chunk of its own. */
  append(time: number, h: Histogram): boolean {
    const last = this.#last;
    if (this.#closed || time >= this.#end || (h.hint === "gauge") !== this.#gauge || h.hint === "reset") return false;
    if (h.schema !== last.schema || h.zeroThreshold !== last.zeroThreshold) return false;
    if (hasCustomBuckets(h) && !sameBounds(h.bounds, last.bounds)) return false;
    if (!this.#gauge) {
      const shrunk = h.count < last.count || h.zeroCount < last.zeroCount;
      if (shrunk || decreased(h.positive, last.positive) || decreased(h.negative, last.negative)) return false;
    }
    const positive = commonIndexes(last.positive, h.positive);
    const negative = commonIndexes(last.negative, h.negative);
    if (positive !== last.positive.indexes || negative !== last.negative.indexes) {
      for (let i = this.#first; i < this.#histograms.length; i++) {
        const earlier = this.#histograms[i];
        if (earlier !== undefined) this.#histograms[i] = widened(earlier, positive, negative);
      }
    }
    this.#last = withHint(widened(h, positive, negative), this.#gauge ? "gauge" : "not_reset");
    this.#histograms.push(this.#last);
    return true;
  }
}

/** Whether a bucket has fewer observations than before, or is missing although it had some. */
function decreased(current: Buckets, previous: Buckets): boolean {
  let i = 0;
  for (let j = 0; j < previous.indexes.length; j++) {
    const index = previous.indexes[j] as number;
    while (i < current.indexes.length && (current.indexes[i] as number) < index) i++;
    const count = previous.counts[j] as number;
    if (current.indexes[i] === index ? count > (current.counts[i] as number) : count !== 0) return true;
  }
  return false;
}

/** The indexes of both, as the very array of `a` where `b` has no others. */
function commonIndexes(a: Buckets, b: Buckets): readonly number[] {
  const known = new Set(a.indexes);
  const added = b.indexes.filter((index) => !known.has(index));
  return added.length === 0 ? a.indexes : [...a.indexes, ...added].sort((x, y) => x - y);
}

function widened(h: Histogram, positive: readonly number[], negative: readonly number[]): Histogram {
  const [up, down] = [spread(h.positive, positive), spread(h.negative, negative)];
  return up === h.positive && down === h.negative ? h : { ...h, positive: up, negative: down };
}

function spread(buckets: Buckets, indexes: readonly number[]): Buckets {
  if (buckets.indexes === indexes) return buckets;
  if (buckets.indexes.length === indexes.length) return { indexes, counts: buckets.counts };
  let i = 0;
  const counts = indexes.map((index) => (buckets.indexes[i] === index ? (buckets.counts[i++] as number) : 0));
  return { indexes, counts };
}
