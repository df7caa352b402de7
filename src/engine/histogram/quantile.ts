/** Quantiles of native histograms and shares of their observations, by interpolation within buckets. */
import { exp2, log2 } from "../number/go-math.ts";
import { allBuckets, type Bucket, shareBelow } from "./buckets.ts";
import { type Histogram, hasCustomBuckets } from "./histogram.ts";

/** What there is to say about observations that were no number; they stand in no bucket. */
export type NanRemark = "result-is-nan" | "skewed-higher" | undefined;

/** The value below which a share `q` of the observations lies. */
export function quantileOf(q: number, h: Histogram): { readonly value: number; readonly remark: NanRemark } {
  const plain = (value: number) => ({ value, remark: undefined });
  if (q < 0) return plain(Number.NEGATIVE_INFINITY);
  if (q > 1) return plain(Number.POSITIVE_INFINITY);
  if (h.count === 0 || Number.isNaN(q)) return plain(Number.NaN);

  const custom = hasCustomBuckets(h);
  // Ranks count from the nearer end. Observations that were no number are in the count and nowhere else, so that only
  // counting upwards finds the rank.
  const upwards = Number.isNaN(h.sum) || q < 0.5;
  const buckets = allBuckets(h);
  if (!upwards) buckets.reverse();
  let rank = (upwards ? q : 1 - q) * h.count;
  let count = 0;
  let at = 0;
  let bucket: Bucket = { lower: 0, upper: 0, count: 0 };
  for (; at < buckets.length; at++) {
    bucket = buckets[at] as Bucket;
    if (bucket.count === 0) continue;
    count += bucket.count;
    if (count >= rank) break;
  }
  let { lower, upper } = bucket;
  if (!custom && lower < 0 && upper > 0) {
    const [hasNegative, hasPositive] = [h.negative.counts.length > 0, h.positive.counts.length > 0];
    if (!hasNegative && hasPositive) lower = 0;
    else if (!hasPositive && hasNegative) upper = 0;
  } else if (custom) {
    if (lower === Number.NEGATIVE_INFINITY) {
      if (upper <= 0) return plain(upper);
      lower = 0;
    } else if (upper === Number.POSITIVE_INFINITY) return plain(lower);
  }
  // Rounding may have made the buckets hold more than the histogram.
  if (count > h.count) count = h.count;
  if (count < rank) {
    return Number.isNaN(h.sum) ? { value: Number.NaN, remark: "result-is-nan" } : plain(upper);
  }
  rank = upwards ? rank - (count - bucket.count) : count - rank;
  let remark: NanRemark;
  if (Number.isNaN(h.sum)) {
    // Looking for observations that are in no bucket, Prometheus ends up in the highest one, and interpolates there.
    for (let i = at + 1; i < buckets.length; i++) {
      bucket = buckets[i] as Bucket;
      count += bucket.count;
      lower = bucket.lower;
      upper = bucket.upper;
    }
    if (count < h.count) remark = "skewed-higher";
  }
  return { value: interpolate(lower, upper, rank / bucket.count, custom), remark };
}

// Exponential buckets are interpolated on a logarithmic scale, where all are as wide. Towards zero that has no end.
function interpolate(lower: number, upper: number, share: number, custom: boolean): number {
  if (custom || (lower <= 0 && upper >= 0)) return lower + (upper - lower) * share;
  const logLower = log2(Math.abs(lower));
  const logUpper = log2(Math.abs(upper));
  if (lower > 0) return exp2(logLower + (logUpper - logLower) * share);
  return -exp2(logUpper + (logLower - logUpper) * (1 - share));
}

/** The share of the observations between `lower` and `upper`; `excluded` tells of observations that were no number. */
export function fractionOf(
  lower: number,
  upper: number,
  h: Histogram,
): { readonly value: number; readonly excluded: boolean } {
  if (h.count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return { value: Number.NaN, excluded: false };
  if (lower >= upper) return { value: 0, excluded: false };
  const custom = hasCustomBuckets(h);
  const buckets = allBuckets(h);
  const [hasNegative, hasPositive] = [h.negative.counts.length > 0, h.positive.counts.length > 0];
  let count = 0;
  let rank = 0;
  let lowerRank: number | undefined;
  let upperRank: number | undefined;
  for (let i = 0; i < buckets.length; i++) {
    let bucket = buckets[i] as Bucket;
    count += bucket.count;
    const aroundZero = bucket.lower <= 0 && bucket.upper >= 0;
    if (aroundZero && !hasNegative && hasPositive) bucket = { ...bucket, lower: 0 };
    else if (aroundZero && !hasPositive && hasNegative) bucket = { ...bucket, upper: 0 };
    const linear = custom || aroundZero;
    lowerRank ??= rankWithin(bucket, lower, rank, linear);
    upperRank ??= rankWithin(bucket, upper, rank, linear);
    if (lowerRank !== undefined && upperRank !== undefined) break;
    rank += bucket.count;
  }
  let excluded = false;
  if (Number.isNaN(h.sum)) {
    count = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
    excluded = count < h.count;
  } else count = h.count;
  const from = lowerRank === undefined || lowerRank > count ? count : lowerRank;
  const to = upperRank === undefined || upperRank > count ? count : upperRank;
  return { value: (to - from) / h.count, excluded };
}

/** The rank of a value that lies in a bucket or at its lower bound; a bucket without a lower bound counts in full. */
function rankWithin(bucket: Bucket, value: number, rank: number, linear: boolean): number | undefined {
  if (bucket.lower >= value) return rank;
  if (bucket.upper <= value) return undefined;
  if (linear && bucket.lower === Number.NEGATIVE_INFINITY) return bucket.count;
  return rank + bucket.count * shareBelow(bucket, value, linear);
}
