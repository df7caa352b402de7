/** Adding and subtracting native histograms, with schemas, zero buckets and custom bounds reconciled. */
import { kahanAdd } from "../number/kahan.ts";
import { coarser, exponentialBound } from "./buckets.ts";
import {
  type Buckets,
  compactBuckets,
  type Histogram,
  hasCustomBuckets,
  NO_BUCKETS,
  type ResetHint,
  sameBounds,
} from "./histogram.ts";
import { widenedZeroBucket } from "./zero-bucket.ts";

/** A sum or a difference, and what there is to say about it. */
export interface Sum {
  readonly histogram: Histogram;
  /** One operand says that its counter was reset, the other that it was not. */
  readonly collision: boolean;
  /** The operands' custom bounds differ, so that only the common ones are left. */
  readonly reconciled: boolean;
}

/** `a + b`, or `undefined` where one has exponential and the other custom buckets. */
export function add(a: Histogram, b: Histogram): Sum | undefined {
  return combine(a, b, 1);
}

/** `a - b`, or `undefined` where one has exponential and the other custom buckets. */
export function subtract(a: Histogram, b: Histogram): Sum | undefined {
  return combine(a, b, -1);
}

function combine(a: Histogram, b: Histogram, sign: 1 | -1): Sum | undefined {
  if (hasCustomBuckets(a) !== hasCustomBuckets(b)) return undefined;
  const { hint, collision } = combinedHint(a.hint, b.hint);
  const count = a.count + sign * b.count;
  const sum = a.sum + sign * b.sum;
  if (hasCustomBuckets(a)) {
    const reconciled = !sameBounds(a.bounds, b.bounds);
    const bounds = reconciled ? commonBounds(a.bounds, b.bounds) : a.bounds;
    const positive = reconciled
      ? addWithin(bounds, a, undefined, b, sign).buckets
      : addBuckets(a.positive, b.positive, sign, 0);
    return { histogram: { ...a, hint, count, sum, bounds, positive }, collision, reconciled };
  }
  const { h, otherZeroCount } = reconcileZeroBuckets(a, b);
  const schema = Math.min(a.schema, b.schema);
  const side = (mine: Buckets, other: Buckets) =>
    addBuckets(
      coarser(mine, h.schema, schema),
      coarser(other, b.schema, schema),
      sign,
      leading(other, b.schema, schema, h.zeroThreshold),
    );
  const histogram: Histogram = {
    hint,
    schema,
    zeroThreshold: h.zeroThreshold,
    zeroCount: h.zeroCount + sign * otherZeroCount,
    count,
    sum,
    positive: side(h.positive, b.positive),
    negative: side(h.negative, b.negative),
    bounds: a.bounds,
  };
  return { histogram, collision, reconciled: false };
}

/** The hint of a sum. Gauges win, then the unknown; a reset and none at once collide. */
export function combinedHint(a: ResetHint, b: ResetHint): { readonly hint: ResetHint; readonly collision: boolean } {
  if (a === b) return { hint: a, collision: false };
  if (a === "gauge" || b === "gauge") return { hint: "gauge", collision: false };
  return { hint: "unknown", collision: a !== "unknown" && b !== "unknown" };
}

/** Makes `a`'s zero bucket as wide as both need it, and tells what `b`'s would then hold. */
function reconcileZeroBuckets(a: Histogram, b: Histogram): { h: Histogram; otherZeroCount: number } {
  let h = a;
  let threshold = b.zeroThreshold;
  let otherZeroCount = b.zeroCount;
  while (threshold !== h.zeroThreshold) {
    if (h.zeroThreshold > threshold) {
      const widened = widenedZeroBucket(b, h.zeroThreshold);
      threshold = widened.threshold;
      otherZeroCount = widened.zeroCount;
    }
    if (threshold > h.zeroThreshold) {
      const widened = widenedZeroBucket(h, threshold);
      h = {
        ...h,
        zeroThreshold: widened.threshold,
        zeroCount: widened.zeroCount,
        positive: outside(h.positive, h.schema, widened.threshold),
        negative: outside(h.negative, h.schema, widened.threshold),
      };
    }
  }
  return { h, otherZeroCount };
}

/** The populated buckets that do not lie within the zero bucket. */
function outside(buckets: Buckets, schema: number, threshold: number): Buckets {
  let first = 0;
  while (
    first < buckets.indexes.length &&
    exponentialBound((buckets.indexes[first] as number) - 1, schema) < threshold
  ) {
    first++;
  }
  return compactBuckets({ indexes: buckets.indexes.slice(first), counts: buckets.counts.slice(first) });
}

/** How many buckets of the other histogram, at the common schema, lie within the zero bucket and are counted there. */
export function leading(buckets: Buckets, from: number, schema: number, threshold: number): number {
  if (threshold === 0) return 0;
  const { indexes } = coarser(buckets, from, schema);
  let count = 0;
  while (count < indexes.length && exponentialBound(indexes[count] as number, schema) <= threshold) count++;
  return count;
}

/** The buckets of `a` with those of `b` from `start` on added or subtracted. */
function addBuckets(a: Buckets, b: Buckets, sign: 1 | -1, start: number): Buckets {
  if (b.counts.length === start) return a;
  if (start === 0 && sameIndexes(a, b)) {
    return { indexes: a.indexes, counts: a.counts.map((count, i) => count + sign * (b.counts[i] as number)) };
  }
  const indexes: number[] = [];
  const counts: number[] = [];
  let i = 0;
  let j = start;
  while (i < a.indexes.length || j < b.indexes.length) {
    const mine = a.indexes[i] ?? Number.POSITIVE_INFINITY;
    const other = b.indexes[j] ?? Number.POSITIVE_INFINITY;
    indexes.push(Math.min(mine, other));
    if (mine < other) counts.push(a.counts[i++] as number);
    else if (mine > other) counts.push(sign * (b.counts[j++] as number));
    else counts.push((a.counts[i++] as number) + sign * (b.counts[j++] as number));
  }
  return { indexes, counts };
}

export function sameIndexes(a: Buckets, b: Buckets): boolean {
  if (a.indexes === b.indexes) return true;
  if (a.indexes.length !== b.indexes.length) return false;
  for (let i = 0; i < a.indexes.length; i++) if (a.indexes[i] !== b.indexes[i]) return false;
  return true;
}

/** The bounds that stand in both, which are sorted. */
export function commonBounds(a: readonly number[], b: readonly number[]): readonly number[] {
  const known = new Set(b);
  return a.filter((bound) => known.has(bound));
}

/** Both histograms' custom buckets, put into buckets of the common bounds. Empty ones are left out. */
export function addWithin(
  bounds: readonly number[],
  a: Histogram,
  compensations: readonly number[] | undefined,
  b: Histogram,
  sign: 1 | -1,
): { readonly buckets: Buckets; readonly compensations: number[] } {
  const counts = new Array<number>(bounds.length + 1).fill(0);
  const rest = new Array<number>(bounds.length + 1).fill(0);
  const put = (h: Histogram, factor: 1 | -1, extra: readonly number[] | undefined) => {
    let target = 0;
    for (let i = 0; i < h.positive.indexes.length; i++) {
      const upper = h.bounds[h.positive.indexes[i] as number] ?? Number.POSITIVE_INFINITY;
      while (target < bounds.length && (bounds[target] as number) < upper) target++;
      kahanAdd(counts, rest, target, factor * (h.positive.counts[i] as number));
      if (extra !== undefined) kahanAdd(counts, rest, target, extra[i] as number);
    }
  };
  put(a, 1, compensations);
  put(b, sign, undefined);
  const indexes = counts.map((_, i) => i).filter((i) => counts[i] !== 0 || rest[i] !== 0);
  if (indexes.length === 0) return { buckets: NO_BUCKETS, compensations: [] };
  return {
    buckets: { indexes, counts: indexes.map((i) => counts[i] as number) },
    compensations: indexes.map((i) => rest[i] as number),
  };
}
