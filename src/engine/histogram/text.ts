/** Native histograms as text: the way Prometheus shows them, and the way series notation writes them. */
import { formatShortest } from "../../promql/print/number.ts";
import { type Bucket, negativeBuckets, positiveBuckets } from "./buckets.ts";
import { type Buckets, compact, type Histogram, hasCustomBuckets } from "./histogram.ts";

/** `{count:3, sum:4, (1,2]:3}`: what `count_values` writes into its label. */
export function histogramText(h: Histogram): string {
  const custom = hasCustomBuckets(h);
  const parts = [`count:${formatShortest(h.count)}`, `sum:${formatShortest(h.sum)}`];
  const show = ({ lower, upper, count }: Bucket, includeLower: boolean, includeUpper: boolean) => {
    const open = includeLower ? "[" : "(";
    const close = includeUpper ? "]" : ")";
    parts.push(`${open}${formatShortest(lower)},${formatShortest(upper)}${close}:${formatShortest(count)}`);
  };
  for (const bucket of negativeBuckets(h).reverse()) if (bucket.count !== 0) show(bucket, true, bucket.upper > 0);
  if (h.zeroCount !== 0) show({ lower: -h.zeroThreshold, upper: h.zeroThreshold, count: h.zeroCount }, true, true);
  positiveBuckets(h).forEach((bucket, i) => {
    if (bucket.count === 0) return;
    if (custom) show(bucket, h.positive.indexes[i] === 0, true);
    else show(bucket, bucket.lower < 0, bucket.upper > 0);
  });
  return `{${parts.join(", ")}}`;
}

/** `{{schema:1 count:3 sum:4 buckets:[1 2]}}`, as it stands in series notation. */
export function histogramNotation(histogram: Histogram): string {
  const h = compact(histogram);
  const parts: string[] = [];
  const number = (key: string, value: number) => {
    if (value !== 0) parts.push(`${key}:${formatShortest(value)}`);
  };
  number("schema", h.schema);
  number("count", h.count);
  number("sum", h.sum);
  number("z_bucket", h.zeroCount);
  number("z_bucket_w", h.zeroThreshold);
  if (hasCustomBuckets(h)) parts.push(`custom_values:[${h.bounds.map(formatShortest).join(" ")}]`);
  if (h.hint !== "unknown") parts.push(`counter_reset_hint:${h.hint}`);
  const side = (offset: string, buckets: string, { indexes, counts }: Buckets, full: Buckets) => {
    const [first] = full.indexes;
    if (first === undefined) return;
    number(offset, first);
    const last = full.indexes[full.indexes.length - 1] as number;
    // Notation has no gaps: what lies between is written as zero.
    const dense = new Array<number>(last - first + 1).fill(0);
    indexes.forEach((index, i) => {
      if (index >= first && index <= last) dense[index - first] = counts[i] as number;
    });
    parts.push(`${buckets}:[${dense.map(formatShortest).join(" ")}]`);
  };
  side("offset", "buckets", histogram.positive, h.positive);
  side("n_offset", "n_buckets", histogram.negative, h.negative);
  return `{{${parts.join(" ")}}}`;
}
