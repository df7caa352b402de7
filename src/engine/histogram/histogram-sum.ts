/** A sum of many histograms by Kahan's summation: every bucket has its compensation. */
import { KahanSum, kahanAdd } from "../number/kahan.ts";
import { addWithin, combinedHint, commonBounds, leading, sameIndexes } from "./add.ts";
import { coarserIndex, exponentialBound } from "./buckets.ts";
import { type Buckets, divide, type Histogram, hasCustomBuckets, sameBounds, scale } from "./histogram.ts";
import { type Compensation, widenedZeroBucket } from "./zero-bucket.ts";

/** A histogram with what rounding took from it. */
export interface HistogramSum {
  readonly histogram: Histogram;
  readonly compensation: Compensation | undefined;
  /** The last addition met different custom bounds. */
  readonly reconciled: boolean;
}

/** The sum of one. */
export function sumOf(histogram: Histogram): HistogramSum {
  return { histogram, compensation: undefined, reconciled: false };
}

/** The sum with one more, or `undefined` where exponential and custom buckets meet. */
export function plus({ histogram: h, compensation }: HistogramSum, other: Histogram): HistogramSum | undefined {
  if (hasCustomBuckets(h) !== hasCustomBuckets(other)) return undefined;
  const { hint } = combinedHint(h.hint, other.hint);
  const c = compensation ?? noCompensation(h);
  const count = new KahanSum(h.count, c.count);
  count.add(other.count);
  const sum = new KahanSum(h.sum, c.sum);
  sum.add(other.sum);
  const totals = { hint, count: count.sum, sum: sum.sum };
  const rest = { count: count.compensation, sum: sum.compensation };
  if (hasCustomBuckets(h)) return plusCustom(h, c, other, totals, rest);

  const zero = reconcileZeroBuckets(h, c, other);
  const zeroCount = new KahanSum(zero.h.zeroCount, zero.c.zeroCount);
  zeroCount.add(zero.otherZeroCount);
  zeroCount.add(zero.otherCompensation);
  const schema = Math.min(h.schema, other.schema);
  const side = (mine: Buckets, compensations: readonly number[], theirs: Buckets) =>
    merge(
      reduce({ buckets: mine, compensations }, h.schema, schema),
      reduce({ buckets: theirs, compensations: undefined }, other.schema, schema),
      leading(theirs, other.schema, schema, zero.h.zeroThreshold),
    );
  const positive = side(zero.h.positive, zero.c.positive, other.positive);
  const negative = side(zero.h.negative, zero.c.negative, other.negative);
  return {
    histogram: {
      ...zero.h,
      ...totals,
      schema,
      zeroCount: zeroCount.sum,
      positive: positive.buckets,
      negative: negative.buckets,
    },
    compensation: {
      ...rest,
      zeroCount: zeroCount.compensation,
      positive: positive.compensations ?? [],
      negative: negative.compensations ?? [],
    },
    reconciled: false,
  };
}

/** The histogram with its compensation put back. */
export function total({ histogram: h, compensation: c }: HistogramSum): Histogram {
  if (c === undefined) return h;
  const addTo = (buckets: Buckets, rest: readonly number[]): Buckets => ({
    indexes: buckets.indexes,
    counts: buckets.counts.map((count, i) => count + (rest[i] as number)),
  });
  return {
    ...h,
    zeroCount: h.zeroCount + c.zeroCount,
    count: h.count + c.count,
    sum: h.sum + c.sum,
    positive: addTo(h.positive, c.positive),
    negative: addTo(h.negative, c.negative),
  };
}

/** The sum and its compensation, both divided. */
export function dividedBy({ histogram, compensation, reconciled }: HistogramSum, divisor: number): HistogramSum {
  return {
    histogram: divide(histogram, divisor),
    compensation: compensation && mapCompensation(compensation, (value) => value / divisor),
    reconciled,
  };
}

/** The sum and its compensation, both multiplied. */
export function times({ histogram, compensation, reconciled }: HistogramSum, factor: number): HistogramSum {
  return {
    histogram: scale(histogram, factor),
    compensation: compensation && mapCompensation(compensation, (value) => value * factor),
    reconciled,
  };
}

interface Side {
  readonly buckets: Buckets;
  readonly compensations: readonly number[] | undefined;
}

function plusCustom(
  h: Histogram,
  c: Compensation,
  other: Histogram,
  totals: Pick<Histogram, "hint" | "count" | "sum">,
  rest: Pick<Compensation, "count" | "sum">,
): HistogramSum {
  const reconciled = !sameBounds(h.bounds, other.bounds);
  const bounds = reconciled ? commonBounds(h.bounds, other.bounds) : h.bounds;
  const { buckets, compensations } = reconciled
    ? addWithin(bounds, h, c.positive, other, 1)
    : merge(
        { buckets: h.positive, compensations: c.positive },
        { buckets: other.positive, compensations: undefined },
        0,
      );
  return {
    histogram: { ...h, ...totals, bounds, positive: buckets },
    compensation: { ...rest, zeroCount: 0, positive: compensations ?? [], negative: [] },
    reconciled,
  };
}

function noCompensation({ positive, negative }: Histogram): Compensation {
  const zeros = ({ counts }: Buckets) => new Array<number>(counts.length).fill(0);
  return { zeroCount: 0, count: 0, sum: 0, positive: zeros(positive), negative: zeros(negative) };
}

function mapCompensation(c: Compensation, change: (value: number) => number): Compensation {
  return {
    zeroCount: change(c.zeroCount),
    count: change(c.count),
    sum: change(c.sum),
    positive: c.positive.map(change),
    negative: c.negative.map(change),
  };
}

function reconcileZeroBuckets(histogram: Histogram, compensation: Compensation, other: Histogram) {
  let h = histogram;
  let c = compensation;
  let threshold = other.zeroThreshold;
  let otherZeroCount = other.zeroCount;
  let otherCompensation = 0;
  while (threshold !== h.zeroThreshold) {
    if (h.zeroThreshold > threshold) {
      const widened = widenedZeroBucket(other, h.zeroThreshold);
      threshold = widened.threshold;
      otherZeroCount = widened.zeroCount;
      otherCompensation = widened.compensation;
    }
    if (threshold > h.zeroThreshold) {
      const widened = widenedZeroBucket(h, threshold, c);
      const positive = outside({ buckets: h.positive, compensations: c.positive }, h.schema, widened.threshold);
      const negative = outside({ buckets: h.negative, compensations: c.negative }, h.schema, widened.threshold);
      h = {
        ...h,
        zeroThreshold: widened.threshold,
        zeroCount: widened.zeroCount,
        positive: positive.buckets,
        negative: negative.buckets,
      };
      c = {
        ...c,
        zeroCount: widened.compensation,
        positive: positive.compensations ?? [],
        negative: negative.compensations ?? [],
      };
    }
  }
  return { h, c, otherZeroCount, otherCompensation };
}

/** What does not lie within the zero bucket and is not empty. */
function outside({ buckets, compensations }: Side, schema: number, threshold: number): Side {
  const kept = buckets.indexes
    .map((_, i) => i)
    .filter(
      (i) =>
        exponentialBound((buckets.indexes[i] as number) - 1, schema) >= threshold &&
        (buckets.counts[i] !== 0 || compensations?.[i] !== 0),
    );
  return {
    buckets: {
      indexes: kept.map((i) => buckets.indexes[i] as number),
      counts: kept.map((i) => buckets.counts[i] as number),
    },
    compensations: compensations && kept.map((i) => compensations[i] as number),
  };
}

/** Both at a coarser schema, with what rounding takes on the way. */
function reduce(side: Side, from: number, to: number): Side {
  const { buckets, compensations = new Array<number>(buckets.counts.length).fill(0) } = side;
  if (from === to) return side;
  const indexes: number[] = [];
  const counts: number[] = [];
  const rest: number[] = [];
  for (let i = 0; i < buckets.counts.length; i++) {
    const index = coarserIndex(buckets.indexes[i] as number, from, to);
    const last = indexes.length - 1;
    if (indexes[last] === index) {
      kahanAdd(counts, rest, last, buckets.counts[i] as number);
      kahanAdd(counts, rest, last, compensations[i] as number);
    } else {
      indexes.push(index);
      counts.push(buckets.counts[i] as number);
      rest.push(compensations[i] as number);
    }
  }
  return { buckets: { indexes, counts }, compensations: rest };
}

/** The buckets of `a` with those of `b` from `start` on added. */
function merge(a: Side, b: Side, start: number): Side {
  const mine = a.buckets;
  const theirs = b.buckets;
  const same = start === 0 && sameIndexes(mine, theirs);
  const indexes = same ? mine.indexes : union(mine.indexes, theirs.indexes, start);
  const counts: number[] = [];
  const rest: number[] = [];
  let i = 0;
  let j = start;
  for (let k = 0; k < indexes.length; k++) {
    const index = indexes[k];
    const inMine = mine.indexes[i] === index;
    const inTheirs = theirs.indexes[j] === index;
    const count = theirs.counts[j] as number;
    const compensation = b.compensations?.[j] ?? 0;
    if (inMine) {
      counts.push(mine.counts[i] as number);
      rest.push(a.compensations?.[i] ?? 0);
      if (inTheirs) {
        kahanAdd(counts, rest, k, count);
        if (compensation !== 0) kahanAdd(counts, rest, k, compensation);
      }
    } else {
      counts.push(count);
      rest.push(compensation);
    }
    if (inMine) i++;
    if (inTheirs) j++;
  }
  return { buckets: { indexes, counts }, compensations: rest };
}

function union(a: readonly number[], b: readonly number[], start: number): number[] {
  const result: number[] = [];
  let i = 0;
  let j = start;
  while (i < a.length || j < b.length) {
    const mine = a[i] ?? Number.POSITIVE_INFINITY;
    const other = b[j] ?? Number.POSITIVE_INFINITY;
    result.push(Math.min(mine, other));
    if (mine <= other) i++;
    if (other <= mine) j++;
  }
  return result;
}
