/**
 * The earliest time that the selectors of a query look at. Prometheus opens its storage from there on, for all that a
 * query reads.
 * https://github.com/prometheus/prometheus/blob/main/promql/engine.go, FindMinMaxTime
 */
import type { Expr, VectorSelector } from "../../promql/ast.ts";
import { durationMs } from "../evaluate/duration.ts";
import type { Env } from "../evaluate/env.ts";
import { atMs, offsetMs } from "./reference.ts";

/** What the subqueries around a selector say about the time it looks at. */
interface Around {
  readonly at: number | undefined;
  readonly offset: number;
  readonly range: number;
}

/** In milliseconds; infinite where there is no selector. */
export function earliestTime(expr: Expr, env: Env): number {
  return earliest(expr, { at: undefined, offset: 0, range: 0 }, env);
}

function earliest(expr: Expr, around: Around, env: Env): number {
  const among = (exprs: readonly (Expr | undefined)[]) =>
    Math.min(...exprs.map((inner) => (inner === undefined ? Number.POSITIVE_INFINITY : earliest(inner, around, env))));
  switch (expr.kind) {
    case "VectorSelector":
      return ofSelector(expr, env.settings.lookbackMs, around, env);
    case "MatrixSelector": {
      const range = durationMs(expr.range, env.query, "positive");
      const lookback = expr.selector.extended === undefined ? 0 : env.settings.lookbackMs;
      return ofSelector(expr.selector, lookback + range, around, env);
    }
    case "SubqueryExpr": {
      const at = atMs(expr, env);
      const offset = offsetMs(expr, env);
      const range = durationMs(expr.range, env.query, "positive");
      // An `@` makes what is further out of no account.
      const inside =
        at === undefined
          ? { at: around.at, offset: around.offset + offset, range: around.range + range }
          : { at, offset, range };
      return earliest(expr.expr, inside, env);
    }
    case "AggregateExpr":
      return among([expr.expr, expr.param]);
    case "BinaryExpr":
      return among([expr.lhs, expr.rhs]);
    case "Call":
      return among(expr.args);
    case "ParenExpr":
    case "UnaryExpr":
      return earliest(expr.expr, around, env);
    case "NumberLiteral":
    case "StringLiteral":
      return Number.POSITIVE_INFINITY;
  }
}

function ofSelector(selector: VectorSelector, reach: number, { at, offset, range }: Around, env: Env): number {
  const from = atMs(selector, env) ?? (at ?? env.query.startMs) - offset - range;
  return from - (reach - 1) - offsetMs(selector, env);
}
