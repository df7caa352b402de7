/** The check that fixing every selector's time by `@` makes a query independent of when it is asked. */
import type { At, Expr } from "../../../src/promql/ast.ts";

/** Functions that look at when they are evaluated. */
const VARYING =
  /^(?:day_of_month|day_of_week|day_of_year|days_in_month|end|hour|minute|month|predict_linear|range|start|step|time|timestamp|year)$/;

/** The expression with `@` behind every selector that has none, or `undefined` where time shows in other ways. */
export function fixedAt(expr: Expr, ms: number): Expr | undefined {
  const at: At = { kind: "timestamp", ms, raw: String(ms / 1000) };
  let varies = false;
  const set = (node: Expr): Expr => {
    switch (node.kind) {
      case "VectorSelector":
        return { ...node, at: node.at?.kind === "timestamp" ? node.at : at };
      case "MatrixSelector":
        return { ...node, selector: set(node.selector) as typeof node.selector };
      case "SubqueryExpr":
        // Within a subquery whose time is fixed, selectors follow its steps.
        return node.at?.kind === "timestamp" ? node : { ...node, at };
      case "AggregateExpr":
        return { ...node, expr: set(node.expr), param: node.param && set(node.param) };
      case "BinaryExpr":
        return { ...node, lhs: set(node.lhs), rhs: set(node.rhs) };
      case "Call":
        varies ||= VARYING.test(node.func);
        return { ...node, args: node.args.map(set) };
      case "ParenExpr":
      case "UnaryExpr":
        return { ...node, expr: set(node.expr) };
      case "NumberLiteral":
      case "StringLiteral":
        return node;
    }
  };
  const result = set(expr);
  return varies ? undefined : result;
}

/** The times at which a query must answer alike whose selectors are fixed at `ms`. */
export function otherTimes(ms: number): readonly number[] {
  return ms === 0 ? [-1000, 0, 1000] : [-10 * ms, 0, Math.trunc(ms / 5), ms, 10 * ms];
}
