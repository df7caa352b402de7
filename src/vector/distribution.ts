/**
 * Distributions: what a histogram observed in a window, classic or native, through one text.
 *
 * A classic histogram is three counters (`_bucket`, `_sum`, `_count`), a native one is a single series. Whatever is done to a
 * distribution is done to all of its parts, and `le` never shows among its labels.
 * https://prometheus.io/docs/practices/histograms/
 */
import type { Expr } from "../promql/ast.ts";
import { aggregate, binary, call, text } from "./build.ts";
import { InstantVector } from "./instant-vector.ts";
import { type By, by, type Grouped, type Grouping } from "./modifiers.ts";
import { type ScalarLike, scalarExpr } from "./scalar.ts";

/** The expressions that a distribution is made of. */
export type DistributionParts =
  | { readonly kind: "classic"; readonly bucket: Expr; readonly sum: Expr; readonly count: Expr }
  | { readonly kind: "native"; readonly histogram: Expr };

/** The observations of a window for each series of labels `L`. */
export class Distribution<in out L extends string> {
  declare readonly "~distribution": (label: L) => L;
  readonly parts: DistributionParts;

  constructor(parts: DistributionParts) {
    this.parts = parts;
  }

  /** Adds distributions up: all observations of each group together. */
  sum<const G extends Grouping<L> = By<never>>(grouping?: G): Distribution<Grouped<L, G>> {
    const { parts } = this;
    if (parts.kind === "native")
      return new Distribution({ kind: "native", histogram: aggregate("sum", parts.histogram, grouping) });
    const withBound = grouping?.kind === "without" ? grouping : by<string>("le", ...(grouping?.labels ?? []));
    return new Distribution({
      kind: "classic",
      bucket: aggregate("sum", parts.bucket, withBound),
      sum: aggregate("sum", parts.sum, grouping),
      count: aggregate("sum", parts.count, grouping),
    });
  }

  /** The value that the share `phi` of observations stays below, in the metric's unit: `histogram_quantile(0.99, …)`. */
  quantile(phi: ScalarLike): InstantVector<L> {
    return new InstantVector(call("histogram_quantile", scalarExpr(phi), this.#shape()));
  }

  /** The share of observations between two values, 0 to 1: `histogram_fraction(0, 0.3, …)`. Classic histograms need Prometheus 3.4. */
  fraction(lower: ScalarLike, upper: ScalarLike): InstantVector<L> {
    return new InstantVector(call("histogram_fraction", scalarExpr(lower), scalarExpr(upper), this.#shape()));
  }

  /** How many observations there were, in the window's measure (per second after `rate`). */
  count(): InstantVector<L> {
    const { parts } = this;
    return new InstantVector(parts.kind === "native" ? call("histogram_count", parts.histogram) : parts.count);
  }

  /** The observed values added up, in the window's measure. */
  total(): InstantVector<L> {
    const { parts } = this;
    return new InstantVector(parts.kind === "native" ? call("histogram_sum", parts.histogram) : parts.sum);
  }

  /** The mean observation, in the metric's unit. */
  mean(): InstantVector<L> {
    const { parts } = this;
    return new InstantVector(
      parts.kind === "native"
        ? call("histogram_avg", parts.histogram)
        : binary("/", parts.sum, parts.count, { vectors: true }),
    );
  }

  #shape(): Expr {
    return this.parts.kind === "native" ? this.parts.histogram : this.parts.bucket;
  }
}

/** The observations of a native histogram, which also knows their spread. */
export class NativeDistribution<in out L extends string> extends Distribution<L> {
  override sum<const G extends Grouping<L> = By<never>>(grouping?: G): NativeDistribution<Grouped<L, G>> {
    return new NativeDistribution(super.sum(grouping).parts);
  }

  /** The standard deviation of the observations, in the metric's unit. */
  stddev(): InstantVector<L> {
    return this.#call("histogram_stddev");
  }

  /** The variance of the observations. */
  stdvar(): InstantVector<L> {
    return this.#call("histogram_stdvar");
  }

  /** Several quantiles at once, told apart by the label `into`. Experimental in Prometheus. */
  quantiles<const I extends string>(into: I, ...phis: ScalarLike[]): InstantVector<L | I> {
    return new InstantVector(call("histogram_quantiles", this.#histogram(), text(into), ...phis.map(scalarExpr)));
  }

  /** The histogram itself, as a panel of a heatmap draws it. */
  histogram(): InstantVector<L> {
    return new InstantVector(this.#histogram());
  }

  #call(func: string): InstantVector<L> {
    return new InstantVector(call(func, this.#histogram()));
  }

  #histogram(): Expr {
    const { parts } = this;
    if (parts.kind === "classic") throw new Error("a native distribution was made of a classic histogram's parts");
    return parts.histogram;
  }
}
