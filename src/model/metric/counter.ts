/** Counters: metrics that only go up, so that only their rate means anything. */
import type { VectorSelector } from "../../promql/ast.ts";
import type { DurationText } from "../../quantity/duration.ts";
import { matrix, narrowed, pinned, shifted } from "../../vector/build.ts";
import { InstantVector } from "../../vector/instant-vector.ts";
import { CounterRange } from "../../vector/range-vector.ts";
import type { Labels, NoLabels, SeriesLabel } from "../labels.ts";
import { type Matchers, toMatchers } from "./matchers.ts";
import { type AsIs, defineMetric, type Metric, type MetricDefinition, type MetricSpec, selectorOf } from "./metric.ts";

/** A counter: it only goes up, and starts again from zero when its process does. */
export class Counter<in out D extends Labels> implements Metric<D> {
  declare readonly "~labels": (labels: D) => D;
  readonly definition: MetricDefinition;
  readonly selector: VectorSelector;

  constructor(definition: MetricDefinition, selector: VectorSelector = selectorOf(definition)) {
    this.definition = definition;
    this.selector = selector;
  }

  /** Keeps the series whose labels match: `clicks.where({ page: "home" })`. */
  where(wanted: Matchers<D>): Counter<D> {
    return new Counter(this.definition, narrowed(this.selector, toMatchers(wanted)));
  }

  /** Looks at the counter as it was so long ago. */
  offset(by: DurationText | `-${DurationText}`): Counter<D> {
    return new Counter(this.definition, shifted(this.selector, by));
  }

  /** Looks at the counter as it was at this time, whenever it is evaluated. */
  at(time: Date | "start" | "end"): Counter<D> {
    return new Counter(this.definition, pinned(this.selector, time));
  }

  /** The samples of a window. */
  over(window: DurationText): CounterRange<SeriesLabel<D>> {
    return new CounterRange(matrix(this.selector, window));
  }

  /** Per second, averaged over the window: `rate(clicks[5m])`. */
  rate(window: DurationText): InstantVector<SeriesLabel<D>> {
    return this.over(window).rate();
  }

  /** How much was counted in the window: `increase(clicks[1h])`. */
  increase(window: DurationText): InstantVector<SeriesLabel<D>> {
    return this.over(window).increase();
  }

  /** Per second, from the last two samples of the window alone: `irate(clicks[5m])`. */
  irate(window: DurationText): InstantVector<SeriesLabel<D>> {
    return this.over(window).irate();
  }

  /** One series of value 1 while the counter has no series at all, and nothing otherwise. */
  absent() {
    return new InstantVector<SeriesLabel<D>>(this.selector).absent();
  }

  /** The running count itself. It means nothing until a rate is taken of it: for `absent`, joins and panels of totals. */
  raw(): InstantVector<SeriesLabel<D>> {
    return new InstantVector(this.selector);
  }
}

/**
 * Defines a counter.
 *
 * ```ts
 * const clicks = counter("catalog_clicks_total", { help: "Clicks on a product.", labels: { sku: upTo(2_000) } });
 * ```
 */
export function counter<D extends Labels = NoLabels>(name: `${string}_total` | AsIs, spec: MetricSpec<D>): Counter<D> {
  return new Counter(defineMetric("counter", name, spec, counter));
}
