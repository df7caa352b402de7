/** Functions of histograms, native and classic: `histogram_quantile`, `histogram_quantiles` and `histogram_fraction`. */
import type { Span } from "../../promql/ast.ts";
import {
  badBucketLabel,
  ForcedMonotonicityDetails,
  forcedMonotonicity,
  fractionExcludesNan,
  invalidQuantile,
  mixedClassicNativeHistograms,
  quantileIsNan,
  quantileSkewedByNan,
} from "../annotation/remarks.ts";
import { type Column, type Emit, FLOAT, HISTOGRAM, histogramAt, newColumn, setFloat } from "../evaluate/column.ts";
import { type Env, timeOf } from "../evaluate/env.ts";
import { emitSteps } from "../evaluate/merge.ts";
import { columnsOf, type VectorNode, vectorNode } from "../evaluate/node.ts";
import { allBuckets } from "../histogram/buckets.ts";
import {
  type ClassicBuckets,
  classicFraction,
  classicQuantile,
  type ForcedMonotonicity,
} from "../histogram/classic.ts";
import { type Histogram, hasCustomBuckets } from "../histogram/histogram.ts";
import { fractionOf, quantileOf } from "../histogram/quantile.ts";
import type { Labels } from "../labels/labels.ts";
import { formatOpenMetrics } from "../number/format.ts";
import { KahanSum } from "../number/kahan.ts";
import { argSpan, type CompiledCall, type Implementation, stringArg } from "./call.ts";
import { type ClassicGroup, groupHistograms, type HistogramGroups } from "./histogram-groups.ts";

/** The value below which a share of the observations lies. */
export const histogramQuantile: Implementation = (call) => {
  const source = new HistogramSource(call, 1);
  return source.node((env, emit, groups, scalars) => {
    const [quantiles] = scalars as [Float64Array];
    remarkInvalid(env, quantiles, argSpan(call, 0));
    emitSteps(env, quantileColumns(env, groups, [quantiles], source).flat(), emit);
  });
};

/** Several quantiles, each under a label that names it. */
export const histogramQuantiles: Implementation = (call) => {
  const source = new HistogramSource(call, 0);
  const label = stringArg(call, 1);
  const table = call.storage.labels;
  return source.node((env, emit, groups, scalars) => {
    scalars.forEach((quantiles, i) => {
      remarkInvalid(env, quantiles, argSpan(call, i + 2));
    });
    const columns = quantileColumns(env, groups, scalars, source).flatMap((ofQuantile, i) =>
      ofQuantile.flatMap((column) =>
        byQuantile(column, scalars[i] as Float64Array, (q) =>
          table.with(column.labels, [[label, formatOpenMetrics(q)]]),
        ),
      ),
    );
    emitSteps(env, columns, emit);
  });
};

/** The share of the observations between two values. */
export const histogramFraction: Implementation = (call) => {
  const source = new HistogramSource(call, 2);
  return source.node((env, emit, groups, scalars) => {
    const [lower, upper] = scalars as [Float64Array, Float64Array];
    const columns: Column[] = [];
    for (const { column, dropped } of groups.native) {
      const result = source.resultColumn(env, column.labels);
      for (let i = 0; i < env.count; i++) {
        if (column.present[i] !== HISTOGRAM || dropped?.[i] === 1) continue;
        const { value, excluded } = fractionOf(lower[i] as number, upper[i] as number, histogramAt(column, i));
        if (excluded) env.remark(fractionExcludesNan(result.labels.metricName, source.span));
        setFloat(result, i, value);
      }
      columns.push(result);
    }
    for (const group of groups.classic) {
      const result = source.resultColumn(env, group.labels);
      eachStep(env, group, (i, buckets) =>
        setFloat(result, i, classicFraction(lower[i] as number, upper[i] as number, buckets)),
      );
      columns.push(result);
    }
    emitSteps(env, columns, emit);
  });
};

/** The estimated variance of the observations of a native histogram. */
export function histogramVariance(h: Histogram): number {
  const mean = h.sum / h.count;
  const custom = hasCustomBuckets(h);
  const variance = new KahanSum();
  for (const { lower, upper, count } of allBuckets(h)) {
    if (count === 0) continue;
    let value = 0;
    if (custom) value = (upper + lower) / 2;
    else if (lower > 0 || upper < 0) value = Math.sqrt(upper * lower) * (upper < 0 ? -1 : 1);
    const delta = value - mean;
    variance.add(count * delta * delta);
  }
  return variance.value / h.count;
}

/** The histograms that a call works on. */
class HistogramSource {
  readonly span: Span;
  readonly #call: CompiledCall;

  constructor(call: CompiledCall, place: number) {
    this.#call = call;
    this.span = argSpan(call, place);
  }

  node(compute: (env: Env, emit: Emit, groups: HistogramGroups, scalars: readonly Float64Array[]) => void): VectorNode {
    const call = this.#call;
    const memory = new Map<Labels, Labels>();
    return vectorNode({
      invariant: call.invariant,
      span: call.expr.span,
      run: (env, emit) => {
        let columns: readonly Column[] = [];
        const scalars: Float64Array[] = [];
        for (const arg of call.args) {
          if (arg.kind === "vector") columns = columnsOf(arg, env);
          else if (arg.kind === "scalar") scalars.push(arg.run(env));
        }
        const groups = groupHistograms(env, columns, call.storage.labels, memory, {
          badBucketLabel: (metric, le) => env.remark(badBucketLabel(this.#nameOf(env, metric), le, this.span)),
          mixed: (metric) => env.remark(mixedClassicNativeHistograms(this.#nameOf(env, metric), this.span)),
        });
        compute(env, emit, groups, scalars);
      },
      distinctWithoutName: () => false,
    });
  }

  resultColumn(env: Env, labels: Labels): Column {
    const kept = env.settings.delayedNameRemoval ? labels : this.#call.storage.labels.withoutName(labels);
    return newColumn(kept, env.count, true);
  }

  /** Names in remarks are told only where they are there to the end. */
  #nameOf(env: Env, metric: string): string {
    return env.settings.delayedNameRemoval ? metric : "";
  }
}

function remarkInvalid(env: Env, quantiles: Float64Array, span: Span): void {
  for (const q of quantiles) if (Number.isNaN(q) || q < 0 || q > 1) env.remark(invalidQuantile(q, span));
}

/** The columns of each quantile. */
function quantileColumns(
  env: Env,
  groups: HistogramGroups,
  quantiles: readonly Float64Array[],
  source: HistogramSource,
): readonly (readonly Column[])[] {
  const results = quantiles.map((): Column[] => []);
  const newColumns = (labels: Labels): readonly Column[] =>
    results.map((columns) => {
      const column = source.resultColumn(env, labels);
      columns.push(column);
      return column;
    });
  for (const { column, dropped } of groups.native) {
    newColumns(column.labels).forEach((result, at) => {
      for (let i = 0; i < env.count; i++) {
        if (column.present[i] !== HISTOGRAM || dropped?.[i] === 1) continue;
        const { value, remark } = quantileOf((quantiles[at] as Float64Array)[i] as number, histogramAt(column, i));
        if (remark !== undefined) env.remark(NAN_REMARKS[remark](result.labels.metricName, source.span));
        setFloat(result, i, value);
      }
    });
  }
  const forced = new ForcedSteps(env, source.span);
  for (const group of groups.classic) {
    const columns = newColumns(group.labels);
    eachStep(env, group, (i, buckets) => {
      for (let at = 0; at < columns.length; at++) {
        const result = columns[at] as Column;
        const { value, forced: force } = classicQuantile((quantiles[at] as Float64Array)[i] as number, buckets);
        if (force !== undefined) forced.add(i, result.labels.metricName, force);
        setFloat(result, i, value);
      }
    });
  }
  forced.remark();
  return results;
}

const NAN_REMARKS = { "result-is-nan": quantileIsNan, "skewed-higher": quantileSkewedByNan } as const;

/** Calls `visit` with the buckets that there are at each step; they may be changed. */
function eachStep(env: Env, group: ClassicGroup, visit: (step: number, buckets: ClassicBuckets) => void): void {
  const buckets: ClassicBuckets = { bounds: [], counts: [] };
  for (let i = 0; i < env.count; i++) {
    if (group.dropped?.[i] === 1) continue;
    let count = 0;
    for (let j = 0; j < group.columns.length; j++) {
      const { present, values } = group.columns[j] as Column;
      if (present[i] !== FLOAT) continue;
      buckets.bounds[count] = group.bounds[j] as number;
      buckets.counts[count] = values[i] as number;
      count++;
    }
    if (count === 0) continue;
    if (buckets.bounds.length !== count) {
      buckets.bounds.length = count;
      buckets.counts.length = count;
    }
    visit(i, buckets);
  }
}

/** One column for each quantile that the scalar took. */
function byQuantile(column: Column, quantiles: Float64Array, labelsOf: (q: number) => Labels): Column[] {
  const columns = new Map<Labels, Column>();
  const known = new Map<number, Labels>();
  for (let i = 0; i < column.present.length; i++) {
    if (column.present[i] !== FLOAT) continue;
    const q = quantiles[i] as number;
    let labels = known.get(q);
    if (labels === undefined) {
      labels = labelsOf(q);
      known.set(q, labels);
    }
    let target = columns.get(labels);
    if (target === undefined) {
      target = newColumn(labels, column.present.length, column.dropName);
      columns.set(labels, target);
    }
    setFloat(target, i, column.values[i] as number);
  }
  return [...columns.values()];
}

/**
 * Where classic buckets had to be corrected. Prometheus adds up what it has to say anew at every step, and in doing so
 * counts what it had said before once more.
 */
class ForcedSteps {
  readonly #env: Env;
  readonly #span: Span;
  readonly #byMetric = new Map<string, Map<number, ForcedMonotonicityDetails>>();

  constructor(env: Env, span: Span) {
    this.#env = env;
    this.#span = span;
  }

  add(step: number, metric: string, { minBucket, maxBucket, maxDiff }: ForcedMonotonicity): void {
    const time = timeOf(this.#env, step);
    const details = new ForcedMonotonicityDetails(time, time, minBucket, maxBucket, maxDiff);
    let steps = this.#byMetric.get(metric);
    if (steps === undefined) {
      steps = new Map();
      this.#byMetric.set(metric, steps);
    }
    const earlier = steps.get(step);
    steps.set(step, earlier === undefined ? details : details.merge(earlier));
  }

  remark(): void {
    for (const [metric, steps] of this.#byMetric) {
      let all: ForcedMonotonicityDetails | undefined;
      for (let i = Math.min(...steps.keys()); i < this.#env.count; i++) {
        const details = steps.get(i);
        if (all === undefined) all = details;
        else {
          if (details !== undefined) all = details.merge(all);
          all = all.merge(all);
        }
      }
      if (all !== undefined) this.#env.remark(forcedMonotonicity(metric, this.#span, all));
    }
  }
}
