/**
 * What each selector of an expression would have to give for the expression to have a result: working backwards from the
 * comparisons to the series.
 */
import type { BinaryExpr, Expr, VectorSelector } from "../../promql/ast.ts";

export type Direction = "high" | "low" | "absent" | "present";

/** What one selector should give. */
export interface Demand {
  readonly selector: VectorSelector;
  readonly direction: Direction;
  /** The values that it is compared with, directly or not. */
  readonly values: readonly number[];
  /** Whether only its change over time is looked at. */
  readonly counts: boolean;
}

interface Want {
  readonly direction: Direction;
  readonly values: readonly number[];
  readonly counts: boolean;
}

const OPPOSITE: Readonly<Record<Direction, Direction>> = {
  high: "low",
  low: "high",
  absent: "present",
  present: "present",
};

/** The demands on all selectors; a selector may be met more than once. */
export function demandsOf(expr: Expr): readonly Demand[] {
  const found: Demand[] = [];
  visit(expr, { direction: "present", values: [], counts: false }, found);
  return found;
}

const COUNTING = new Set([
  "rate",
  "increase",
  "irate",
  "delta",
  "deriv",
  "idelta",
  "changes",
  "resets",
  "predict_linear",
]);

function visit(expr: Expr, want: Want, found: Demand[]): void {
  switch (expr.kind) {
    case "VectorSelector":
      found.push({ selector: expr, ...want });
      return;
    case "MatrixSelector":
      visit(expr.selector, want, found);
      return;
    case "ParenExpr":
    case "SubqueryExpr":
    case "AggregateExpr":
      visit(expr.expr, want, found);
      return;
    case "UnaryExpr":
      visit(expr.expr, expr.op === "-" ? opposite(want) : want, found);
      return;
    case "Call": {
      const absent = expr.func === "absent" || expr.func === "absent_over_time";
      const inner: Want = absent
        ? { ...want, direction: "absent" }
        : COUNTING.has(expr.func)
          ? { ...want, counts: true }
          : want;
      for (const arg of expr.args) visit(arg, inner, found);
      return;
    }
    case "BinaryExpr":
      binary(expr, want, found);
      return;
    case "NumberLiteral":
    case "StringLiteral":
      return;
  }
}

function binary({ op, lhs, rhs }: BinaryExpr, want: Want, found: Demand[]): void {
  const values = [...want.values, ...numbersIn(lhs), ...numbersIn(rhs)];
  const [left, right] = sides(op, want, (direction) => ({ ...want, direction, values }));
  visit(lhs, left, found);
  visit(rhs, right, found);
}

/** What the sides of an operator should give. */
function sides(
  op: BinaryExpr["op"],
  want: Want,
  compared: (direction: Direction) => Want,
): readonly [left: Want, right: Want] {
  if (op === "unless") return [want, { direction: "absent", values: [], counts: false }];
  if (op === "and" || op === "or" || op === "+" || op === "*") return [want, want];
  if (op === "-" || op === "/") return [want, opposite(want)];
  if (op === ">" || op === ">=") return [compared("high"), compared("low")];
  if (op === "<" || op === "<=") return [compared("low"), compared("high")];
  return [compared(want.direction), compared(want.direction)];
}

function opposite(want: Want): Want {
  return { ...want, direction: OPPOSITE[want.direction] };
}

/** The number that an operand is, or comes down to. */
function numbersIn(expr: Expr): readonly number[] {
  if (expr.kind === "NumberLiteral") return [expr.value];
  if (expr.kind === "ParenExpr") return numbersIn(expr.expr);
  if (expr.kind === "UnaryExpr") return numbersIn(expr.expr).map((value) => (expr.op === "-" ? -value : value));
  if (expr.kind !== "BinaryExpr") return [];
  const [left] = numbersIn(expr.lhs);
  const [right] = numbersIn(expr.rhs);
  if (left === undefined || right === undefined) return [];
  const results: Readonly<Partial<Record<BinaryExpr["op"], number>>> = {
    "+": left + right,
    "-": left - right,
    "*": left * right,
    "/": left / right,
  };
  const result = results[expr.op];
  return result === undefined ? [] : [result];
}
