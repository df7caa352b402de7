/** Bringing the zero buckets of two histograms to one width, so that they can be added. */
import { KahanSum } from "../number/kahan.ts";
import { type Bucket, negativeBuckets, positiveBuckets } from "./buckets.ts";
import type { Histogram } from "./histogram.ts";

/** Roundings kept beside a histogram while it is summed up, bucket for bucket. */
export interface Compensation {
  readonly zeroCount: number;
  readonly count: number;
  readonly sum: number;
  readonly positive: readonly number[];
  readonly negative: readonly number[];
}

/** A zero bucket of a larger width, and what is left outside it. */
export interface Widened {
  readonly threshold: number;
  readonly zeroCount: number;
  readonly compensation: number;
}

/** The zero bucket of `h` at `threshold`, or wider where that lies within a populated bucket. */
export function widenedZeroBucket(h: Histogram, threshold: number, compensation?: Compensation): Widened {
  if (threshold === h.zeroThreshold) {
    return { threshold, zeroCount: h.zeroCount, compensation: compensation?.zeroCount ?? 0 };
  }
  const positive = positiveBuckets(h);
  const negative = negativeBuckets(h).map(mirrored);
  const total = new KahanSum(0, compensation?.zeroCount ?? 0);
  let wanted = threshold;
  for (;;) {
    total.sum = h.zeroCount;
    const upwards = absorb(positive, wanted, total, compensation?.positive);
    if (upwards !== undefined) wanted = upwards;
    const downwards = absorb(negative, wanted, total, compensation?.negative);
    // What the positive side gave is wrong now that the zero bucket is even wider.
    if (downwards === undefined) return { threshold: wanted, zeroCount: total.sum, compensation: total.compensation };
    wanted = downwards;
  }
}

/** Sums up the buckets below `threshold`. Where it lies within a populated bucket, that bucket's end is the answer. */
function absorb(
  buckets: readonly Bucket[],
  threshold: number,
  total: KahanSum,
  compensations: readonly number[] | undefined,
): number | undefined {
  for (let i = 0; i < buckets.length; i++) {
    const { lower, upper, count } = buckets[i] as Bucket;
    if (lower >= threshold) return undefined;
    total.add(count);
    if (compensations !== undefined) total.add(compensations[i] as number);
    if (upper > threshold) return count === 0 ? undefined : upper;
  }
  return undefined;
}

function mirrored({ lower, upper, count }: Bucket): Bucket {
  return { lower: -upper, upper: -lower, count };
}
