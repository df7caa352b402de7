/** The aggregations that choose among series: `topk`, `bottomk`, `limitk` and `limit_ratio`. */
import type { AggregateOp } from "../../promql/ast.ts";
import { formatShortest } from "../../promql/print/number.ts";
import { histogramIgnored, invalidRatio } from "../annotation/remarks.ts";
import { ABSENT, type Column, FLOAT, histogramAt, newColumn, setFloat, setHistogram } from "../evaluate/column.ts";
import { type Env, isInstant } from "../evaluate/env.ts";
import { EvaluationError } from "../evaluate/error.ts";
import { columnsOf } from "../evaluate/node.ts";
import { hashShare } from "../labels/hash.ts";
import type { Labels } from "../labels/labels.ts";
import type { Aggregation } from "./aggregate.ts";
import { Heap } from "./heap.ts";
import { type Parameter, parameterOf } from "./parameter.ts";

export type ChoosingOp = Extract<AggregateOp, "topk" | "bottomk" | "limitk" | "limit_ratio">;

/** The smallest and the largest number that a signed integer of 64 bits can hold, as floats. */
const LEAST_INTEGER = -(2 ** 63);
const GREATEST_INTEGER = 2 ** 63 - 1024;

/** The chosen samples, in the order of groups and of rank within. */
export function choose({ expr, grouping, inner, param, paramSpan }: Aggregation, env: Env): Column[] {
  const op = expr.op as ChoosingOp;
  const values = parameterOf(env, param);
  const columns = columnsOf(inner, env);
  if (!isWorthwhile(op, values)) return [];
  check(op, values);
  if (op === "limit_ratio") {
    if (values.max > 1) env.remark(invalidRatio(values.max, 1, paramSpan));
    if (values.min < -1) env.remark(invalidRatio(values.min, -1, paramSpan));
  }
  const groups = new Map<Labels, Column[]>();
  for (const column of columns) {
    const labels = grouping.of(column.labels);
    const group = groups.get(labels);
    if (group === undefined) groups.set(labels, [column]);
    else group.push(column);
  }
  const results = new Map<Column, Column>();
  for (let i = 0; i < env.count; i++) {
    for (const group of groups.values()) {
      const there = group.filter((column) => column.present[i] !== ABSENT);
      if (there.length === 0) continue;
      const ranks = op === "topk" || op === "bottomk";
      if (ranks && (values.at[i] as number) >= 1 && there.some((column) => column.present[i] !== FLOAT)) {
        env.remark(histogramIgnored(op, expr.span));
      }
      for (const column of CHOICES[op](there, i, values.at[i] as number, columns.length)) copy(column, i, results, env);
    }
  }
  return [...results.values()];
}

type Choice = (columns: readonly Column[], step: number, parameter: number, most: number) => readonly Column[];

const CHOICES: Readonly<Record<ChoosingOp, Choice>> = {
  topk: ranked((a, b) => a < b),
  bottomk: ranked((a, b) => a > b),
  limitk: (columns, _step, parameter, most) => columns.slice(0, Math.max(0, Math.min(Math.trunc(parameter), most))),
  limit_ratio: (columns, _step, parameter) => {
    const ratio = Math.max(-1, Math.min(1, parameter));
    return columns.filter(({ labels }) => (ratio >= 0 ? hashShare(labels) < ratio : hashShare(labels) >= 1 + ratio));
  },
};

/** Chooses by value the `parameter` last ones in the order of `less`; NaN only where there is nothing else. */
function ranked(less: (a: number, b: number) => boolean): Choice {
  return (columns, step, parameter, most) => {
    const k = Math.min(Math.trunc(parameter), most);
    if (k < 1) return [];
    const value = (column: Column) => column.values[step] as number;
    // A heap with the one on top that is the first to go.
    const heap = new Heap<Column>((a, b) => Number.isNaN(value(a)) || less(value(a), value(b)));
    for (const column of columns) {
      if (column.present[step] !== FLOAT) continue;
      const top = heap.top;
      if (heap.size < k || top === undefined) heap.push(column);
      else if (less(value(top), value(column)) || (Number.isNaN(value(top)) && !Number.isNaN(value(column)))) {
        heap.replaceTop(column);
      }
    }
    return heap.items.sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
      return Number(less(x, y)) - Number(less(y, x));
    });
  };
}

/** Whether the parameter lets anything through at any step. */
function isWorthwhile(op: ChoosingOp, { min, max }: Parameter): boolean {
  return op === "limit_ratio" ? !(max === 0 && min === 0) : !(max < 1);
}

function check(op: ChoosingOp, { min, max, hasNan }: Parameter): void {
  if (op === "limit_ratio") {
    if (hasNan) throw new EvaluationError("Ratio value is NaN");
    return;
  }
  if (hasNan) throw new EvaluationError("Parameter value is NaN");
  if (min <= LEAST_INTEGER) throw new EvaluationError(`Scalar value ${formatShortest(min)} underflows int64`);
  if (max >= GREATEST_INTEGER) throw new EvaluationError(`Scalar value ${formatShortest(max)} overflows int64`);
}

function copy(column: Column, step: number, results: Map<Column, Column>, env: Env): void {
  if (isInstant(env)) {
    results.set(column, column);
    return;
  }
  let result = results.get(column);
  if (result === undefined) {
    result = newColumn(column.labels, env.count, column.dropName);
    results.set(column, result);
  }
  if (column.present[step] === FLOAT) setFloat(result, step, column.values[step] as number);
  else setHistogram(result, step, histogramAt(column, step));
}
