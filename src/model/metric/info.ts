/** Info metrics: facts carried by labels, with the constant value 1. */
import type { VectorSelector } from "../../promql/ast.ts";
import { narrowed } from "../../vector/build.ts";
import { InstantVector } from "../../vector/instant-vector.ts";
import type { Labels, NoLabels, SeriesLabel } from "../labels.ts";
import { type Matchers, toMatchers } from "./matchers.ts";
import { type AsIs, defineMetric, type Metric, type MetricDefinition, type MetricSpec, selectorOf } from "./metric.ts";

/** An info metric, for joins: `up.mul(build, on("instance"), groupLeft("version"))`. */
export class Info<in out D extends Labels> extends InstantVector<SeriesLabel<D>> implements Metric<D> {
  declare readonly "~labels": (labels: D) => D;
  readonly definition: MetricDefinition;
  readonly selector: VectorSelector;

  constructor(definition: MetricDefinition, selector: VectorSelector = selectorOf(definition)) {
    super(selector);
    this.definition = definition;
    this.selector = selector;
  }

  /** Keeps the series whose labels match. */
  where(wanted: Matchers<D>): Info<D> {
    return new Info(this.definition, narrowed(this.selector, toMatchers(wanted)));
  }
}

/**
 * Defines an info metric.
 *
 * ```ts
 * const build = info("catalog_build_info", { help: "What is running.", labels: { version: upTo(10) } });
 * ```
 */
export function info<D extends Labels = NoLabels>(name: `${string}_info` | AsIs, spec: MetricSpec<D>): Info<D> {
  return new Info(defineMetric("info", name, spec, info));
}
