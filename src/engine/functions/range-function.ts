/** Functions of a range vector: for every series and step a value from the samples of a window. */
import type { FunctionName } from "../../promql/functions.ts";
import { possibleNonCounter, possibleNonCounterByType } from "../annotation/remarks.ts";
import { type Column, type Emit, newColumn, setFloat, setHistogram } from "../evaluate/column.ts";
import { type Env, timeOf } from "../evaluate/env.ts";
import { EvaluationError } from "../evaluate/error.ts";
import { UniqueLabels } from "../evaluate/merge.ts";
import { type RangeNode, type RangeSeries, type ScalarNode, vectorNode, type Windows } from "../evaluate/node.ts";
import type { Histogram } from "../histogram/histogram.ts";
import { countUpTo } from "../storage/samples.ts";
import { argSpan, type CompiledCall, type Implementation, rangeArg } from "./call.ts";
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
  const scalars = call.args.filter((arg): arg is ScalarNode => arg.kind === "scalar").map((arg) => arg.run(env));
  checkExtended(call, source);
  const windows = source.windows(env);
  const argsSpan = { ...source.span, start: argSpan(call, 0).start };
  const window = new Window(source.span, argSpan(call, 0), argsSpan, env.remark);
  window.rangeSeconds = windows.range / 1000;
  window.extended = source.extended;
  window.useStarts = traits.usesStarts === true && settings.startTimestamps;
  const unique = settings.delayedNameRemoval ? undefined : new UniqueLabels();
  source.each(env, (series) => {
    const dropName = traits.keepsName !== true || series.dropName;
    const drops = dropName && !settings.delayedNameRemoval;
    const labels = drops ? call.storage.labels.withoutName(series.labels) : series.labels;
    window.metric = series.labels.metricName;
    const column = valuesOf(env, series, windows, window, scalars, compute);
    if (column === undefined) return;
    unique?.check(labels);
    if (traits.wantsCounter === true) remarkNonCounter(env, series, column, source);
    column.labels = labels;
    column.dropName = dropName;
    emit(column);
  });
}

function valuesOf(
  env: Env,
  series: RangeSeries,
  windows: Windows,
  window: Window,
  scalars: readonly Float64Array[],
  compute: WindowFunction,
): Column | undefined {
  let column: Column | undefined;
  const slide = new Slide(env, series, windows, window);
  for (let i = 0; i < env.count; i++) {
    if (!slide.to(i)) continue;
    for (let j = 0; j < scalars.length; j++) window.params[j] = (scalars[j] as Float64Array)[i] as number;
    const kind = compute(window);
    if (kind === ABSENT) continue;
    column ??= newColumn(series.labels, env.count);
    if (kind === FLOAT) setFloat(column, i, window.value);
    else setHistogram(column, i, window.histogram as Histogram);
  }
  return column;
}

/** Moves a window over the samples of a series, step by step. */
export class Slide {
  readonly #env: Env;
  readonly #windows: Windows;
  readonly #window: Window;
  readonly #before: number;
  readonly #after: number;

  constructor(env: Env, series: RangeSeries, windows: Windows, window: Window) {
    this.#env = env;
    this.#windows = windows;
    this.#window = window;
    this.#before = windows.range + (window.extended === undefined ? 0 : env.settings.lookbackMs);
    this.#after = window.extended === "smoothed" ? env.settings.lookbackMs : 0;
    window.floats = series.floats;
    window.histograms = series.histograms;
    window.floatsFrom = 0;
    window.floatsEnd = 0;
    window.histogramsFrom = 0;
    window.histogramsEnd = 0;
  }

  /** Goes to a step, none before the last one; whether there are samples. */
  to(step: number): boolean {
    const window = this.#window;
    const { range, offset, fixedEnd } = this.#windows;
    window.now = timeOf(this.#env, step);
    if (fixedEnd === undefined || step === 0) {
      const end = fixedEnd ?? window.now - offset;
      window.rangeEnd = end;
      window.rangeStart = end - range;
      const { floats, histograms } = window;
      if (floats.length > 0) {
        window.floatsFrom = countUpTo(floats.times, floats.length, end - this.#before, window.floatsFrom);
        window.floatsEnd = countUpTo(floats.times, floats.length, end + this.#after, window.floatsEnd);
      }
      if (histograms.length > 0) {
        window.histogramsFrom = countUpTo(
          histograms.times,
          histograms.length,
          end - this.#before,
          window.histogramsFrom,
        );
        window.histogramsEnd = countUpTo(histograms.times, histograms.length, end + this.#after, window.histogramsEnd);
      }
    }
    return window.floatsEnd > window.floatsFrom || window.histogramsEnd > window.histogramsFrom;
  }
}

function remarkNonCounter(env: Env, { labels }: RangeSeries, column: Column, { span }: RangeNode): void {
  const metric = labels.metricName;
  if (metric === "" || !column.present.includes(FLOAT)) return;
  if (!env.settings.typeAndUnitLabels) {
    if (!COUNTER_NAME.test(metric)) env.remark(possibleNonCounter(metric, span));
    return;
  }
  const type = labels.get("__type__");
  if (type !== "counter" && type !== "histogram") env.remark(possibleNonCounterByType(metric, type, span));
}
