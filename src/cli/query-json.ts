/** Query results as Prometheus's HTTP API has them. https://prometheus.io/docs/prometheus/latest/querying/api/ */
import { allBuckets } from "../engine/histogram/buckets.ts";
import { type Histogram, hasCustomBuckets } from "../engine/histogram/histogram.ts";
import type { InstantResult, MatrixSeries } from "../engine/result.ts";
import { numberText } from "./query-text.ts";

/** The field `data` of a response, with the warnings and infos beside it. */
export function queryJson(result: InstantResult, timeMs: number): string {
  const { type, warnings, infos } = result;
  const response = {
    status: "success",
    data: { resultType: type, result: resultJson(result, timeMs) },
    ...(warnings.length > 0 && { warnings }),
    ...(infos.length > 0 && { infos }),
  };
  return `${JSON.stringify(response, undefined, 2)}\n`;
}

function resultJson(result: InstantResult, timeMs: number): unknown {
  switch (result.type) {
    case "scalar":
      return [timeMs / 1000, numberText(result.value)];
    case "string":
      return [timeMs / 1000, result.value];
    case "vector":
      return result.samples.map(({ labels, value }) =>
        typeof value === "number"
          ? { metric: labels, value: [timeMs / 1000, numberText(value)] }
          : { metric: labels, histogram: [timeMs / 1000, histogramJson(value)] },
      );
    case "matrix":
      return result.series.map(seriesJson);
  }
}

function seriesJson({ labels, timesMs, values, histograms }: MatrixSeries): unknown {
  const floats: unknown[] = [];
  const natives: unknown[] = [];
  for (const [i, time] of timesMs.entries()) {
    const histogram = histograms?.[i];
    if (histogram === undefined) floats.push([time / 1000, numberText(values[i] as number)]);
    else natives.push([time / 1000, histogramJson(histogram)]);
  }
  return {
    metric: labels,
    ...(floats.length > 0 && { values: floats }),
    ...(natives.length > 0 && { histograms: natives }),
  };
}

/** Buckets come with a rule about their bounds: 0 is open to the left, 1 to the right, 3 is closed. */
function histogramJson(h: Histogram): unknown {
  const custom = hasCustomBuckets(h);
  const ruleOf = (lower: number, upper: number) => {
    if (custom) return lower === Number.NEGATIVE_INFINITY ? 3 : 0;
    if (lower <= 0 && upper >= 0) return 3;
    return upper > 0 ? 0 : 1;
  };
  return {
    count: numberText(h.count),
    sum: numberText(h.sum),
    buckets: allBuckets(h)
      .filter(({ count }) => count !== 0)
      .map(({ lower, upper, count }) => [
        ruleOf(lower, upper),
        numberText(lower),
        numberText(upper),
        numberText(count),
      ]),
  };
}
