/** Operators between two instant vectors. */
import type { BinaryExpr, VectorMatching } from "../../promql/ast.ts";
import {
  ABSENT,
  type Column,
  type Emit,
  FLOAT,
  histogramAt,
  newColumn,
  setFloat,
  setHistogram,
} from "../evaluate/column.ts";
import type { Env } from "../evaluate/env.ts";
import { emitSteps } from "../evaluate/merge.ts";
import { columnsOf, type VectorNode, vectorNode } from "../evaluate/node.ts";
import type { Labels } from "../labels/labels.ts";
import type { MemoryStorage } from "../storage/memory-storage.ts";
import { Matching } from "./matching.ts";
import { isArithmetic, Operation, type SampleOp, StepRemarks } from "./operation.ts";
import { matchStepByStep } from "./steps.ts";

/** An operator between two vectors that is no set operator. */
export function betweenVectors(
  expr: BinaryExpr,
  left: VectorNode,
  right: VectorNode,
  storage: MemoryStorage,
): VectorNode {
  const matching = expr.matching as VectorMatching;
  const op = expr.op as SampleOp;
  const labels = new Matching(storage.labels, matching);
  // Result labels depend on when names go, and are remembered.
  const delayedLabels = new Matching(storage.labels, matching);
  const swapped = matching.card === "one-to-many";
  const run = (env: Env, emit: Emit) => {
    const delayed = env.settings.delayedNameRemoval;
    const dropName = isArithmetic(op) || (expr.returnBool && !delayed);
    const lhs = columnsOf(left, env);
    const rhs = columnsOf(right, env);
    const join: Join = {
      env,
      expr,
      matching,
      labels: delayed ? delayedLabels : labels,
      dropName,
      operation: new Operation(op, expr.span),
      remarks: new StepRemarks(),
      many: swapped ? rhs : lhs,
      one: swapped ? lhs : rhs,
      swapped,
    };
    emitSteps(env, matchColumns(join) ?? matchStepByStep(join), emit);
    join.remarks.flush(env.remark);
  };
  return vectorNode({
    invariant: left.invariant && right.invariant,
    span: expr.span,
    run,
    distinctWithoutName: () => isArithmetic(op),
  });
}

/** Everything about one matching of two vectors. The many side is the left one where both are one. */
export interface Join {
  readonly env: Env;
  readonly expr: BinaryExpr;
  readonly matching: VectorMatching;
  readonly labels: Matching;
  readonly dropName: boolean;
  readonly operation: Operation;
  readonly remarks: StepRemarks;
  readonly many: readonly Column[];
  readonly one: readonly Column[];
  /** The many side is the right one. */
  readonly swapped: boolean;
}

/** Matches whole series, where at no step there can be two candidates for one; else `undefined`. */
function matchColumns(join: Join): Column[] | undefined {
  const { matching, labels, dropName, env } = join;
  if (matching.fill.lhs !== undefined || matching.fill.rhs !== undefined) return undefined;
  const ones = new Map<Labels, Column>();
  for (const column of join.one) {
    const signature = labels.signature(column.labels);
    if (ones.has(signature)) return undefined;
    ones.set(signature, column);
  }
  const pairs: { readonly many: Column; readonly one: Column; readonly labels: Labels }[] = [];
  const taken = new Set<Labels>();
  for (const many of join.many) {
    const signature = labels.signature(many.labels);
    const one = ones.get(signature);
    if (one === undefined) continue;
    const result = labels.result(many.labels, one.labels, dropName);
    const slot = matching.card === "one-to-one" ? signature : result;
    if (taken.has(slot)) return undefined;
    taken.add(slot);
    pairs.push({ many, one, labels: result });
  }
  return pairs.map(({ many, one, labels: result }) =>
    combine(join, many, one, newColumn(result, env.count, join.expr.returnBool)),
  );
}

function combine(join: Join, many: Column, one: Column, result: Column): Column {
  for (let i = 0; i < result.present.length; i++) {
    if (many.present[i] !== ABSENT && one.present[i] !== ABSENT) combineAt(join, many, one, i, result);
  }
  return result;
}

/** Computes on two samples of one step, and puts the result where there is one. */
function combineAt(join: Join, many: Column, one: Column, step: number, result: Column): void {
  const { operation, swapped } = join;
  const left = swapped ? one : many;
  const right = swapped ? many : one;
  if (left.present[step] === FLOAT && right.present[step] === FLOAT) {
    operation.onFloats(left.values[step] as number, right.values[step] as number);
  } else {
    operation.onHistograms(
      left.values[step] as number,
      right.values[step] as number,
      left.present[step] === FLOAT ? undefined : histogramAt(left, step),
      right.present[step] === FLOAT ? undefined : histogramAt(right, step),
    );
  }
  putResult(join, step, result);
}

/** Puts what the operation made; `false` where it made nothing. */
export function putResult({ operation, expr, remarks }: Join, step: number, result: Column): void {
  if (operation.trouble !== undefined) {
    remarks.set(step, operation.trouble);
    return;
  }
  if (operation.remark !== undefined) remarks.set(step, operation.remark);
  if (expr.returnBool) setFloat(result, step, operation.keep ? 1 : 0);
  else if (!operation.keep) return;
  else if (operation.histogram === undefined) setFloat(result, step, operation.value);
  else setHistogram(result, step, operation.histogram);
}
