/**
 * Classic histograms turned into native ones with custom buckets.
 * https://github.com/prometheus/prometheus/blob/main/util/convertnhcb/convertnhcb.go
 */
import { type LabelSet, METRIC_NAME } from "../../label/label-set.ts";
import { type Buckets, CUSTOM_BUCKETS, compactBuckets, type Histogram, histogram } from "../histogram/histogram.ts";

/** Which part of a classic histogram a series is, and which histogram. */
export interface ClassicPart {
  readonly part: "bucket" | "count" | "sum";
  /** The labels of the histogram. */
  readonly labels: LabelSet;
  /** The upper bound of a bucket. */
  readonly bound: number | undefined;
}

/** The part that a series is by its name, or `undefined` where it is none. */
export function classicPart(labels: LabelSet): ClassicPart | undefined {
  const [, name, part] = /^(.*)_(bucket|count|sum)$/s.exec(labels[METRIC_NAME] ?? "") ?? [];
  if (name === undefined) return undefined;
  const { le, ...rest } = labels;
  const base = { ...rest, [METRIC_NAME]: name };
  if (part !== "bucket") return { part: part as "count" | "sum", labels: base, bound: undefined };
  const bound = /^\+?Inf$/i.test(le ?? "") ? Number.POSITIVE_INFINITY : Number(le || Number.NaN);
  return Number.isNaN(bound) ? undefined : { part, labels: base, bound };
}

/** One classic histogram at one time, put together from its parts. */
export class ClassicHistogram {
  readonly #buckets = new Map<number, number>();
  #count: number | undefined;
  #sum = 0;

  set({ part, bound }: ClassicPart, value: number): void {
    if (part === "sum") this.#sum = value;
    else if (part === "count") this.#count = value;
    else if (bound !== undefined && !this.#buckets.has(bound)) this.#buckets.set(bound, value);
  }

  /** The native histogram, or a text that says why there can be none. */
  convert(): Histogram | string {
    const buckets = [...this.#buckets].sort(([a], [b]) => a - b);
    const count = this.#count ?? buckets[buckets.length - 1]?.[1] ?? 0;
    if (buckets[buckets.length - 1]?.[0] !== Number.POSITIVE_INFINITY) buckets.push([Number.POSITIVE_INFINITY, count]);
    let before = 0;
    const counts: number[] = [];
    for (const [, upTo] of buckets) {
      if (upTo < before) return `count is not cumulative: ${upTo} < ${before}`;
      counts.push(upTo - before);
      before = upTo;
    }
    if (count !== before) return `count mismatch: count=${count} != le=+Inf count=${before}`;
    const whole = Number.isInteger(count) && buckets.every(([, upTo]) => Number.isInteger(upTo));
    const all = { indexes: counts.map((_, i) => i), counts };
    return histogram({
      schema: CUSTOM_BUCKETS,
      count,
      sum: this.#sum,
      positive: whole ? withoutWideGaps(all) : compactBuckets(all),
      bounds: buckets.slice(0, -1).map(([bound]) => bound),
    });
  }
}

/** Without empty buckets, except up to two between others. */
function withoutWideGaps({ indexes, counts }: Buckets): Buckets {
  const kept: number[] = [];
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] === 0) continue;
    const last = kept[kept.length - 1];
    if (last !== undefined && i - last <= 3) for (let gap = last + 1; gap < i; gap++) kept.push(gap);
    kept.push(i);
  }
  return { indexes: kept.map((i) => indexes[i] as number), counts: kept.map((i) => counts[i] as number) };
}
