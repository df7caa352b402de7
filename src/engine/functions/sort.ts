/** Sorting, which shows in the result of an instant query alone. */
import { sortInRangeQuery } from "../annotation/remarks.ts";
import { ABSENT, type Column, FLOAT } from "../evaluate/column.ts";
import { type Env, isInstant } from "../evaluate/env.ts";
import { columnsOf, vectorNode } from "../evaluate/node.ts";
import { compareLabels } from "../labels/labels.ts";
import { naturallyBefore } from "../labels/natural-order.ts";
import { type CompiledCall, type Implementation, stringArg, vectorArg } from "./call.ts";

type Order = (a: Column, b: Column) => number;

/** By value, NaN last; histograms are left out. */
export function sortByValue(direction: 1 | -1): Implementation {
  const order: Order = (a, b) => {
    const [x, y] = [a.values[0] as number, b.values[0] as number];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return direction * (x - y || 0);
  };
  return (call) => sorted(call, order, keepFloats);
}

/** By the values of labels in natural order, then by all labels. */
export function sortByLabel(direction: 1 | -1): Implementation {
  return (call) => {
    const names = call.args.slice(1).map((_, i) => stringArg(call, i + 1));
    const order: Order = (a, b) => {
      for (const name of names) {
        const [x, y] = [a.labels.get(name), b.labels.get(name)];
        if (x !== y) return naturallyBefore(x, y) ? -direction : direction;
      }
      return direction * compareLabels(a.labels, b.labels);
    };
    return sorted(call, order, (columns) => columns);
  };
}

function sorted(call: CompiledCall, order: Order, keep: (columns: Column[]) => Column[]) {
  const arg = vectorArg(call, 0);
  return vectorNode({
    invariant: call.invariant,
    span: call.expr.span,
    run: (env: Env, emit) => {
      if (!isInstant(env)) env.remark(sortInRangeQuery(call.expr.span));
      const columns = keep(columnsOf(arg, env));
      if (isInstant(env)) columns.sort(order);
      for (const column of columns) emit(column);
    },
    distinctWithoutName: arg.distinctWithoutName,
  });
}

function keepFloats(columns: Column[]): Column[] {
  for (const { present } of columns) {
    for (let i = 0; i < present.length; i++) if (present[i] !== FLOAT) present[i] = ABSENT;
  }
  return columns.filter(({ present }) => present.includes(FLOAT));
}
