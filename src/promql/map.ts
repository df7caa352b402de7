/** Rebuilds a tree with some of its nodes replaced; what did not change stays the very same node. */
import type { Expr, ExprKind, ExprOf } from "./ast.ts";
import { childrenOf } from "./walk.ts";

type Mappers = { readonly [K in ExprKind]: (node: ExprOf<K>, map: (child: Expr) => Expr) => Expr };

const same = (node: Expr): Expr => node;

const CHILDREN: Mappers = {
  AggregateExpr: (node, map) => {
    const expr = map(node.expr);
    const param = node.param === undefined ? undefined : map(node.param);
    return expr === node.expr && param === node.param ? node : Object.freeze({ ...node, expr, param });
  },
  BinaryExpr: (node, map) => {
    const lhs = map(node.lhs);
    const rhs = map(node.rhs);
    return lhs === node.lhs && rhs === node.rhs ? node : Object.freeze({ ...node, lhs, rhs });
  },
  Call: (node, map) => {
    const args = node.args.map(map);
    return args.every((arg, i) => arg === node.args[i]) ? node : Object.freeze({ ...node, args: Object.freeze(args) });
  },
  MatrixSelector: (node, map) => {
    const selector = map(node.selector);
    return selector === node.selector || selector.kind !== "VectorSelector"
      ? node
      : Object.freeze({ ...node, selector });
  },
  NumberLiteral: same,
  ParenExpr: inner,
  StringLiteral: same,
  SubqueryExpr: inner,
  UnaryExpr: inner,
  VectorSelector: same,
};

function inner<N extends ExprOf<"ParenExpr" | "SubqueryExpr" | "UnaryExpr">>(node: N, map: (child: Expr) => Expr): N {
  const expr = map(node.expr);
  return expr === node.expr ? node : Object.freeze<N>({ ...node, expr });
}

/** Replaces nodes from the leaves up: `change` sees every node, with its children already changed. */
export function mapExpr(expr: Expr, change: (node: Expr) => Expr): Expr {
  const map = (node: Expr): Expr =>
    change((CHILDREN[node.kind] as (node: Expr, map: (child: Expr) => Expr) => Expr)(node, map));
  return map(expr);
}

/** Calls `visit` for every node, parents first. */
export function walkExpr(expr: Expr, visit: (node: Expr) => void): void {
  visit(expr);
  // What is aggregated comes before the parameter, though that is written first.
  if (expr.kind === "AggregateExpr") {
    walkExpr(expr.expr, visit);
    if (expr.param !== undefined) walkExpr(expr.param, visit);
  } else for (const child of childrenOf(expr)) walkExpr(child, visit);
}
