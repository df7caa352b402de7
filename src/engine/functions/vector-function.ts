/** Functions that take each series of an instant vector on its own. */
import { ABSENT, type Column, type Emit, FLOAT, HISTOGRAM, histogramAt, setFloat } from "../evaluate/column.ts";
import type { Env } from "../evaluate/env.ts";
import { emitSteps } from "../evaluate/merge.ts";
import { type VectorNode, vectorNode } from "../evaluate/node.ts";
import type { Histogram } from "../histogram/histogram.ts";
import type { Labels } from "../labels/labels.ts";
import { type CompiledCall, type Implementation, scalarArg, vectorArg } from "./call.ts";

/** Changes a column in place. */
export type ColumnChange = (column: Column, env: Env, scalars: readonly Float64Array[]) => void;

/** A function that gives each float another value; histograms are left out. */
export function mathFunction(compute: (value: number) => number): Implementation {
  return onEach(({ present, values }) => {
    for (let i = 0; i < present.length; i++) {
      if (present[i] === FLOAT) values[i] = compute(values[i] as number);
      else present[i] = ABSENT;
    }
  });
}

/** A function that gives each float another value by scalars; histograms are left out. */
export function mathFunctionBy(
  compute: (value: number, scalars: readonly number[]) => number | undefined,
): Implementation {
  const at: number[] = [];
  return onEach(({ present, values }, _env, scalars) => {
    for (let i = 0; i < present.length; i++) {
      for (let j = 0; j < scalars.length; j++) at[j] = (scalars[j] as Float64Array)[i] as number;
      at.length = scalars.length;
      const value = present[i] === FLOAT ? compute(values[i] as number, at) : undefined;
      if (value === undefined) present[i] = ABSENT;
      else values[i] = value;
    }
  });
}

/** A function that makes a float of each histogram; floats are left out. */
export function histogramFunction(compute: (histogram: Histogram) => number): Implementation {
  return onEach((column) => {
    for (let i = 0; i < column.present.length; i++) {
      if (column.present[i] === HISTOGRAM) setFloat(column, i, compute(histogramAt(column, i)));
      else column.present[i] = ABSENT;
    }
    column.histograms = undefined;
  }, "name-only");
}

/** A function that changes each series on its own, and after which the metric name means nothing. */
export function onEach(change: ColumnChange, drop: "name-only" | "identity" = "identity"): Implementation {
  return (call) => changeEach(call, vectorArg(call, 0), scalarArgs(call), change, drop);
}

function changeEach(
  call: CompiledCall,
  arg: VectorNode,
  scalars: (env: Env) => readonly Float64Array[],
  change: ColumnChange,
  drop: "name-only" | "identity",
): VectorNode {
  const table = call.storage.labels;
  const nameless =
    drop === "identity"
      ? (labels: Labels) => table.withoutName(labels)
      : (labels: Labels) => table.filter(labels, (name) => name !== "__name__");
  const run = (env: Env, emit: Emit) => {
    // The vector comes first, and with it what may be wrong with it.
    let numbers: readonly Float64Array[] | undefined;
    const delayed = env.settings.delayedNameRemoval;
    const changed = (column: Column): Column => {
      numbers ??= scalars(env);
      change(column, env, numbers);
      column.dropName = true;
      if (!delayed) column.labels = nameless(column.labels);
      return column;
    };
    if (delayed || arg.distinctWithoutName()) arg.run(env, (column) => emit(changed(column)));
    else {
      const columns: Column[] = [];
      arg.run(env, (column) => columns.push(changed(column)));
      emitSteps(env, columns, emit);
    }
    numbers ??= scalars(env);
  };
  return vectorNode({
    invariant: call.invariant,
    span: call.expr.span,
    run,
    distinctWithoutName: arg.distinctWithoutName,
  });
}

function scalarArgs(call: CompiledCall): (env: Env) => readonly Float64Array[] {
  const nodes = call.args.flatMap((arg, place) => (arg.kind === "scalar" ? [scalarArg(call, place)] : []));
  return (env) => nodes.map((node) => node.run(env));
}
