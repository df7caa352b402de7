/** The operators `</` and `>/`: what is left of a histogram's observations below or above a value. */
import { type Bucket, negativeBuckets, positiveBuckets, shareBelow } from "./buckets.ts";
import { type Buckets, compact, type Histogram, hasCustomBuckets } from "./histogram.ts";

/** The histogram without the observations above (`keep: "below"`) or below (`"above"`) `value`, by interpolation. */
export function trim(h: Histogram, value: number, keep: "below" | "above"): Histogram {
  const custom = hasCustomBuckets(h);
  const trimmer = new Trimmer(value, keep === "below", custom);
  const positive = trimmer.side(h.positive, positiveBuckets(h), true);
  const negative = trimmer.side(h.negative, negativeBuckets(h), false);
  let zeroCount = h.zeroCount;
  if (zeroCount > 0) {
    const [kept, middle] = trimZeroBucket(h, value, keep === "below", positive.populated, negative.populated);
    if (kept !== zeroCount) trimmer.changed = true;
    zeroCount = kept;
    trimmer.sum += middle * kept;
    trimmer.count += kept;
  }
  if (!trimmer.changed) return h;
  return compact({
    ...h,
    zeroCount,
    count: trimmer.count,
    sum: trimmer.sum,
    positive: positive.buckets,
    negative: negative.buckets,
  });
}

/** A number of observations, and where they lie on average. */
type Kept = readonly [count: number, middle: number];

class Trimmer {
  count = 0;
  sum = 0;
  changed = false;
  readonly #value: number;
  readonly #below: boolean;
  readonly #linear: boolean;

  constructor(value: number, below: boolean, linear: boolean) {
    this.#value = value;
    this.#below = below;
    this.#linear = linear;
  }

  side(buckets: Buckets, bounds: readonly Bucket[], positive: boolean): { buckets: Buckets; populated: boolean } {
    let populated = false;
    const counts = bounds.map((bucket) => {
      if (bucket.count === 0) return 0;
      populated = true;
      const [kept, middle] = this.#keep(bucket, positive);
      if (kept !== bucket.count) this.changed = true;
      this.count += kept;
      this.sum += middle * kept;
      return kept;
    });
    return { buckets: { indexes: buckets.indexes, counts }, populated };
  }

  #keep(bucket: Bucket, positive: boolean): Kept {
    const { lower, upper, count } = bucket;
    const value = this.#value;
    const whole = this.#below ? upper <= value : lower >= value;
    if (whole) return [count, middleOf(lower, upper, positive, this.#linear)];
    const split = this.#below ? lower < value : upper > value;
    if (!split) return [0, 0];
    if (lower === Number.NEGATIVE_INFINITY) return this.#keepOfLowest(bucket);
    if (upper === Number.POSITIVE_INFINITY) return this.#keepOfHighest(bucket);
    const under = value <= lower ? 0 : value >= upper ? count : count * shareBelow(bucket, value, this.#linear);
    return this.#below
      ? [under, middleOf(lower, value, positive, this.#linear)]
      : [count - under, middleOf(value, upper, positive, this.#linear)];
  }

  // Nothing is known of how observations spread towards an infinite bound. From below, zero stands in for it where it can.
  #keepOfLowest({ upper, count }: Bucket): Kept {
    const value = this.#value;
    const finite = upper !== Number.POSITIVE_INFINITY;
    if (this.#below) {
      if (value >= upper) return [count, 0];
      if (value > 0 && upper > 0 && finite) return [(count * value) / upper, value / 2];
      if (upper <= 0) return [count, value];
      return [0, finite ? upper : 0];
    }
    if (value === Number.NEGATIVE_INFINITY) return [count, 0];
    if (value >= 0 && upper > value && finite) return [count * (1 - value / upper), (value + upper) / 2];
    return [0, finite ? upper : 0];
  }

  #keepOfHighest({ lower, count }: Bucket): Kept {
    if (!this.#below && this.#value >= lower) return [count, this.#value];
    return [0, lower];
  }
}

function trimZeroBucket(h: Histogram, value: number, below: boolean, hasPositive: boolean, hasNegative: boolean): Kept {
  const lower = hasPositive && !hasNegative ? 0 : -h.zeroThreshold;
  const upper = hasNegative && !hasPositive ? 0 : h.zeroThreshold;
  const all: Kept = [h.zeroCount, (lower + upper) / 2];
  if (value <= lower) return below ? [0, 0] : all;
  if (value >= upper) return below ? all : [0, 0];
  return below
    ? [h.zeroCount * ((value - lower) / (upper - lower)), (lower + value) / 2]
    : [h.zeroCount * ((upper - value) / (upper - lower)), (value + upper) / 2];
}

function middleOf(lower: number, upper: number, positive: boolean, linear: boolean): number {
  if (!Number.isFinite(lower)) {
    if (!Number.isFinite(upper)) return 0;
    return upper > 0 ? upper / 2 : upper;
  }
  if (!Number.isFinite(upper)) return lower;
  if (linear) return (lower + upper) / 2;
  const mean = Math.sqrt(Math.abs(lower * upper));
  return positive ? mean : -mean;
}
