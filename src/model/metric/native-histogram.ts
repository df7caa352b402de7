/** Native histograms: one series that holds a whole distribution. https://prometheus.io/docs/specs/native_histograms/ */
import type { VectorSelector } from "../../promql/ast.ts";
import type { DurationText } from "../../quantity/duration.ts";
import { call, matrix, narrowed, shifted } from "../../vector/build.ts";
import { NativeDistribution } from "../../vector/distribution.ts";
import type { Labels, NoLabels, SeriesLabel } from "../labels.ts";
import { type Matchers, toMatchers } from "./matchers.ts";
import { type AsIs, defineMetric, type Metric, type MetricDefinition, type MetricSpec, selectorOf } from "./metric.ts";

/** A native histogram. */
export class NativeHistogram<in out D extends Labels> implements Metric<D> {
  declare readonly "~labels": (labels: D) => D;
  readonly definition: MetricDefinition;
  readonly selector: VectorSelector;

  constructor(definition: MetricDefinition, selector: VectorSelector = selectorOf(definition)) {
    this.definition = definition;
    this.selector = selector;
  }

  /** Keeps the series whose labels match. */
  where(wanted: Matchers<D>): NativeHistogram<D> {
    return new NativeHistogram(this.definition, narrowed(this.selector, toMatchers(wanted)));
  }

  /** Looks at the histogram as it was so long ago. */
  offset(by: DurationText | `-${DurationText}`): NativeHistogram<D> {
    return new NativeHistogram(this.definition, shifted(this.selector, by));
  }

  /** The observations per second of a window. */
  rate(window: DurationText): NativeDistribution<SeriesLabel<D>> {
    return this.#over("rate", window);
  }

  /** The observations of a window. */
  increase(window: DurationText): NativeDistribution<SeriesLabel<D>> {
    return this.#over("increase", window);
  }

  /** All observations since the process started. */
  raw(): NativeDistribution<SeriesLabel<D>> {
    return new NativeDistribution({ kind: "native", histogram: this.selector });
  }

  #over(func: string, window: DurationText): NativeDistribution<SeriesLabel<D>> {
    return new NativeDistribution({ kind: "native", histogram: call(func, matrix(this.selector, window)) });
  }
}

/**
 * Defines a native histogram.
 *
 * ```ts
 * const search = nativeHistogram("catalog_search_duration_seconds", { help: "Time that a search took." });
 * ```
 */
export function nativeHistogram<D extends Labels = NoLabels>(
  name: string | AsIs,
  spec: MetricSpec<D>,
): NativeHistogram<D> {
  return new NativeHistogram(defineMetric("native histogram", name, spec, nativeHistogram));
}
