/**
 * Range vectors: the samples of a window for each series, and the functions that make one value of them.
 * https://prometheus.io/docs/prometheus/latest/querying/functions/#aggregation_over_time
 */
import type { Expr, MatrixSelector, SubqueryExpr } from "../promql/ast.ts";
import type { DurationText } from "../quantity/duration.ts";
import { call, pinned, shifted } from "./build.ts";
import { Condition, InstantVector } from "./instant-vector.ts";
import { type ScalarLike, scalarExpr } from "./scalar.ts";

/** A window of samples for each series of labels `L`, of any kind of metric. */
export class AnyRange<in out L extends string> {
  declare readonly "~range": (label: L) => L;
  readonly ast: MatrixSelector | SubqueryExpr;

  constructor(ast: MatrixSelector | SubqueryExpr) {
    this.ast = ast;
  }

  /** The window that ended so long ago: `x[5m] offset 1w`. */
  offset(by: DurationText | `-${DurationText}`): this {
    return this.#with((node) => shifted(node, by));
  }

  /** The window that ends at this time, whenever it is evaluated: `x[5m] @ end()`. */
  at(time: Date | "start" | "end"): this {
    return this.#with((node) => pinned(node, time));
  }

  /** How many samples there are. */
  countOverTime(): InstantVector<L> {
    return this.fold("count_over_time");
  }

  /** The newest sample. */
  lastOverTime(): InstantVector<L> {
    return this.fold("last_over_time");
  }

  /** The oldest sample. Experimental in Prometheus. */
  firstOverTime(): InstantVector<L> {
    return this.fold("first_over_time");
  }

  /** 1 for every series that has a sample. */
  presentOverTime(): InstantVector<L> {
    return this.fold("present_over_time");
  }

  /** One series of value 1 while no series has a sample. */
  absentOverTime(): Condition<never> {
    return new Condition(call("absent_over_time", this.ast));
  }

  /** How often the value changed. */
  changes(): InstantVector<L> {
    return this.fold("changes");
  }

  /** How often a counter started again from zero. */
  resets(): InstantVector<L> {
    return this.fold("resets");
  }

  /** When the newest sample was taken, in seconds since 1970. Experimental in Prometheus. */
  tsOfLastOverTime(): InstantVector<L> {
    return this.fold("ts_of_last_over_time");
  }

  /** When the oldest sample was taken, in seconds since 1970. Experimental in Prometheus. */
  tsOfFirstOverTime(): InstantVector<L> {
    return this.fold("ts_of_first_over_time");
  }

  protected fold(func: string, ...rest: ScalarLike[]): InstantVector<L> {
    return new InstantVector(call(func, this.ast, ...rest.map(scalarExpr)));
  }

  /** Only stored samples have neighbours beyond the window: a subquery stays as it is. */
  protected extended(how: "anchored" | "smoothed"): this {
    const { ast } = this;
    if (ast.kind === "SubqueryExpr") return this;
    const selector = Object.freeze({ ...ast.selector, extended: how });
    return new (this.constructor as new (ast: Expr) => this)(Object.freeze({ ...ast, selector }));
  }

  #with(change: <N extends MatrixSelector["selector"] | SubqueryExpr>(node: N) => N): this {
    const { ast } = this;
    const changed =
      ast.kind === "SubqueryExpr" ? change(ast) : Object.freeze({ ...ast, selector: change(ast.selector) });
    return new (this.constructor as new (ast: Expr) => this)(changed);
  }
}

/** A window of a counter: what it counted, and how fast. */
export class CounterRange<in out L extends string> extends AnyRange<L> {
  /** Counts from the last sample before the window on: `increase(x[1h] anchored)`. Experimental in Prometheus. */
  anchored(): Pick<this, "rate" | "increase" | "resets" | "changes"> {
    return this.extended("anchored");
  }

  /** Draws lines to the samples beyond both ends: `rate(x[5m] smoothed)`. Experimental in Prometheus. */
  smoothed(): Pick<this, "rate" | "increase"> {
    return this.extended("smoothed");
  }

  /** Per second, averaged over the window: `rate(x[5m])`. */
  rate(): InstantVector<L> {
    return this.fold("rate");
  }

  /** How much was counted in the window: `increase(x[5m])`. */
  increase(): InstantVector<L> {
    return this.fold("increase");
  }

  /** Per second, from the last two samples alone: `irate(x[5m])`. */
  irate(): InstantVector<L> {
    return this.fold("irate");
  }
}

/** A window of values that go up and down. */
export class RangeVector<in out L extends string> extends AnyRange<L> {
  /** The mean of the samples. */
  avgOverTime(): InstantVector<L> {
    return this.fold("avg_over_time");
  }

  /** The least sample. */
  minOverTime(): InstantVector<L> {
    return this.fold("min_over_time");
  }

  /** The greatest sample. */
  maxOverTime(): InstantVector<L> {
    return this.fold("max_over_time");
  }

  /** The sum of the samples. */
  sumOverTime(): InstantVector<L> {
    return this.fold("sum_over_time");
  }

  /** The population standard deviation of the samples. */
  stddevOverTime(): InstantVector<L> {
    return this.fold("stddev_over_time");
  }

  /** The population variance of the samples. */
  stdvarOverTime(): InstantVector<L> {
    return this.fold("stdvar_over_time");
  }

  /** The median absolute deviation of the samples. Experimental in Prometheus. */
  madOverTime(): InstantVector<L> {
    return this.fold("mad_over_time");
  }

  /** The φ-quantile of the samples, 0 ≤ φ ≤ 1: `quantile_over_time(0.9, x[1h])`. */
  quantileOverTime(phi: ScalarLike): InstantVector<L> {
    return new InstantVector(call("quantile_over_time", scalarExpr(phi), this.ast));
  }

  /** When the least sample was taken, in seconds since 1970. Experimental in Prometheus. */
  tsOfMinOverTime(): InstantVector<L> {
    return this.fold("ts_of_min_over_time");
  }

  /** When the greatest sample was taken, in seconds since 1970. Experimental in Prometheus. */
  tsOfMaxOverTime(): InstantVector<L> {
    return this.fold("ts_of_max_over_time");
  }

  /** How much the value changed over the window: `delta(x[5m])`. */
  delta(): InstantVector<L> {
    return this.fold("delta");
  }

  /** The difference of the last two samples. */
  idelta(): InstantVector<L> {
    return this.fold("idelta");
  }

  /** The slope per second, by linear regression. */
  deriv(): InstantVector<L> {
    return this.fold("deriv");
  }

  /** The value expected so many seconds from now, by linear regression: `predict_linear(x[1h], 14400)`. */
  predictLinear(ahead: ScalarLike): InstantVector<L> {
    return this.fold("predict_linear", ahead);
  }

  /** Holt's double exponential smoothing, both factors between 0 and 1. Experimental in Prometheus. */
  doubleExponentialSmoothing(smoothing: ScalarLike, trend: ScalarLike): InstantVector<L> {
    return this.fold("double_exponential_smoothing", smoothing, trend);
  }
}

/** A window of a gauge as it is stored. */
export class GaugeRange<in out L extends string> extends RangeVector<L> {
  /** Counts from the last sample before the window on: `delta(x[1h] anchored)`. Experimental in Prometheus. */
  anchored(): Pick<this, "delta" | "resets" | "changes"> {
    return this.extended("anchored");
  }

  /** Draws lines to the samples beyond both ends: `delta(x[1h] smoothed)`. Experimental in Prometheus. */
  smoothed(): Pick<this, "delta"> {
    return this.extended("smoothed");
  }
}
