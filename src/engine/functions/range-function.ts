/** Functions of a range vector: for every series and step a value from the samples of a window. */
import type { FunctionName } from "../../promql/functions.ts";
import { possibleNonCounter, possibleNonCounterByType } from "../annotation/remarks.ts";
import { type Column, type Emit, newColumn, setHistogram } from "../evaluate/column.ts";
import type { Env } from "../evaluate/env.ts";
import { EvaluationError } from "../evaluate/error.ts";
import { UniqueLabels } from "../evaluate/merge.ts";
import { type RangeNode, type RangeSeries, type ScalarNode, vectorNode } from "../evaluate/node.ts";
import type { Histogram } from "../histogram/histogram.ts";
import { argSpan, type CompiledCall, type Implementation, rangeArg } from "./call.ts";
import { Slide } from "./slide.ts";
import { ABSENT, FLOAT, Window, type WindowFunction } from "./window.ts";

interface Traits {
  /** The sample stays what it was, and so does the metric's name. */
  readonly keepsName?: boolean;
  /** The metric should be a counter, and there is a remark where it does not look like one. */
  readonly wantsCounter?: boolean;
  /** Start timestamps count. */
  readonly usesStarts?: boolean;
}

/** The functions that know what to do with samples beyond the bounds of the window. */
const EXTENDED: Readonly<Record<"anchored" | "smoothed", readonly FunctionName[]>> = {
  anchored: ["changes", "delta", "increase", "rate", "resets"],
  smoothed: ["delta", "increase", "rate"],
};

const COUNTER_NAME = /_(?:total|sum|count|bucket)$/;

/** A function of a range vector; further arguments are scalars. */
export function rangeFunction(compute: WindowFunction, traits: Traits = {}): Implementation {
  return (call) => {
    const source = rangeArg(call);
    return vectorNode({
      invariant: call.invariant,
      span: call.expr.span,
      run: (env, emit) => run(call, source, compute, traits, env, emit),
      // Where names go with the function, series that then are the same are an error already.
      distinctWithoutName: () => traits.keepsName !== true,
    });
  };
}

/** Fails where a selector's modifier does not go with the function. */
export function checkExtended({ name }: CompiledCall, { extended }: RangeNode): void {
  if (extended === undefined || EXTENDED[extended].includes(name)) return;
  throw new EvaluationError(
    `${extended} modifier can only be used with: ${EXTENDED[extended].join(", ")} - not with ${name}`,
  );
}

function run(
  call: CompiledCall,
  source: RangeNode,
  compute: WindowFunction,
  traits: Traits,
  env: Env,
  emit: Emit,
): void {
  const { settings } = env;
  checkExtended(call, source);
  const windows = source.windows(env);
  const argsSpan = { ...source.span, start: argSpan(call, 0).start };
  const window = new Window(source.span, argSpan(call, 0), argsSpan, env.remark);
  window.rangeSeconds = windows.range / 1000;
  window.steps = env.count;
  window.extended = source.extended;
  window.useStarts = traits.usesStarts === true && settings.startTimestamps;
  const slide = new Slide(env, windows, window);
  const unique = settings.delayedNameRemoval ? undefined : new UniqueLabels();
  const take = (series: RangeSeries, scalars: readonly Float64Array[]) => {
    const column = valuesOf(env, series, slide, window, scalars, compute);
    if (column === undefined) return;
    const dropName = traits.keepsName !== true || series.dropName;
    const drops = dropName && !settings.delayedNameRemoval;
    const labels = drops ? call.storage.labels.withoutName(series.labels) : series.labels;
    unique?.check(labels);
    if (traits.wantsCounter === true) remarkNonCounter(env, series, column, source);
    column.labels = labels;
    column.dropName = dropName;
    emit(column);
  };
  if (call.args.length === 1) {
    source.each(env, (series) => take(series, []));
    return;
  }
  // The whole range vector comes before the scalars, and with it what may be wrong with it.
  const all: RangeSeries[] = [];
  source.each(env, (series) => all.push(series));
  const scalars = call.args.filter((arg): arg is ScalarNode => arg.kind === "scalar").map((arg) => arg.run(env));
  for (const series of all) take(series, scalars);
}

function valuesOf(
  env: Env,
  series: RangeSeries,
  slide: Slide,
  window: Window,
  scalars: readonly Float64Array[],
  compute: WindowFunction,
): Column | undefined {
  if (!slide.over(series)) return undefined;
  let column: Column | undefined;
  for (let i = 0; i < env.count; i++) {
    if (!slide.to(i)) continue;
    for (let j = 0; j < scalars.length; j++) window.params[j] = (scalars[j] as Float64Array)[i] as number;
    const kind = compute(window);
    if (kind === ABSENT) continue;
    column ??= newColumn(series.labels, env.count);
    if (kind === FLOAT) {
      column.present[i] = FLOAT;
      column.values[i] = window.value;
    } else setHistogram(column, i, window.histogram as Histogram);
  }
  return column;
}

function remarkNonCounter(env: Env, { labels }: RangeSeries, column: Column, { span }: RangeNode): void {
  const metric = labels.metricName;
  if (metric === "" || (column.histograms !== undefined && !column.present.includes(FLOAT))) return;
  if (!env.settings.typeAndUnitLabels) {
    if (!COUNTER_NAME.test(metric)) env.remark(possibleNonCounter(metric, span));
    return;
  }
  const type = labels.get("__type__");
  if (type !== "counter" && type !== "histogram") env.remark(possibleNonCounterByType(metric, type, span));
}
