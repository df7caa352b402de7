/** Quantiles of classic histograms, whose buckets are counters by their upper bound `le`. */
import { searchFirst } from "../number/go-math.ts";

/** Buckets by their bounds; the counts are of everything up to the bound. */
export interface ClassicBuckets {
  readonly bounds: number[];
  readonly counts: number[];
}

/** Where counts that must not fall did fall. */
export interface ForcedMonotonicity {
  readonly minBucket: number;
  readonly maxBucket: number;
  readonly maxDiff: number;
}

export interface ClassicQuantile {
  readonly value: number;
  readonly forced: ForcedMonotonicity | undefined;
}

/** Relative differences between buckets up to this are taken for rounding. */
const TOLERANCE = 1e-12;
const SMALLEST_NORMAL = 2 ** -1022;

/**
 * The value below which a share `q` of the observations lies. The buckets are put in order and corrected in place; asked
 * again, it goes on from there, and adds up buckets of the same bound once more, as Prometheus does.
 */
export function classicQuantile(q: number, buckets: ClassicBuckets): ClassicQuantile {
  if (Number.isNaN(q)) return { value: Number.NaN, forced: undefined };
  if (q < 0) return { value: Number.NEGATIVE_INFINITY, forced: undefined };
  if (q > 1) return { value: Number.POSITIVE_INFINITY, forced: undefined };
  sortByBound(buckets);
  if (buckets.bounds[buckets.bounds.length - 1] !== Number.POSITIVE_INFINITY) {
    return { value: Number.NaN, forced: undefined };
  }
  const length = coalesce(buckets);
  const forced = ensureMonotonic(buckets, length);
  return { value: interpolate(q, buckets, length), forced };
}

function interpolate(q: number, { bounds, counts }: ClassicBuckets, length: number): number {
  const last = length - 1;
  const observations = counts[last] as number;
  if (last < 1 || observations === 0) return Number.NaN;
  let rank = q * observations;
  const at = searchFirst(last, (i) => (counts[i] as number) >= rank);
  if (at === last) return bounds[last - 1] as number;
  const end = bounds[at] as number;
  if (at === 0 && end <= 0) return end;
  let count = counts[at] as number;
  let start = 0;
  if (at > 0) {
    start = bounds[at - 1] as number;
    count -= counts[at - 1] as number;
    rank -= counts[at - 1] as number;
  }
  return start + (end - start) * (rank / count);
}

/** The share of the observations between `lower` and `upper`. The buckets are put in order in place. */
export function classicFraction(lower: number, upper: number, buckets: ClassicBuckets): number {
  const { bounds, counts } = buckets;
  sortByBound(buckets);
  if (bounds[bounds.length - 1] !== Number.POSITIVE_INFINITY) return Number.NaN;
  const length = coalesce(buckets);
  const count = counts[length - 1] as number;
  if (count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return Number.NaN;
  if (lower >= upper) return 0;
  let start = (bounds[0] as number) <= 0 ? Number.NEGATIVE_INFINITY : 0;
  let rank = 0;
  let lowerRank: number | undefined;
  let upperRank: number | undefined;
  for (let i = 0; i < length && (lowerRank === undefined || upperRank === undefined); i++) {
    const end = bounds[i] as number;
    const total = counts[i] as number;
    const rankOf = (value: number): number | undefined => {
      if (start >= value) return rank;
      if (end <= value) return undefined;
      // Nothing is known of how observations spread over a bucket that has no lower bound.
      if (start === Number.NEGATIVE_INFINITY) return total;
      return rank + ((total - rank) * (value - start)) / (end - start);
    };
    lowerRank ??= rankOf(lower);
    upperRank ??= rankOf(upper);
    rank = total;
    start = end;
  }
  const from = lowerRank === undefined || lowerRank > count ? count : lowerRank;
  const to = upperRank === undefined || upperRank > count ? count : upperRank;
  return (to - from) / count;
}

/** Puts buckets in ascending order of their bounds. They mostly are, for who gathers them knows the order. */
function sortByBound({ bounds, counts }: ClassicBuckets): void {
  for (let i = 1; i < bounds.length; i++) {
    const bound = bounds[i] as number;
    if ((bounds[i - 1] as number) <= bound) continue;
    const count = counts[i] as number;
    let at = i;
    for (; at > 0 && (bounds[at - 1] as number) > bound; at--) {
      bounds[at] = bounds[at - 1] as number;
      counts[at] = counts[at - 1] as number;
    }
    bounds[at] = bound;
    counts[at] = count;
  }
}

/** Adds up buckets of the same bound, in place, and tells how many are left; what lies behind them is left as it is. */
function coalesce({ bounds, counts }: ClassicBuckets): number {
  let last = 0;
  for (let i = 1; i < bounds.length; i++) {
    if (bounds[i] === bounds[last]) counts[last] = (counts[last] as number) + (counts[i] as number);
    else {
      last++;
      bounds[last] = bounds[i] as number;
      counts[last] = counts[i] as number;
    }
  }
  return last + 1;
}

/** Lifts counts that fell to the count before them, in place; tells of it where it was more than rounding. */
function ensureMonotonic({ bounds, counts }: ClassicBuckets, length: number): ForcedMonotonicity | undefined {
  let forced = false;
  let minBucket = Number.POSITIVE_INFINITY;
  let maxBucket = Number.NEGATIVE_INFINITY;
  let maxDiff = 0;
  let before = counts[0] as number;
  for (let i = 1; i < length; i++) {
    const count = counts[i] as number;
    if (count === before) continue;
    if (almostEqual(before, count, TOLERANCE)) counts[i] = before;
    else if (count < before) {
      counts[i] = before;
      forced = true;
      minBucket = Math.min(minBucket, bounds[i] as number);
      maxBucket = Math.max(maxBucket, bounds[i] as number);
      maxDiff = Math.max(maxDiff, before - count);
    } else before = count;
  }
  return forced ? { minBucket, maxBucket, maxDiff } : undefined;
}

/** Whether two numbers differ by rounding alone; relative to their size, and all NaN are equal. */
export function almostEqual(a: number, b: number, epsilon: number): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  const sum = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || sum < SMALLEST_NORMAL) return difference < epsilon * SMALLEST_NORMAL;
  return difference / Math.min(sum, Number.MAX_VALUE) < epsilon;
}
