/** Subqueries: an expression evaluated at steps of its own, whose results are the samples of a range vector. */
import type { Span, SubqueryExpr } from "../../promql/ast.ts";
import { type Column, FLOAT, HISTOGRAM, histogramAt } from "../evaluate/column.ts";
import { durationMs } from "../evaluate/duration.ts";
import { type Env, overSteps, timeOf } from "../evaluate/env.ts";
import type { RangeNode, RangeSeries, VectorNode, Windows } from "../evaluate/node.ts";
import { withHint } from "../histogram/histogram.ts";
import { atMs, offsetMs } from "../select/reference.ts";
import { FloatSamples, type HistogramSamples, NO_FLOATS, NO_HISTOGRAMS } from "../storage/samples.ts";

// Prometheus forgets where a subquery stands once it is the argument of a function.
const START_OF_QUERY: Span = Object.freeze({ start: 0, end: 0 });

/** A subquery over `inner`; as the result of a query rather than the argument of a function, it keeps counters' hints. */
export function subquery(expr: SubqueryExpr, inner: VectorNode, use: "argument" | "result"): RangeNode {
  const windows = (env: Env): Windows => {
    const offset = offsetMs(expr, env);
    const at = atMs(expr, env);
    return {
      range: durationMs(expr.range, env.query, "positive"),
      offset,
      fixedEnd: at === undefined ? undefined : at - offset,
    };
  };

  const each = (env: Env, visit: (series: RangeSeries) => void) => {
    if (env.count === 0) return;
    const { range, offset, fixedEnd } = windows(env);
    const step =
      expr.step === undefined ? env.settings.subqueryStepMs(range) : durationMs(expr.step, env.query, "positive");
    const from = (fixedEnd ?? env.start - offset) - range;
    const end = fixedEnd ?? timeOf(env, env.count - 1) - offset;
    // Steps are multiples of the step, so that a query asks for the same ones again a little later.
    let start = step * Math.trunc(from / step);
    if (start <= from) start += step;
    const innerEnv = overSteps(env, start, end, step);
    const times = new Float64Array(innerEnv.count);
    for (let i = 0; i < times.length; i++) times[i] = timeOf(innerEnv, i);
    inner.run(innerEnv, (column) =>
      visit({
        labels: column.labels,
        dropName: column.dropName,
        floats: floatsOf(column, times),
        histograms: histogramsOf(column, times, use),
      }),
    );
  };

  return {
    kind: "range",
    invariant: expr.at !== undefined,
    span: use === "argument" ? START_OF_QUERY : expr.span,
    windows,
    each,
    extended: undefined,
    matchers: [],
  };
}

function floatsOf(column: Column, times: Float64Array): FloatSamples {
  const { present, values } = column;
  const at = stepsOf(present, FLOAT);
  if (at.length === 0) return NO_FLOATS;
  if (at.length === present.length) return new FloatSamples(times, values, values.length, undefined);
  const [pickedTimes, pickedValues] = [new Float64Array(at.length), new Float64Array(at.length)];
  for (let i = 0; i < at.length; i++) {
    pickedTimes[i] = times[at[i] as number] as number;
    pickedValues[i] = values[at[i] as number] as number;
  }
  return new FloatSamples(pickedTimes, pickedValues, at.length, undefined);
}

// A subquery may leave out samples or repeat them, so that what their hints say about the one before no longer holds.
function histogramsOf(column: Column, times: Float64Array, use: "argument" | "result"): HistogramSamples {
  const at = stepsOf(column.present, HISTOGRAM);
  if (at.length === 0) return NO_HISTOGRAMS;
  return {
    times: Float64Array.from(at, (step) => times[step] as number),
    histograms: at.map((step) => {
      const h = histogramAt(column, step);
      return use === "result" || h.hint === "gauge" ? h : withHint(h, "unknown");
    }),
    length: at.length,
    starts: undefined,
  };
}

function stepsOf(present: Uint8Array, kind: number): number[] {
  const steps: number[] = [];
  for (let i = 0; i < present.length; i++) if (present[i] === kind) steps.push(i);
  return steps;
}
