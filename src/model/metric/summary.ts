/** Summaries: quantiles that the process computed itself, and so cannot be aggregated. https://prometheus.io/docs/practices/histograms/ */
import { z } from "zod";
import type { VectorSelector } from "../../promql/ast.ts";
import { narrowed, renamed } from "../../vector/build.ts";
import { InstantVector } from "../../vector/instant-vector.ts";
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

/** What a summary is made of: a metric with its quantiles. */
export interface SummarySpec<D extends Labels, Q extends number> extends MetricSpec<D> {
  /** The quantiles that the process exposes, each from 0 to 1. */
  readonly quantiles: readonly Q[];
}

/** A summary with the quantiles `Q`. */
export class Summary<in out D extends Labels, in out Q extends number> implements Metric<D> {
  declare readonly "~labels": (labels: D) => D;
  readonly definition: MetricDefinition<SummarySpec<Labels, number>>;
  readonly selector: VectorSelector;

  constructor(
    definition: MetricDefinition<SummarySpec<Labels, number>>,
    selector: VectorSelector = selectorOf(definition),
  ) {
    this.definition = definition;
    this.selector = selector;
  }

  /** Keeps the series whose labels match. */
  where(wanted: Matchers<D>): Summary<D, Q> {
    return new Summary(this.definition, narrowed(this.selector, toMatchers(wanted)));
  }

  /** How many observations there were. */
  get count(): Counter<D> {
    return new Counter(this.definition, renamed(this.selector, `${this.selector.name}_count`));
  }

  /** The observed values added up. */
  get sum(): Counter<D> {
    return new Counter(this.definition, renamed(this.selector, `${this.selector.name}_sum`));
  }

  /** A quantile that the process exposes, of each instance by itself. */
  quantile(phi: Q): InstantVector<SeriesLabel<D> | "quantile"> {
    return new InstantVector(narrowed(this.selector, [{ name: "quantile", op: "=", value: String(phi) }]));
  }
}

/**
 * Defines a summary.
 *
 * ```ts
 * const pauses = summary("go_gc_duration_seconds", { help: "Pauses of the garbage collector.", quantiles: [0.5, 1] });
 * ```
 */
export function summary<D extends Labels = NoLabels, const Q extends number = number>(
  name: string | AsIs,
  spec: SummarySpec<D, Q>,
): Summary<D, Q> {
  return new Summary(defineMetric("summary", name, spec, summary));
}

export const summarySchema = z.strictObject({ ...metricFields, quantiles: z.array(z.number().min(0).max(1)).min(1) });
