/** The sign in front of an expression. */
import type { UnaryExpr } from "../../promql/ast.ts";
import { scale } from "../histogram/histogram.ts";
import type { MemoryStorage } from "../storage/memory-storage.ts";
import { type Column, FLOAT, HISTOGRAM, histogramAt, setHistogram } from "./column.ts";
import type { Env } from "./env.ts";
import { ColumnMerger } from "./merge.ts";
import { type ScalarNode, scalarNode, type VectorNode, vectorNode } from "./node.ts";

/** The node with its sign turned. */
export function negate(
  expr: UnaryExpr,
  inner: VectorNode | ScalarNode,
  storage: MemoryStorage,
): VectorNode | ScalarNode {
  if (inner.kind === "scalar") {
    return scalarNode({
      invariant: inner.invariant,
      span: expr.span,
      run: (env) => inner.run(env).map((value) => -value),
    });
  }
  return vectorNode({
    invariant: inner.invariant,
    span: expr.span,
    run: (env: Env, emit) => {
      const delayed = env.settings.delayedNameRemoval;
      const merger = new ColumnMerger(emit, FLOAT);
      inner.run(env, (column) => {
        negateColumn(column);
        column.dropName = true;
        if (delayed) emit(column);
        else {
          column.labels = storage.labels.withoutName(column.labels);
          merger.add(column);
        }
      });
      merger.flush();
    },
    distinctWithoutName: inner.distinctWithoutName,
  });
}

function negateColumn(column: Column): void {
  const { present, values } = column;
  for (let i = 0; i < present.length; i++) {
    if (present[i] === FLOAT) values[i] = -(values[i] as number);
    else if (present[i] === HISTOGRAM) setHistogram(column, i, scale(histogramAt(column, i), -1));
  }
}
