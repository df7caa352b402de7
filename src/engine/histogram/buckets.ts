/** Where the buckets of a native histogram begin and end. */
import { log2 } from "../number/go-math.ts";
import { BOUNDS_OF_SCHEMA_8 } from "./bounds-table.ts";
import { type Buckets, type Histogram, hasCustomBuckets } from "./histogram.ts";

/** A bucket with its bounds. */
export interface Bucket {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
}

/** The absolute value of the bound farther from zero of an exponential bucket. */
export function exponentialBound(index: number, schema: number): number {
  if (schema < 0) {
    const exponent = index * 2 ** -schema;
    // The last bucket of regular numbers ends with the largest of them; +Inf has a bucket of its own.
    return exponent === 1024 ? Number.MAX_VALUE : 2 ** exponent;
  }
  const steps = 1 << schema;
  const fraction = BOUNDS_OF_SCHEMA_8[(index & (steps - 1)) << (8 - schema)] as number;
  const exponent = (index >> schema) + 1;
  if (fraction === 0.5 && exponent === 1025) return Number.MAX_VALUE;
  return fraction * 2 * 2 ** (exponent - 1);
}

/** The upper bound of a bucket on the positive side. */
export function upperBound(index: number, schema: number, bounds: readonly number[], custom: boolean): number {
  if (!custom) return exponentialBound(index, schema);
  return index < 0 ? Number.NEGATIVE_INFINITY : (bounds[index] ?? Number.POSITIVE_INFINITY);
}

/** The buckets of the positive side from low to high. */
export function positiveBuckets(h: Histogram): Bucket[] {
  const custom = hasCustomBuckets(h);
  const { indexes, counts } = h.positive;
  return counts.map((count, i) => {
    const index = indexes[i] as number;
    return {
      lower: upperBound(index - 1, h.schema, h.bounds, custom),
      upper: upperBound(index, h.schema, h.bounds, custom),
      count,
    };
  });
}

/** The buckets of the negative side, from zero downwards. */
export function negativeBuckets({ schema, negative }: Histogram): Bucket[] {
  return negative.counts.map((count, i) => {
    const index = negative.indexes[i] as number;
    return { lower: -exponentialBound(index, schema), upper: -exponentialBound(index - 1, schema), count };
  });
}

/** Every bucket from low to high, the zero bucket among them where it is populated; none reaches into the zero bucket. */
export function allBuckets(h: Histogram): Bucket[] {
  const result: Bucket[] = [];
  for (const bucket of negativeBuckets(h).reverse()) result.push(outsideZero(bucket, h.zeroThreshold));
  if (h.zeroCount > 0) result.push({ lower: -h.zeroThreshold, upper: h.zeroThreshold, count: h.zeroCount });
  for (const bucket of positiveBuckets(h)) result.push(outsideZero(bucket, h.zeroThreshold));
  return result;
}

function outsideZero(bucket: Bucket, threshold: number): Bucket {
  if (bucket.upper < 0 && bucket.upper > -threshold) return { ...bucket, upper: -threshold };
  if (bucket.lower > 0 && bucket.lower < threshold) return { ...bucket, lower: threshold };
  return bucket;
}

/** The share of a bucket's width that lies below `value`, which is within its finite bounds. */
export function shareBelow({ lower, upper }: Bucket, value: number, linear: boolean): number {
  if (linear) return (value - lower) / (upper - lower);
  // On a logarithmic scale all exponential buckets are as wide; negative ones are mirrored.
  const logLower = log2(Math.abs(lower));
  const logUpper = log2(Math.abs(upper));
  const logValue = log2(Math.abs(value));
  if (value > 0) return (logValue - logLower) / (logUpper - logLower);
  return 1 - (logValue - logUpper) / (logLower - logUpper);
}

/** The index that holds a bucket after going from a finer schema to a coarser one. */
export function coarserIndex(index: number, from: number, to: number): number {
  return ((index - 1) >> (from - to)) + 1;
}

/** The buckets at a coarser schema. */
export function coarser(buckets: Buckets, from: number, to: number): Buckets {
  if (from === to || buckets.counts.length === 0) return buckets;
  const indexes: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < buckets.counts.length; i++) {
    const index = coarserIndex(buckets.indexes[i] as number, from, to);
    const last = indexes.length - 1;
    if (indexes[last] === index) counts[last] = (counts[last] as number) + (buckets.counts[i] as number);
    else {
      indexes.push(index);
      counts.push(buckets.counts[i] as number);
    }
  }
  return { indexes, counts };
}
