/**
 * Native histograms, exponential or with custom buckets, as PromQL computes with them: counts are floats.
 * https://prometheus.io/docs/specs/native_histograms/
 *
 * A histogram never changes once made; arithmetic makes new ones. Buckets are kept by index rather than in spans, which are
 * but a way to write indexes down.
 */

/** What is known about a histogram beside the one before it: whether the counter was reset, or that it is a gauge. */
export type ResetHint = "unknown" | "reset" | "not_reset" | "gauge";

/** Buckets of one side, in ascending order of their index. A bucket may be there and empty. */
export interface Buckets {
  readonly indexes: readonly number[];
  readonly counts: readonly number[];
}

/** A native histogram, as a sample of a series. */
export interface Histogram {
  readonly hint: ResetHint;
  /** The resolution, -4 to 8; a bucket bound to the next is as 1 to 2^(2^-schema). Or `CUSTOM_BUCKETS`. */
  readonly schema: number;
  readonly zeroThreshold: number;
  readonly zeroCount: number;
  readonly count: number;
  readonly sum: number;
  readonly positive: Buckets;
  readonly negative: Buckets;
  /** The upper bounds of custom buckets, all but the last, which is +Inf. Empty for exponential ones. */
  readonly bounds: readonly number[];
}

/** The schema that stands for custom buckets. */
export const CUSTOM_BUCKETS = -53;

export const NO_BUCKETS: Buckets = Object.freeze({ indexes: Object.freeze([]), counts: Object.freeze([]) });
const NO_BOUNDS: readonly number[] = Object.freeze([]);

/** A histogram of the given parts; what is not given is zero or empty. */
export function histogram(parts: Partial<Histogram>): Histogram {
  return {
    hint: parts.hint ?? "unknown",
    schema: parts.schema ?? 0,
    zeroThreshold: parts.zeroThreshold ?? 0,
    zeroCount: parts.zeroCount ?? 0,
    count: parts.count ?? 0,
    sum: parts.sum ?? 0,
    positive: parts.positive ?? NO_BUCKETS,
    negative: parts.negative ?? NO_BUCKETS,
    bounds: parts.bounds ?? NO_BOUNDS,
  };
}

export function hasCustomBuckets({ schema }: Histogram): boolean {
  return schema === CUSTOM_BUCKETS;
}

export function withHint(h: Histogram, hint: ResetHint): Histogram {
  return h.hint === hint ? h : { ...h, hint };
}

/** Whether two sets of custom bounds are the same. */
export function sameBounds(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Buckets of consecutive indexes from `first` on. */
export function bucketsFrom(first: number, counts: readonly number[]): Buckets {
  return counts.length === 0 ? NO_BUCKETS : { indexes: counts.map((_, i) => first + i), counts };
}

/** Whether two histograms are the same to the last bit, as `==` in PromQL asks; the hint does not count. */
export function equalHistograms(a: Histogram, b: Histogram): boolean {
  if (a === b) return true;
  return (
    a.schema === b.schema &&
    Object.is(a.count, b.count) &&
    Object.is(a.sum, b.sum) &&
    a.zeroThreshold === b.zeroThreshold &&
    Object.is(a.zeroCount, b.zeroCount) &&
    (!hasCustomBuckets(a) || sameBounds(a.bounds, b.bounds)) &&
    equalBuckets(a.negative, b.negative) &&
    equalBuckets(a.positive, b.positive)
  );
}

function equalBuckets(a: Buckets, b: Buckets): boolean {
  if (a.counts.length !== b.counts.length) return false;
  for (let i = 0; i < a.counts.length; i++) {
    if (a.indexes[i] !== b.indexes[i] || !Object.is(a.counts[i], b.counts[i])) return false;
  }
  return true;
}

/** Without its empty buckets. */
export function compact(h: Histogram): Histogram {
  const positive = compactBuckets(h.positive);
  const negative = compactBuckets(h.negative);
  return positive === h.positive && negative === h.negative ? h : { ...h, positive, negative };
}

/** Without the empty ones. */
export function compactBuckets(buckets: Buckets): Buckets {
  const { indexes, counts } = buckets;
  if (!counts.includes(0)) return buckets;
  const full = indexes.filter((_, i) => counts[i] !== 0);
  return { indexes: full, counts: counts.filter((count) => count !== 0) };
}

/** Every count and the sum times `factor`. */
export function scale(h: Histogram, factor: number): Histogram {
  return mapCounts(h, factor < 0, (count) => count * factor);
}

/** Every count and the sum divided; dividing by zero leaves no buckets. */
export function divide(h: Histogram, divisor: number): Histogram {
  const result = mapCounts(h, divisor < 0, (count) => count / divisor);
  return divisor === 0 ? { ...result, positive: NO_BUCKETS, negative: NO_BUCKETS } : result;
}

function mapCounts(h: Histogram, gauge: boolean, change: (count: number) => number): Histogram {
  return {
    hint: gauge ? "gauge" : h.hint,
    schema: h.schema,
    zeroThreshold: h.zeroThreshold,
    zeroCount: change(h.zeroCount),
    count: change(h.count),
    sum: change(h.sum),
    positive: { indexes: h.positive.indexes, counts: h.positive.counts.map(change) },
    negative: { indexes: h.negative.indexes, counts: h.negative.counts.map(change) },
    bounds: h.bounds,
  };
}

/** Whether any part of the histogram is infinite. */
export function hasOverflow(h: Histogram): boolean {
  const infinite = (value: number) => value === Infinity || value === -Infinity;
  return (
    infinite(h.zeroCount) ||
    infinite(h.count) ||
    infinite(h.sum) ||
    h.positive.counts.some(infinite) ||
    h.negative.counts.some(infinite) ||
    h.bounds.some(infinite)
  );
}
