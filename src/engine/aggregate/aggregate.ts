/** Aggregations over the series of an instant vector. */

import { METRIC_NAME } from "../../label/label-set.ts";
import type { AggregateExpr, AggregateOp, Span } from "../../promql/ast.ts";
import { invalidQuantile } from "../annotation/remarks.ts";
import type { Emit } from "../evaluate/column.ts";
import type { Env } from "../evaluate/env.ts";
import { emitSteps } from "../evaluate/merge.ts";
import {
  columnsOf,
  type Node,
  type ScalarNode,
  type StringNode,
  type VectorNode,
  vectorNode,
} from "../evaluate/node.ts";
import type { Labels } from "../labels/labels.ts";
import type { MemoryStorage } from "../storage/memory-storage.ts";
import type { Accumulator, Place } from "./accumulator.ts";
import { choose } from "./choose.ts";
import { countValues } from "./count-values.ts";
import {
  CountAccumulator,
  ExtremeAccumulator,
  QuantileAccumulator,
  VarianceAccumulator,
} from "./float-accumulators.ts";
import { Grouping } from "./grouping.ts";
import { parameterOf } from "./parameter.ts";
import { SumAccumulator } from "./sum-accumulator.ts";

/** An aggregation made ready. */
export interface Aggregation {
  readonly expr: AggregateExpr;
  readonly inner: VectorNode;
  readonly param: ScalarNode | undefined;
  readonly paramSpan: Span;
  readonly label: string;
  readonly grouping: Grouping;
  readonly storage: MemoryStorage;
}

type Run = (aggregation: Aggregation, env: Env, emit: Emit) => void;

const chosen: Run = (aggregation, env, emit) => {
  for (const column of choose(aggregation, env)) emit(column);
};

const RUNS: Readonly<Record<AggregateOp, Run>> = {
  sum: accumulated((place) => new SumAccumulator(place)),
  avg: accumulated((place) => new SumAccumulator(place)),
  count: accumulated((place) => new CountAccumulator(place)),
  group: accumulated((place) => new CountAccumulator(place)),
  min: accumulated((place) => new ExtremeAccumulator(place)),
  max: accumulated((place) => new ExtremeAccumulator(place)),
  stddev: accumulated((place) => new VarianceAccumulator(place)),
  stdvar: accumulated((place) => new VarianceAccumulator(place)),
  quantile: (aggregation, env, emit) => {
    const { param, paramSpan } = aggregation;
    const { at, min, max, hasNan } = parameterOf(env, param);
    if (hasNan) env.remark(invalidQuantile(Number.NaN, paramSpan));
    if (max > 1) env.remark(invalidQuantile(max, paramSpan));
    if (min < 0) env.remark(invalidQuantile(min, paramSpan));
    accumulated((place) => new QuantileAccumulator(place, at))(aggregation, env, emit);
  },
  topk: chosen,
  bottomk: chosen,
  limitk: chosen,
  limit_ratio: chosen,
  count_values: ({ expr, inner, label, storage }, env, emit) =>
    emitSteps(env, countValues(env, columnsOf(inner, env), label, expr, storage.labels), emit),
};

/** The node of an aggregation over `inner`. */
export function aggregate(
  expr: AggregateExpr,
  inner: VectorNode,
  param: Node | undefined,
  storage: MemoryStorage,
): VectorNode {
  const aggregation: Aggregation = {
    expr,
    inner,
    param: param?.kind === "scalar" ? param : undefined,
    paramSpan: param?.span ?? expr.span,
    label: param?.kind === "string" ? (param as StringNode).value : "",
    grouping: new Grouping(storage.labels, expr),
    storage,
  };
  const keepsName = !expr.without && expr.grouping.includes(METRIC_NAME);
  const chooses = RUNS[expr.op] === chosen;
  return vectorNode({
    // Prometheus asks only whether the vector is the same at every step, and not the parameter.
    invariant: inner.invariant,
    span: expr.span,
    run: (env, emit) => RUNS[expr.op](aggregation, env, emit),
    distinctWithoutName: chooses ? inner.distinctWithoutName : () => !keepsName && !storage.hasMetadataLabels,
  });
}

/** Runs each series into the accumulator of its group as it comes. */
function accumulated(make: (place: Place) => Accumulator): Run {
  return ({ expr, inner, grouping }, env, emit) => {
    const groups = new Map<Labels, Accumulator>();
    inner.run(env, (column) => {
      const labels = grouping.of(column.labels);
      let group = groups.get(labels);
      if (group === undefined) {
        group = make({ op: expr.op, labels, count: env.count, span: inner.span, remark: env.remark });
        groups.set(labels, group);
      }
      group.add(column);
    });
    for (const group of groups.values()) emit(group.result());
  };
}
