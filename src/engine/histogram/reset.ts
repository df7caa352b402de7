/** Whether a counter was reset between two native histograms. */
import { coarser, exponentialBound } from "./buckets.ts";
import { type Buckets, type Histogram, hasCustomBuckets, sameBounds } from "./histogram.ts";
import { widenedZeroBucket } from "./zero-bucket.ts";

/** Whether `h` cannot have grown out of `previous`; what its hint says goes first. */
export function detectReset(h: Histogram, previous: Histogram): boolean {
  if (h.hint === "reset") return true;
  if (h.hint === "not_reset") return false;
  if (h.count < previous.count) return true;
  if (hasCustomBuckets(h)) {
    if (!hasCustomBuckets(previous)) return true;
    if (!sameBounds(h.bounds, previous.bounds)) return decreasedWithinCommonBounds(h, previous);
  }
  if (hasCustomBuckets(h)) return decreased(h.positive, previous.positive);
  // The resolution never gets finer, nor the zero bucket narrower, but by a reset. Custom buckets count as the coarsest.
  if (h.schema > previous.schema || h.zeroThreshold < previous.zeroThreshold) return true;
  const widened = widenedZeroBucket(previous, h.zeroThreshold);
  if (widened.threshold !== h.zeroThreshold || h.zeroCount < widened.zeroCount) return true;
  const relevant = (buckets: Buckets, schema: number) =>
    outsideZero(coarser(buckets, schema, h.schema), h.schema, h.zeroThreshold);
  return (
    decreased(relevant(h.positive, h.schema), relevant(previous.positive, previous.schema)) ||
    decreased(relevant(h.negative, h.schema), relevant(previous.negative, previous.schema))
  );
}

function outsideZero(buckets: Buckets, schema: number, threshold: number): Buckets {
  if (threshold === 0) return buckets;
  let first = 0;
  while (first < buckets.indexes.length && exponentialBound(buckets.indexes[first] as number, schema) <= threshold)
    first++;
  if (first === 0) return buckets;
  return { indexes: buckets.indexes.slice(first), counts: buckets.counts.slice(first) };
}

/** Whether a bucket lost observations, or went although it had some. */
function decreased(current: Buckets, previous: Buckets): boolean {
  let i = 0;
  for (let j = 0; j < previous.indexes.length; j++) {
    const index = previous.indexes[j] as number;
    const count = previous.counts[j] as number;
    while (i < current.indexes.length && (current.indexes[i] as number) < index) i++;
    if (current.indexes[i] === index ? (current.counts[i] as number) < count : count !== 0) return true;
  }
  return false;
}

/** Whether a bucket between bounds that both histograms have lost observations. */
function decreasedWithinCommonBounds(current: Histogram, previous: Histogram): boolean {
  const mine = new Rollup(current);
  const theirs = new Rollup(previous);
  const known = new Set(previous.bounds);
  for (const bound of current.bounds) {
    if (known.has(bound) && mine.upTo(bound) < theirs.upTo(bound)) return true;
  }
  return mine.upTo(Number.POSITIVE_INFINITY) < theirs.upTo(Number.POSITIVE_INFINITY);
}

/** Adds up custom buckets from bound to bound. */
class Rollup {
  readonly #histogram: Histogram;
  #next = 0;

  constructor(histogram: Histogram) {
    this.#histogram = histogram;
  }

  /** The observations since the bound asked for before. */
  upTo(bound: number): number {
    const { bounds, positive } = this.#histogram;
    let sum = 0;
    for (; this.#next < positive.indexes.length; this.#next++) {
      const upper = bounds[positive.indexes[this.#next] as number] ?? Number.POSITIVE_INFINITY;
      if (upper > bound) break;
      sum += positive.counts[this.#next] as number;
    }
    return sum;
  }
}
