/** Binary operators with a scalar on one side or on both. */
import type { BinaryExpr } from "../../promql/ast.ts";
import { ABSENT, type Column, FLOAT, histogramAt, setFloat, setHistogram } from "../evaluate/column.ts";
import type { Env } from "../evaluate/env.ts";
import { emitSteps } from "../evaluate/merge.ts";
import { type ScalarNode, scalarNode, type VectorNode, vectorNode } from "../evaluate/node.ts";
import type { MemoryStorage } from "../storage/memory-storage.ts";
import { isArithmetic, isComparison, Operation, type SampleOp, StepRemarks, scalarOperation } from "./operation.ts";

/** An operator between two scalars. */
export function betweenScalars(expr: BinaryExpr, left: ScalarNode, right: ScalarNode): ScalarNode {
  const compute = scalarOperation(expr.op as SampleOp);
  return scalarNode({
    invariant: left.invariant && right.invariant,
    span: expr.span,
    run: (env) => {
      const result = left.run(env);
      const other = right.run(env);
      for (let i = 0; i < result.length; i++) result[i] = compute(result[i] as number, other[i] as number);
      return result;
    },
  });
}

/** An operator between a vector and a scalar, which stands on the given side. */
export function withScalar(
  expr: BinaryExpr,
  vector: VectorNode,
  scalar: ScalarNode,
  side: "left" | "right",
  storage: MemoryStorage,
): VectorNode {
  const op = expr.op as SampleOp;
  const drops = isArithmetic(op) || expr.returnBool;
  const run = (env: Env, emit: (column: Column) => void) => {
    // What stands on the left comes first, and with it what may be wrong with it.
    let numbers = side === "left" ? scalar.run(env) : undefined;
    const remarks = new StepRemarks();
    const operation = new Operation(op, expr.span);
    const delayed = env.settings.delayedNameRemoval;
    const changed = (column: Column): Column => {
      numbers ??= scalar.run(env);
      apply(column, numbers, operation, side, expr.returnBool, remarks);
      if (drops) {
        column.dropName = true;
        if (!delayed) column.labels = storage.labels.withoutName(column.labels);
      }
      return column;
    };
    if (!drops || delayed || vector.distinctWithoutName()) vector.run(env, (column) => emit(changed(column)));
    else {
      const columns: Column[] = [];
      vector.run(env, (column) => columns.push(changed(column)));
      emitSteps(env, columns, emit);
    }
    numbers ??= scalar.run(env);
    remarks.flush(env.remark);
  };
  return vectorNode({
    invariant: vector.invariant && scalar.invariant,
    span: expr.span,
    run,
    distinctWithoutName: vector.distinctWithoutName,
  });
}

function apply(
  column: Column,
  scalars: Float64Array,
  operation: Operation,
  side: "left" | "right",
  returnBool: boolean,
  remarks: StepRemarks,
): void {
  const { present, values } = column;
  const comparison = isComparison(operation.op);
  for (let i = 0; i < present.length; i++) {
    const kind = present[i];
    if (kind === ABSENT) continue;
    const scalar = scalars[i] as number;
    const value = values[i] as number;
    const histogram = kind === FLOAT ? undefined : histogramAt(column, i);
    if (histogram === undefined) operation.onFloats(side === "left" ? scalar : value, side === "left" ? value : scalar);
    else if (side === "left") operation.onHistograms(scalar, 0, undefined, histogram);
    else operation.onHistograms(0, scalar, histogram, undefined);
    if (operation.trouble !== undefined) {
      remarks.set(i, operation.trouble);
      present[i] = ABSENT;
    } else if (returnBool) setFloat(column, i, operation.keep ? 1 : 0);
    else if (!operation.keep) present[i] = ABSENT;
    // A comparison keeps the vector's sample, on whichever side that stands.
    else if (comparison) continue;
    else if (operation.histogram === undefined) setFloat(column, i, operation.value);
    else setHistogram(column, i, operation.histogram);
  }
}
