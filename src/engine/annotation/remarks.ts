/** Every remark that an evaluation can lead to. */
import type { Span } from "../../promql/ast.ts";
import { formatShortest } from "../../promql/print/number.ts";
import { quote } from "../../promql/quote.ts";
import { formatRounded } from "../number/format.ts";
import type { Annotation, AnnotationDetails } from "./annotation.ts";

/** What was done to histograms when something about them came up. */
export type HistogramOperation = "addition" | "subtraction" | "aggregation";

const HISTOGRAM_QUANTILE_DOCS = "https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile";

export function invalidQuantile(q: number, span: Span): Annotation {
  return warning(`quantile value should be between 0 and 1, got ${formatShortest(q)}`, span);
}

export function invalidRatio(ratio: number, capped: number, span: Span): Annotation {
  return warning(
    `ratio value should be between -1 and 1, got ${formatShortest(ratio)}, capping to ${formatShortest(capped)}`,
    span,
  );
}

export function badBucketLabel(metric: string, le: string, span: Span): Annotation {
  return warning(`bucket label "le" is missing or has a malformed value of ${quote(le)}${forMetric(metric)}`, span);
}

export function mixedFloatsHistograms(metric: string, span: Span): Annotation {
  return warning(`encountered a mix of histograms and floats for metric name ${quote(metric)}`, span);
}

export function mixedFloatsHistogramsInAggregation(span: Span): Annotation {
  return warning("encountered a mix of histograms and floats for aggregation", span);
}

export function mixedClassicNativeHistograms(metric: string, span: Span): Annotation {
  return warning(`vector contains a mix of classic and native histograms${forMetric(metric)}`, span);
}

export function nativeHistogramNotCounter(metric: string, span: Span): Annotation {
  return warning(`this native histogram metric is not a counter: ${quote(metric)}`, span);
}

export function nativeHistogramNotGauge(metric: string, span: Span): Annotation {
  return warning(`this native histogram metric is not a gauge: ${quote(metric)}`, span);
}

export function mixedExponentialCustomHistograms(metric: string, span: Span): Annotation {
  return warning(
    `vector contains a mix of histograms with exponential and custom buckets schemas for metric name ${quote(metric)}`,
    span,
  );
}

export function incompatibleBucketLayout(operator: string, span: Span): Annotation {
  return warning(`incompatible bucket layout encountered for binary operator ${operator}`, span);
}

export function sortInRangeQuery(span: Span): Annotation {
  return warning("sort is ineffective for range queries since results are always ordered by labels", span);
}

export function counterResetCollision(operation: HistogramOperation, span: Span): Annotation {
  return warning(`conflicting counter resets during histogram ${operation}`, span);
}

export function startTimeOverlap(metric: string, span: Span): Annotation {
  const text = `sample has start time that overlaps with previous sample timestamp for metric ${quote(metric)}`;
  return { ...warning(text, span), details: new Occurrences(1) };
}

export function possibleNonCounter(metric: string, span: Span): Annotation {
  return info(`metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${quote(metric)}`, span);
}

export function possibleNonCounterByType(metric: string, type: string, span: Span): Annotation {
  return info(
    `metric might not be a counter, __type__ label is not set to "counter" or "histogram", got ${quote(type)}: ${quote(metric)}`,
    span,
  );
}

export function incompatibleTypes(left: string, operator: string, right: string, span: Span): Annotation {
  return info(
    `incompatible sample types encountered for binary operator "${operator}": ${left} ${operator} ${right}`,
    span,
  );
}

export function histogramIgnored(aggregation: string, span: Span): Annotation {
  return info(`ignored histogram in ${aggregation} aggregation`, span);
}

export function histogramIgnoredInMixedRange(metric: string, span: Span): Annotation {
  return info(
    `ignored histograms in a range containing both floats and histograms for metric name ${quote(metric)}`,
    span,
  );
}

export function quantileIsNan(metric: string, span: Span): Annotation {
  return info(`input to histogram_quantile has NaN observations, result is NaN${forMetric(metric)}`, span);
}

export function quantileSkewedByNan(metric: string, span: Span): Annotation {
  return info(`input to histogram_quantile has NaN observations, result is skewed higher${forMetric(metric)}`, span);
}

export function fractionExcludesNan(metric: string, span: Span): Annotation {
  return info(
    `input to histogram_fraction has NaN observations, which are excluded from all fractions${forMetric(metric)}`,
    span,
  );
}

export function mismatchedCustomBuckets(operation: HistogramOperation, span: Span): Annotation {
  return info(`mismatched custom buckets were reconciled during ${operation}`, span);
}

export function forcedMonotonicity(metric: string, span: Span, details: ForcedMonotonicityDetails): Annotation {
  return {
    ...info(
      `input to histogram_quantile needed to be fixed for monotonicity (see ${HISTOGRAM_QUANTILE_DOCS})${forMetric(metric)}`,
      span,
    ),
    details,
  };
}

/** How often, when and by how much classic buckets had to be corrected. */
export class ForcedMonotonicityDetails implements AnnotationDetails {
  readonly from: number;
  readonly to: number;
  readonly minBucket: number;
  readonly maxBucket: number;
  readonly maxDiff: number;
  /** Wraps around as Prometheus's counter does, which counts some occurrences twice at every step. */
  readonly count: bigint;

  constructor(from: number, to: number, minBucket: number, maxBucket: number, maxDiff: number, count = 0n) {
    this.from = from;
    this.to = to;
    this.minBucket = minBucket;
    this.maxBucket = maxBucket;
    this.maxDiff = maxDiff;
    this.count = count;
  }

  get text(): string {
    const buckets = `from buckets ${formatShortest(this.minBucket)} to ${formatShortest(this.maxBucket)}`;
    const period = `from ${instant(this.from)} to ${instant(this.to)}`;
    const samples = BigInt.asIntN(64, this.count + 1n);
    return `, ${buckets}, with a max diff of ${formatRounded(this.maxDiff, 2)}, over ${samples} samples ${period}`;
  }

  merge(earlier: AnnotationDetails): ForcedMonotonicityDetails {
    if (!(earlier instanceof ForcedMonotonicityDetails)) return this;
    return new ForcedMonotonicityDetails(
      Math.min(this.from, earlier.from),
      Math.max(this.to, earlier.to),
      Math.min(this.minBucket, earlier.minBucket),
      Math.max(this.maxBucket, earlier.maxBucket),
      Math.max(this.maxDiff, earlier.maxDiff),
      BigInt.asIntN(64, earlier.count + this.count + 1n),
    );
  }
}

class Occurrences implements AnnotationDetails {
  readonly count: number;

  constructor(count: number) {
    this.count = count;
  }

  get text(): string {
    return this.count > 1 ? ` (${this.count} occurrences)` : "";
  }

  merge(earlier: AnnotationDetails): AnnotationDetails {
    return earlier instanceof Occurrences ? new Occurrences(this.count + earlier.count) : this;
  }
}

function warning(text: string, span: Span): Annotation {
  return { level: "warning", key: `PromQL warning: ${text}`, span };
}

function info(text: string, span: Span): Annotation {
  return { level: "info", key: `PromQL info: ${text}`, span };
}

function forMetric(name: string): string {
  return name === "" ? "" : ` for metric name ${quote(name)}`;
}

function instant(ms: number): string {
  return new Date(Math.trunc(ms / 1000) * 1000).toISOString().replace(".000Z", "Z");
}
