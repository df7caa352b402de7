/**
 * What is known of an expression's results before it is ever evaluated: which labels they surely have, may have and
 * cannot have, and why; whether there are any results; and what their values mean.
 *
 * Everything said holds for whatever data there is. Where that cannot be said, less is said.
 */
import type { Expr, ExprKind, ExprOf, ValueType } from "../ast.ts";
import { functionNamed } from "../functions.ts";
import { aggregateFlow } from "./flow/aggregate.ts";
import { binaryFlow, type Side } from "./flow/binary.ts";
import { callFlow } from "./flow/call.ts";
import type { LabelFlowOptions } from "./flow/catalog.ts";
import { NAME_LABELS, onlyLabels, withoutLabels } from "./flow/facts.ts";
import type { Flow } from "./flow/flow.ts";
import { selectorFlow } from "./flow/selector.ts";
import { constant, operate, UNKNOWN_VALUE } from "./flow/value.ts";

/** The facts about an expression's results. */
export interface LabelFlow extends Flow {
  readonly type: ValueType;
}

/**
 * What is known of the results of `expr`, whose types must have been checked.
 *
 * ```ts
 * labelFlow(parseOrThrow("sum by (sku) (stock)")).labels;
 * ```
 */
export function labelFlow(expr: Expr, options: LabelFlowOptions = {}): LabelFlow {
  return flowOf(expr, options);
}

function flowOf(expr: Expr, known: LabelFlowOptions): LabelFlow {
  return (FLOWS[expr.kind] as (expr: Expr, known: LabelFlowOptions) => LabelFlow)(expr, known);
}

const FLOWS: { readonly [K in ExprKind]: (expr: ExprOf<K>, known: LabelFlowOptions) => LabelFlow } = {
  AggregateExpr: (node, known) => {
    const param = node.param === undefined ? undefined : flowOf(node.param, known);
    return { type: "vector", ...aggregateFlow(node, flowOf(node.expr, known), param) };
  },
  BinaryExpr: (node, known) => {
    const [lhs, rhs] = [side(node.lhs, known), side(node.rhs, known)];
    const scalar = lhs.type === "scalar" && rhs.type === "scalar";
    return { type: scalar ? "scalar" : "vector", ...binaryFlow(node, lhs, rhs) };
  },
  Call: (node, known) => {
    const args = node.args.map((arg) => flowOf(arg, known));
    return { type: functionNamed(node.func)?.returns ?? "vector", ...callFlow(node, args) };
  },
  MatrixSelector: ({ selector }, known) => ({ type: "matrix", ...selectorFlow(selector, known) }),
  NumberLiteral: (node) => ({ type: "scalar", ...written(node, "a number"), value: constant(node.value) }),
  ParenExpr: ({ expr }, known) => flowOf(expr, known),
  StringLiteral: (node) => ({ type: "string", ...written(node, "a text") }),
  SubqueryExpr: ({ expr }, known) => ({ ...flowOf(expr, known), type: "matrix" }),
  UnaryExpr: ({ op, expr, span }, known) => {
    const inner = flowOf(expr, known);
    if (op === "+") return inner;
    const value = operate("-", false, constant(0), { ...inner.value, meaning: level(inner.value.meaning) });
    const labels = withoutLabels(inner.labels, NAME_LABELS, `the sign drops the metric's name`, span);
    return { ...inner, labels, value };
  },
  VectorSelector: (node, known) => ({ type: "vector", ...selectorFlow(node, known) }),
};

function side(expr: Expr, known: LabelFlowOptions): Side {
  const flow = flowOf(expr, known);
  return { expr, type: flow.type, flow };
}

function level(meaning: Flow["value"]["meaning"]): Flow["value"]["meaning"] {
  return meaning === "counter" ? "gauge" : meaning;
}

function written({ span }: Expr, what: string): Flow {
  return {
    labels: onlyLabels(new Map(), `${what} has no labels`, span),
    returns: { when: "always", reason: `${what} always has a value`, span },
    value: UNKNOWN_VALUE,
  };
}
