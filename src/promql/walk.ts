/** The children of every kind of node. */
import type { Expr, ExprKind, ExprOf } from "./ast.ts";

const NONE: readonly Expr[] = Object.freeze([]);

const CHILDREN: { readonly [K in ExprKind]: (expr: ExprOf<K>) => readonly Expr[] } = {
  AggregateExpr: ({ param, expr }) => (param === undefined ? [expr] : [param, expr]),
  BinaryExpr: ({ lhs, rhs }) => [lhs, rhs],
  Call: ({ args }) => args,
  MatrixSelector: ({ selector }) => [selector],
  NumberLiteral: () => NONE,
  ParenExpr: ({ expr }) => [expr],
  StringLiteral: () => NONE,
  SubqueryExpr: ({ expr }) => [expr],
  UnaryExpr: ({ expr }) => [expr],
  VectorSelector: () => NONE,
};

/**
 * The expressions directly within `expr`, in the order in which they are written.
 *
 * ```ts
 * childrenOf(parseOrThrow("stock + 1")).length; // 2
 * ```
 */
export function childrenOf(expr: Expr): readonly Expr[] {
  return (CHILDREN[expr.kind] as (expr: Expr) => readonly Expr[])(expr);
}

/**
 * `expr` and everything within it, parents first.
 *
 * ```ts
 * for (const node of walk(parseOrThrow("stock + 1"))) node.kind;
 * ```
 */
export function* walk(expr: Expr): Generator<Expr, void, undefined> {
  const open: Expr[] = [expr];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield next;
    open.push(...childrenOf(next).toReversed());
  }
}
