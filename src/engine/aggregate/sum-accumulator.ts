/** The aggregations `sum` and `avg`, of floats or of histograms. */
import {
  counterResetCollision,
  mismatchedCustomBuckets,
  mixedExponentialCustomHistograms,
  mixedFloatsHistogramsInAggregation,
} from "../annotation/remarks.ts";
import { ABSENT, type Column, FLOAT, histogramAt, setFloat, setHistogram } from "../evaluate/column.ts";
import { HistogramAverage } from "../functions/histogram-over-time.ts";
import { compact, type Histogram } from "../histogram/histogram.ts";
import { type HistogramSum, plus, sumOf, total } from "../histogram/histogram-sum.ts";
import { kahanAdd } from "../number/kahan.ts";
import { Accumulator } from "./accumulator.ts";

const SEEN = 1;
const HAS_FLOAT = 2;
/** The running mean has taken the place of the sum, which would have overflowed. */
const RUNNING = 4;

/** What a step has of histograms. */
interface HistogramState {
  sum: HistogramSum | undefined;
  average: HistogramAverage;
  incompatible: boolean;
  reset: boolean;
  notReset: boolean;
}

export class SumAccumulator extends Accumulator {
  readonly #average = this.place.op === "avg";
  readonly #flags = new Uint8Array(this.place.count);
  readonly #sums = new Float64Array(this.place.count);
  readonly #compensations = new Float64Array(this.place.count);
  /** How many samples, which only an average needs. */
  readonly #counts = this.#average ? new Float64Array(this.place.count) : undefined;
  #histograms: (HistogramState | undefined)[] | undefined;

  protected override take(column: Column): void {
    const { present, values } = column;
    if (this.#histograms === undefined && column.histograms === undefined) {
      for (let i = 0; i < present.length; i++) if (present[i] !== ABSENT) this.#takeFloat(i, values[i] as number);
      return;
    }
    for (let i = 0; i < present.length; i++) {
      if (present[i] === ABSENT || this.#histograms?.[i]?.incompatible) continue;
      if (present[i] === FLOAT) this.#takeFloat(i, values[i] as number);
      else this.#takeHistogram(i, histogramAt(column, i), column.labels.metricName);
    }
  }

  protected override finish(): Column {
    const column = this.newColumn();
    for (let i = 0; i < this.place.count; i++) {
      const flags = this.#flags[i] as number;
      if (flags === 0) continue;
      const state = this.#histograms?.[i];
      if (state === undefined) setFloat(column, i, this.#floatResult(i, flags));
      else if ((flags & HAS_FLOAT) !== 0) this.place.remark(mixedFloatsHistogramsInAggregation(this.place.span));
      else if (!state.incompatible && state.sum !== undefined) {
        setHistogram(column, i, compact(this.#average ? state.average.result(state.sum) : total(state.sum)));
        if (state.reset && state.notReset) this.place.remark(counterResetCollision("aggregation", this.place.span));
      }
    }
    return column;
  }

  #takeFloat(step: number, value: number): void {
    const flags = this.#flags[step] as number;
    const counts = this.#counts;
    if (counts !== undefined) counts[step] = (counts[step] as number) + 1;
    this.#flags[step] = flags | SEEN | HAS_FLOAT;
    if ((flags & SEEN) === 0) this.#sums[step] = value;
    else if (counts === undefined) kahanAdd(this.#sums, this.#compensations, step, value);
    else this.#addToMean(step, value, counts[step] as number, flags);
  }

  #addToMean(step: number, value: number, count: number, flags: number): void {
    const sums = this.#sums;
    const compensations = this.#compensations;
    if ((flags & RUNNING) === 0) {
      const [sum, compensation] = [sums[step] as number, compensations[step] as number];
      kahanAdd(sums, compensations, step, value);
      if (Math.abs(sums[step] as number) !== Infinity) return;
      this.#flags[step] = flags | SEEN | HAS_FLOAT | RUNNING;
      sums[step] = sum / (count - 1);
      compensations[step] = compensation / (count - 1);
    }
    const weight = (count - 1) / count;
    sums[step] = weight * (sums[step] as number);
    compensations[step] = weight * (compensations[step] as number);
    kahanAdd(sums, compensations, step, value / count);
  }

  #floatResult(step: number, flags: number): number {
    const sum = this.#sums[step] as number;
    const compensation = this.#compensations[step] as number;
    if (this.#counts === undefined || (flags & RUNNING) !== 0) return sum + compensation;
    const count = this.#counts[step] as number;
    return sum / count + compensation / count;
  }

  #takeHistogram(step: number, h: Histogram, metric: string): void {
    this.#histograms ??= [];
    const flags = this.#flags[step] as number;
    let state = this.#histograms[step];
    if (state === undefined) {
      // Behind a float a histogram only spoils the sum.
      const sum = flags === 0 ? sumOf(h) : undefined;
      state = { sum, average: new HistogramAverage(), incompatible: false, reset: false, notReset: false };
      this.#histograms[step] = state;
      this.#flags[step] = flags | SEEN;
      if (sum !== undefined) noteHint(state, h);
      return;
    }
    if (state.sum === undefined) return;
    noteHint(state, h);
    const sum = this.#average ? state.average.plus(state.sum, h) : plus(state.sum, h);
    if (sum === undefined) {
      this.place.remark(mixedExponentialCustomHistograms(metric, this.place.span));
      state.incompatible = true;
      return;
    }
    if (sum.reconciled) this.place.remark(mismatchedCustomBuckets("aggregation", this.place.span));
    state.sum = sum;
  }
}

function noteHint(state: HistogramState, { hint }: Histogram): void {
  if (hint === "reset") state.reset = true;
  else if (hint === "not_reset") state.notReset = true;
}
