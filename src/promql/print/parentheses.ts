/**
 * Parentheses that a tree needs to be read back as it is. A tree that was read has them already; one that was built may
 * lack them, because its author never saw a text.
 */
import { type BinaryOp, type Duration, type Expr, NOWHERE } from "../ast.ts";

/** How tightly each operator binds. */
const BINDING: Readonly<Record<BinaryOp, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  ">": 3,
  "<=": 3,
  ">=": 3,
  "</": 3,
  ">/": 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "%": 5,
  atan2: 5,
  "^": 6,
};

const SIGN = 5;
const POWER = 6;
const OPERAND = 7;

/** The left side of an operator, in parentheses where it needs them. */
export function leftOf(op: BinaryOp, expr: Expr): Expr {
  if (joinsDurations(op) && endsInArithmetic(expr)) return paren(expr);
  return inParens(expr, BINDING[op] + (op === "^" ? 1 : 0));
}

/** The right side of an operator, in parentheses where it needs them. */
export function rightOf(op: BinaryOp, expr: Expr): Expr {
  // A sign may always follow an operator.
  if (expr.kind === "UnaryExpr" || expr.kind === "NumberLiteral") return expr;
  return inParens(expr, BINDING[op] + (op === "^" ? 0 : 1));
}

/** What a sign stands before, in parentheses where it needs them: a number would swallow the sign. */
export function behindSign(expr: Expr): Expr {
  if (expr.kind === "UnaryExpr") return expr;
  return expr.kind === "NumberLiteral" ? paren(expr) : inParens(expr, POWER);
}

/** What a subquery is over, in parentheses where it needs them. */
export function beforeBrackets(expr: Expr): Expr {
  return inParens(expr, OPERAND);
}

function joinsDurations(op: BinaryOp): boolean {
  return BINDING[op] >= 4 && op !== "atan2";
}

/** Whether `expr` ends with an offset that would take an operator behind it for one between durations. */
function endsInArithmetic(expr: Expr): boolean {
  switch (expr.kind) {
    case "BinaryExpr":
      return endsInArithmetic(expr.rhs);
    case "UnaryExpr":
      return endsInArithmetic(expr.expr);
    case "MatrixSelector":
      return goesOn(expr.selector.offset);
    case "SubqueryExpr":
    case "VectorSelector":
      return goesOn(expr.offset);
    default:
      return false;
  }
}

function goesOn(offset: Duration | undefined): boolean {
  if (offset?.kind !== "DurationExpr") return false;
  const { op, lhs, rhs, wrapped } = offset;
  // A function ends an offset, and so does a sign before a function or a parenthesis.
  if (wrapped || lhs !== undefined) return op.length === 1 || wrapped;
  return op.length === 1 && rhs?.kind === "DurationExpr" && !rhs.wrapped && rhs.op.length === 1;
}

function inParens(expr: Expr, least: number): Expr {
  return bindingOf(expr) < least ? paren(expr) : expr;
}

function bindingOf(expr: Expr): number {
  if (expr.kind === "BinaryExpr") return BINDING[expr.op];
  if (expr.kind === "UnaryExpr") return SIGN;
  return expr.kind === "NumberLiteral" && (expr.value < 0 || Object.is(expr.value, -0)) ? SIGN : OPERAND;
}

function paren(expr: Expr): Expr {
  return { kind: "ParenExpr", expr, span: NOWHERE };
}
