/**
 * Parentheses that a tree needs to be read back as it is. A tree that was read has them already; one that was built may
 * lack them, because its author never saw a text.
 */
import { type BinaryOp, type Expr, NOWHERE } from "../ast.ts";

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
