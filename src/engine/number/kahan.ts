/**
 * Summation as Prometheus does it: Kahan's, with Neumaier's improvement. Where a total is compared with Prometheus's, the
 * order of the operations matters to the last bit. https://en.wikipedia.org/wiki/Kahan_summation_algorithm
 */

/** A running sum and what rounding took from it. The value is `sum + compensation`, unless the sum overflowed. */
export class KahanSum {
  sum: number;
  compensation: number;

  constructor(sum = 0, compensation = 0) {
    this.sum = sum;
    this.compensation = compensation;
  }

  add(value: number): void {
    const { sum } = this;
    const total = sum + value;
    if (total === Number.POSITIVE_INFINITY || total === Number.NEGATIVE_INFINITY) this.compensation = 0;
    else if (Math.abs(sum) >= Math.abs(value)) this.compensation += sum - total + value;
    else this.compensation += value - total + sum;
    this.sum = total;
  }

  /** The sum with its compensation. */
  get value(): number {
    return this.sum + this.compensation;
  }
}

/** Numbers by index, whatever holds them. */
export type Numbers = Float64Array | number[];

/** Adds `value` to `sums[i]`, the way `KahanSum` does, for sums that lie side by side. */
export function kahanAdd(sums: Numbers, compensations: Numbers, i: number, value: number): void {
  const sum = sums[i] as number;
  const total = sum + value;
  if (total === Number.POSITIVE_INFINITY || total === Number.NEGATIVE_INFINITY) compensations[i] = 0;
  else if (Math.abs(sum) >= Math.abs(value)) compensations[i] = (compensations[i] as number) + (sum - total + value);
  else compensations[i] = (compensations[i] as number) + (value - total + sum);
  sums[i] = total;
}
