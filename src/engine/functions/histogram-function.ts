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
import { columnsOf, type ScalarNode, vectorNode } from "../evaluate/node.ts";
import { allBuckets } from "../histogram/buckets.ts";
import { type ClassicBuckets, classicFraction, classicQuantile } from "../histogram/classic.ts";
import { type Histogram, hasCustomBuckets } from "../histogram/histogram.ts";
import { fractionOf, quantileOf } from "../histogram/quantile.ts";
import type { Labels } from "../labels/labels.ts";
import { formatOpenMetrics } from "../number/format.ts";
import { KahanSum } from "../number/kahan.ts";
import { argSpan, type CompiledCall, type Implementation, scalarArg, stringArg, vectorArg } from "./call.ts";
import { type ClassicGroup, groupHistograms, type HistogramGroups } from "./histogram-groups.ts";

/** The value below which a share of the observations lies. */
export const histogramQuantile: Implementation = (call) => {
  const source = new HistogramSource(call, 1);
  const q = scalarArg(call, 0);
  return source.node((env, emit, groups) => {
    const quantiles = q.run(env);
    remarkInvalid(env, quantiles, argSpan(call, 0));
    const forced = new ForcedSteps(env, source.span);
    emitSteps(env, quantileColumns(env, groups, quantiles, forced, source), emit);
    forced.remark();
  });
};

/** Several quantiles, each under a label that names it. */
export const histogramQuantiles: Implementation = (call) => {
  const source = new HistogramSource(call, 0);
  const label = stringArg(call, 1);
  const table = call.storage.labels;
  return source.node((env, emit, groups) => {
    const forced = new ForcedSteps(env, source.span);
    const columns: Column[] = [];
    for (let place = 2; place < call.args.length; place++) {
      const quantiles = scalarArg(call, place).run(env);
      remarkInvalid(env, quantiles, argSpan(call, place));
      for (const column of quantileColumns(env, groups, quantiles, forced, source)) {
        columns.push(
          ...byQuantile(column, quantiles, (q) => table.with(column.labels, [[label, formatOpenMetrics(q)]])),
        );
      }
    }
    emitSteps(env, columns, emit);
    forced.remark();
  });
};

/** The share of the observations between two values. */
export const histogramFraction: Implementation = (call) => {
  const source = new HistogramSource(call, 2);
  const bounds: readonly ScalarNode[] = [scalarArg(call, 0), scalarArg(call, 1)];
  return source.node((env, emit, groups) => {
    const [lower, upper] = bounds.map((bound) => bound.run(env)) as [Float64Array, Float64Array];
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
  readonly #place: number;

  constructor(call: CompiledCall, place: number) {
    this.#call = call;
    this.#place = place;
    this.span = argSpan(call, place);
  }

  node(compute: (env: Env, emit: Emit, groups: HistogramGroups) => void) {
    const call = this.#call;
    const arg = vectorArg(call, this.#place);
    const memory = new Map<Labels, Labels>();
    return vectorNode({
      invariant: call.invariant,
      span: call.expr.span,
      run: (env, emit) => {
        const groups = groupHistograms(env, columnsOf(arg, env), call.storage.labels, memory, {
          badBucketLabel: (metric, le) => env.remark(badBucketLabel(this.#nameOf(env, metric), le, this.span)),
          mixed: (metric) => env.remark(mixedClassicNativeHistograms(this.#nameOf(env, metric), this.span)),
        });
        compute(env, emit, groups);
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

function quantileColumns(
  env: Env,
  groups: HistogramGroups,
  quantiles: Float64Array,
  forced: ForcedSteps,
  source: HistogramSource,
): Column[] {
  const columns: Column[] = [];
  for (const { column, dropped } of groups.native) {
    const result = source.resultColumn(env, column.labels);
    const metric = result.labels.metricName;
    for (let i = 0; i < env.count; i++) {
      if (column.present[i] !== HISTOGRAM || dropped?.[i] === 1) continue;
      const { value, remark } = quantileOf(quantiles[i] as number, histogramAt(column, i));
      if (remark === "result-is-nan") env.remark(quantileIsNan(metric, source.span));
      else if (remark === "skewed-higher") env.remark(quantileSkewedByNan(metric, source.span));
      setFloat(result, i, value);
    }
    columns.push(result);
  }
  for (const group of groups.classic) {
    const result = source.resultColumn(env, group.labels);
    eachStep(env, group, (i, buckets) => {
      const { value, forced: force } = classicQuantile(quantiles[i] as number, buckets);
      if (force !== undefined) {
        const time = timeOf(env, i);
        const details = new ForcedMonotonicityDetails(time, time, force.minBucket, force.maxBucket, force.maxDiff);
        forced.add(i, result.labels.metricName, details);
      }
      setFloat(result, i, value);
    });
    columns.push(result);
  }
  return columns;
}

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
    buckets.bounds.length = count;
    buckets.counts.length = count;
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

  add(step: number, metric: string, details: ForcedMonotonicityDetails): void {
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
