/** Gauges: values that go up and down. */
import type { VectorSelector } from "../../promql/ast.ts";
import type { DurationText } from "../../quantity/duration.ts";
import { matrix, narrowed, pinned, shifted, subquery } from "../../vector/build.ts";
import { InstantVector } from "../../vector/instant-vector.ts";
import { GaugeRange, RangeVector } from "../../vector/range-vector.ts";
import type { ScalarLike } from "../../vector/scalar.ts";
import type { Labels, NoLabels, SeriesLabel } from "../labels.ts";
import { type Matchers, toMatchers } from "./matchers.ts";
import { type AsIs, defineMetric, type Metric, type MetricDefinition, type MetricSpec, selectorOf } from "./metric.ts";

/** A gauge: a value that goes up and down, and is an instant vector as it stands. */
export class Gauge<in out D extends Labels> extends InstantVector<SeriesLabel<D>> implements Metric<D> {
  declare readonly "~labels": (labels: D) => D;
  readonly definition: MetricDefinition;
  readonly selector: VectorSelector;

  constructor(definition: MetricDefinition, selector: VectorSelector = selectorOf(definition)) {
    super(selector);
    this.definition = definition;
    this.selector = selector;
  }

  /** Keeps the series whose labels match: `inventory.where({ warehouse: "fra" })`. */
  where(wanted: Matchers<D>): Gauge<D> {
    return new Gauge(this.definition, narrowed(this.selector, toMatchers(wanted)));
  }

  /** The values of so long ago. */
  offset(by: DurationText | `-${DurationText}`): Gauge<D> {
    return new Gauge(this.definition, shifted(this.selector, by));
  }

  /** The values at this time, whenever it is evaluated. */
  at(time: Date | "start" | "end"): Gauge<D> {
    return new Gauge(this.definition, pinned(this.selector, time));
  }

  /** The samples of a window, or, with a step, the values evaluated so often in it. */
  override over(window: DurationText): GaugeRange<SeriesLabel<D>>;
  override over(window: DurationText, step: DurationText | undefined): RangeVector<SeriesLabel<D>>;
  override over(window: DurationText, step?: DurationText): RangeVector<SeriesLabel<D>> {
    return step === undefined
      ? new GaugeRange(matrix(this.selector, window))
      : new RangeVector(subquery(this.selector, window, step));
  }

  /** The mean over a window. */
  avgOverTime(window: DurationText): InstantVector<SeriesLabel<D>> {
    return this.over(window).avgOverTime();
  }

  /** The least value of a window. */
  minOverTime(window: DurationText): InstantVector<SeriesLabel<D>> {
    return this.over(window).minOverTime();
  }

  /** The greatest value of a window. */
  maxOverTime(window: DurationText): InstantVector<SeriesLabel<D>> {
    return this.over(window).maxOverTime();
  }

  /** How much the value changed over a window. */
  delta(window: DurationText): InstantVector<SeriesLabel<D>> {
    return this.over(window).delta();
  }

  /** The slope per second over a window. */
  deriv(window: DurationText): InstantVector<SeriesLabel<D>> {
    return this.over(window).deriv();
  }

  /** The value expected `ahead` from now, drawn on from a window: `free.predictLinear("6h", "4h").below(0)`. */
  predictLinear(window: DurationText, ahead: ScalarLike): InstantVector<SeriesLabel<D>> {
    return this.over(window).predictLinear(ahead);
  }
}

/**
 * Defines a gauge.
 *
 * ```ts
 * const inventory = gauge("catalog_inventory_items", { help: "Items in stock.", labels: { sku: upTo(2_000) } });
 * ```
 */
export function gauge<D extends Labels = NoLabels>(name: string | AsIs, spec: MetricSpec<D>): Gauge<D> {
  return new Gauge(defineMetric("gauge", name, spec, gauge));
}
