/** The aggregations `min`, `max`, `stddev`, `stdvar`, `quantile`, `count` and `group`. */
import { ABSENT, type Column, FLOAT, setFloat } from "../evaluate/column.ts";
import { quantile } from "../number/quantile.ts";
import { Accumulator, FloatAccumulator, type Place } from "./accumulator.ts";

/** The least or the greatest float; NaN only where there is nothing else. */
export class ExtremeAccumulator extends FloatAccumulator {
  readonly #column: Column = this.newColumn();
  readonly #greatest = this.place.op === "max";

  protected override takeFloat(step: number, value: number): void {
    const best = this.#column.values[step] as number;
    const first = this.#column.present[step] === ABSENT;
    if (first || Number.isNaN(best) || (this.#greatest ? best < value : best > value)) {
      setFloat(this.#column, step, value);
    }
  }

  protected override finish(): Column {
    return this.#column;
  }
}

/** The variance, or the root of it, by Welford's method. */
export class VarianceAccumulator extends FloatAccumulator {
  readonly #counts = new Float64Array(this.place.count);
  readonly #means = new Float64Array(this.place.count);
  readonly #squares = new Float64Array(this.place.count);

  protected override takeFloat(step: number, value: number): void {
    const count = (this.#counts[step] as number) + 1;
    this.#counts[step] = count;
    if (count === 1) {
      this.#means[step] = value;
      this.#squares[step] = Number.isFinite(value) ? 0 : Number.NaN;
      return;
    }
    const mean = this.#means[step] as number;
    const delta = value - mean;
    const next = mean + delta / count;
    this.#means[step] = next;
    this.#squares[step] = (this.#squares[step] as number) + delta * (value - next);
  }

  protected override finish(): Column {
    const column = this.newColumn();
    for (let i = 0; i < this.place.count; i++) {
      const count = this.#counts[i] as number;
      if (count === 0) continue;
      const variance = (this.#squares[i] as number) / count;
      setFloat(column, i, this.place.op === "stddev" ? Math.sqrt(variance) : variance);
    }
    return column;
  }
}

/** A quantile of the floats. */
export class QuantileAccumulator extends FloatAccumulator {
  readonly #quantiles: Float64Array;
  readonly #values: number[][] = [];

  constructor(place: Place, quantiles: Float64Array) {
    super(place);
    this.#quantiles = quantiles;
  }

  protected override takeFloat(step: number, value: number): void {
    const values = this.#values[step];
    if (values === undefined) this.#values[step] = [value];
    else values.push(value);
  }

  protected override finish(): Column {
    const column = this.newColumn();
    this.#values.forEach((values, i) => {
      setFloat(column, i, quantile(this.#quantiles[i] as number, Float64Array.from(values)));
    });
    return column;
  }
}

/** How many samples there are, or 1 where there are any. */
export class CountAccumulator extends Accumulator {
  readonly #column: Column = this.newColumn();

  protected override take({ present }: Column): void {
    const { present: seen, values } = this.#column;
    for (let i = 0; i < present.length; i++) {
      if (present[i] === ABSENT) continue;
      seen[i] = FLOAT;
      values[i] = (values[i] as number) + 1;
    }
  }

  protected override finish(): Column {
    if (this.place.op === "group") this.#column.values.fill(1);
    return this.#column;
  }
}
