/** Classic histograms: how observations spread over buckets with fixed bounds. https://prometheus.io/docs/practices/histograms/ */
import { z } from "zod";
import type { Matcher } from "../../label/matcher.ts";
import { quoteRegex } from "../../label/regex.ts";
import type { VectorSelector } from "../../promql/ast.ts";
import type { DurationText } from "../../quantity/duration.ts";
import { call, matrix, narrowed, renamed, shifted } from "../../vector/build.ts";
import { Distribution } from "../../vector/distribution.ts";
import type { Labels, NoLabels, SeriesLabel } from "../labels.ts";
import { Counter } from "./counter.ts";
import { type Matchers, toMatchers } from "./matchers.ts";
import {
  type AsIs,
  defineMetric,
  type Metric,
  type MetricDefinition,
  type MetricSpec,
  metricFields,
  selectorOf,
} from "./metric.ts";

/** What a classic histogram is made of: a metric with the bounds of its buckets. */
export interface HistogramSpec<D extends Labels, B extends number> extends MetricSpec<D> {
  /** The buckets' upper bounds, rising, without +Inf, in the metric's unit. */
  readonly buckets: readonly B[];
}

/** A histogram with the bucket bounds `B`. */
export class Histogram<in out D extends Labels, in out B extends number> implements Metric<D> {
  declare readonly "~labels": (labels: D) => D;
  readonly definition: MetricDefinition<HistogramSpec<Labels, number>>;
  readonly selector: VectorSelector;

  constructor(
    definition: MetricDefinition<HistogramSpec<Labels, number>>,
    selector: VectorSelector = selectorOf(definition),
  ) {
    this.definition = definition;
    this.selector = selector;
  }

  /** Keeps the series whose labels match. */
  where(wanted: Matchers<D>): Histogram<D, B> {
    return new Histogram(this.definition, narrowed(this.selector, toMatchers(wanted)));
  }

  /** Looks at the histogram as it was so long ago. */
  offset(by: DurationText | `-${DurationText}`): Histogram<D, B> {
    return new Histogram(this.definition, shifted(this.selector, by));
  }

  /** How many observations there were. */
  get count(): Counter<D> {
    return this.#part("_count");
  }

  /** The observed values added up. */
  get sum(): Counter<D> {
    return this.#part("_sum");
  }

  /** How many observations were at most `bound`, which must be a bucket's own bound. */
  bucket(bound: B): Counter<D> {
    return new Counter(
      this.definition,
      narrowed(renamed(this.selector, `${this.selector.name}_bucket`), [bucketMatcher(bound)]),
    );
  }

  /** The observations per second of a window. */
  rate(window: DurationText): Distribution<SeriesLabel<D>> {
    return this.#over("rate", window);
  }

  /** The observations of a window. */
  increase(window: DurationText): Distribution<SeriesLabel<D>> {
    return this.#over("increase", window);
  }

  #part(suffix: "_count" | "_sum"): Counter<D> {
    return new Counter(this.definition, renamed(this.selector, `${this.selector.name}${suffix}`));
  }

  #over(func: string, window: DurationText): Distribution<SeriesLabel<D>> {
    const part = (suffix: string) =>
      call(func, matrix(renamed(this.selector, `${this.selector.name}${suffix}`), window));
    return new Distribution({ kind: "classic", bucket: part("_bucket"), sum: part("_sum"), count: part("_count") });
  }
}

/**
 * Defines a classic histogram.
 *
 * ```ts
 * const latency = histogram("checkout_request_duration_seconds", { help: "Time to answer.", buckets: [0.1, 0.3, 1, 3] });
 * ```
 */
export function histogram<D extends Labels = NoLabels, const B extends number = number>(
  name: string | AsIs,
  spec: HistogramSpec<D, B>,
): Histogram<D, B> {
  return new Histogram(defineMetric("histogram", name, spec, histogram));
}

export const histogramSchema = z.strictObject({
  ...metricFields,
  buckets: z
    .array(z.number())
    .min(1)
    .refine((bounds) => bounds.every((bound, i) => i === 0 || bound > (bounds[i - 1] ?? bound)), {
      error: "the bounds of buckets must rise",
    }),
});

/** Prometheus 3 writes whole bounds as `1.0`, Prometheus 2 keeps what was scraped: either is matched. */
function bucketMatcher(bound: number): Matcher {
  if (bound === Number.POSITIVE_INFINITY) return { name: "le", op: "=", value: "+Inf" };
  if (!Number.isInteger(bound)) return { name: "le", op: "=", value: String(bound) };
  return { name: "le", op: "=~", value: `${quoteRegex(String(bound))}|${quoteRegex(bound.toFixed(1))}` };
}
