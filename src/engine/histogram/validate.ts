/**
 * What storage refuses of native histograms.
 * https://github.com/prometheus/prometheus/blob/main/model/histogram/float_histogram.go, Validate
 */
import { type Buckets, type Histogram, hasCustomBuckets } from "./histogram.ts";

const LOWEST_SCHEMA = -4;
const HIGHEST_SCHEMA = 8;

/** Why a histogram cannot be stored, or `undefined` where it can. */
export function histogramMistake(h: Histogram): string | undefined {
  return (
    (hasCustomBuckets(h) ? customMistake(h) : exponentialMistake(h)) ??
    (h.count < 0 ? `observation count is ${h.count}: histogram's observation count is negative` : undefined) ??
    countMistake("positive side: ", h.positive)
  );
}

function exponentialMistake({ schema, negative, zeroCount, bounds }: Histogram): string | undefined {
  if (schema < LOWEST_SCHEMA || schema > HIGHEST_SCHEMA)
    return `histogram has an invalid schema, which must be between -4 and 8 for exponential buckets, or -53 for custom buckets, got schema ${schema}`;
  const mistake = countMistake("negative side: ", negative);
  if (mistake !== undefined) return mistake;
  if (zeroCount < 0) return `zero bucket has observation count of ${zeroCount}: ${NEGATIVE_COUNT}`;
  return bounds.length > 0 ? "histogram with exponential schema must not have custom bounds" : undefined;
}

function customMistake({ bounds, positive, negative, zeroCount, zeroThreshold }: Histogram): string | undefined {
  if (bounds.some(Number.isNaN)) return "custom buckets: histogram custom bounds must not be NaN";
  if (bounds.some((bound, i) => i > 0 && bound <= (bounds[i - 1] as number)))
    return "custom buckets: histogram custom bounds must be in strictly increasing order";
  if (bounds.at(-1) === Number.POSITIVE_INFINITY)
    return "custom buckets: histogram custom bounds must be finite: last +Inf bound must not be explicitly defined";
  const { indexes } = positive;
  if ((indexes[0] ?? 0) < 0) return "custom buckets: histogram has a span whose offset is negative";
  if ((indexes.at(-1) ?? 0) > bounds.length)
    return `custom buckets: only ${bounds.length} custom bounds defined which is insufficient to cover total span length of ${(indexes.at(-1) as number) + 1}`;
  if (zeroCount !== 0) return "custom buckets: must have zero count of 0";
  if (zeroThreshold !== 0) return "custom buckets: must have zero threshold of 0";
  return negative.counts.length > 0 ? "custom buckets: must not have negative buckets" : undefined;
}

const NEGATIVE_COUNT = "histogram has a bucket whose observation count is negative";

function countMistake(side: string, { counts }: Buckets): string | undefined {
  const at = counts.findIndex((count) => count < 0);
  if (at === -1) return undefined;
  return `${side}bucket number ${at + 1} has observation count of ${counts[at]}: ${NEGATIVE_COUNT}`;
}
