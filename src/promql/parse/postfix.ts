/** What stands behind an operand: ranges, subqueries, `offset`, `@`, `anchored` and `smoothed`. */
import type { At, Duration, Expr, MatrixSelector, SubqueryExpr, VectorSelector } from "../ast.ts";
import { holdsVariable } from "../language.ts";
import { extendedMistake } from "../mistake.ts";
import { type Cursor, DEEPEST, LOST, span } from "./cursor.ts";
import { offsetDuration, positiveDuration } from "./duration.ts";
import { atNumberOrWord, literal, signed } from "./literal.ts";
import { selectorNode } from "./selector.ts";
import { T } from "./token.ts";

/** What can carry a time: everything that selects. */
type Timed = VectorSelector | MatrixSelector | SubqueryExpr;

/** Reads whatever stands behind `operand`, and gives the expression that makes. */
export function postfix(cursor: Cursor, operand: Expr): Expr {
  let node = operand;
  for (;;) {
    switch (cursor.lexer.kind) {
      case T.LEFT_BRACKET:
        node = brackets(cursor, node);
        continue;
      case T.OFFSET:
        node = offset(cursor, node);
        continue;
      case T.AT:
        node = at(cursor, node);
        continue;
      case T.ANCHORED:
      case T.SMOOTHED:
        node = extended(cursor, node);
        continue;
      default:
        return node;
    }
  }
}

const SELECTING = "an instant vector selector or range vector selector or a subquery";
const ANY_DURATION = "number, duration, step(), or range()";

function brackets(cursor: Cursor, node: Expr): Expr {
  const { lexer } = cursor;
  const open = lexer.start;
  lexer.next();
  const range = positiveDuration(cursor, () => cursor.unexpected("subquery or range selector", ANY_DURATION));
  if (lexer.kind === T.RIGHT_BRACKET) return matrix(cursor, node, range, open);
  if (lexer.kind !== T.COLON) throw cursor.unexpected("subquery or range", '":" or "]"');
  lexer.next();
  let step: Duration | undefined;
  if (lexer.kind !== T.RIGHT_BRACKET) {
    step = positiveDuration(cursor, () =>
      cursor.unexpected("subquery selector", `number, duration, step(), range(), or "]"`),
    );
    if (lexer.kind !== T.RIGHT_BRACKET) throw cursor.unexpected("subquery selector", '"]"');
  }
  const { end } = lexer;
  lexer.next();
  if (++cursor.height > DEEPEST) {
    cursor.report(`the expression is nested more than ${DEEPEST} levels deep`, node.span.start, end);
    throw LOST;
  }
  cursor.type = "matrix";
  return Object.freeze({
    kind: "SubqueryExpr",
    expr: node,
    range,
    step,
    offset: undefined,
    at: undefined,
    span: span(node.span.start, end),
  });
}

function matrix(cursor: Cursor, node: Expr, range: Duration, open: number): Expr {
  const { lexer } = cursor;
  const { end } = lexer;
  lexer.next();
  cursor.type = "matrix";
  if (node.kind !== "VectorSelector") {
    cursor.report("ranges only allowed for vector selectors", open, end);
    return node;
  }
  if (node.offset !== undefined) cursor.report("no offset modifiers allowed before range", open, end);
  else if (node.at !== undefined) cursor.report("no @ modifiers allowed before range", open, end);
  return Object.freeze({ kind: "MatrixSelector", selector: node, range, span: span(node.span.start, end) });
}

function offset(cursor: Cursor, node: Expr): Expr {
  const { lexer } = cursor;
  lexer.next();
  const duration = offsetDuration(cursor, () => cursor.unexpected("offset", ANY_DURATION));
  const timed = timedOf(node);
  if (timed === undefined) {
    cursor.report(`offset modifier must be preceded by ${SELECTING}`, node.span.start, node.span.end);
    return node;
  }
  if (timed.offset !== undefined) cursor.report("offset may not be set multiple times", node.span.start, node.span.end);
  // An offset of nothing is none, as Prometheus prints it.
  const shift = duration.kind === "DurationLiteral" && duration.ms === 0 ? undefined : duration;
  return withTime(node as Timed, shift, timed.at, cursor.lexer.lastEnd);
}

function at(cursor: Cursor, node: Expr): Expr {
  const { lexer } = cursor;
  const { start, end } = node.span;
  lexer.next();
  const when = timestamp(cursor, start, end);
  const timed = timedOf(node);
  if (timed === undefined) {
    cursor.report(`@ modifier must be preceded by ${SELECTING}`, start, end);
    return node;
  }
  if (timed.at !== undefined) cursor.report("@ <timestamp> may not be set multiple times", start, end);
  return withTime(node as Timed, timed.offset, when, lexer.lastEnd);
}

function timestamp(cursor: Cursor, start: number, end: number): At {
  const { lexer } = cursor;
  const lost = () => cursor.unexpected("@", "timestamp");
  const { kind } = lexer;
  if (kind === T.START || kind === T.END) {
    lexer.next();
    if (lexer.kind !== T.LEFT_PAREN) throw lost();
    lexer.next();
    if (lexer.kind !== T.RIGHT_PAREN) throw lost();
    lexer.next();
    return kind === T.START ? START : END;
  }
  const { value, raw } = signed(cursor, (here) => {
    if (!atNumberOrWord(here)) throw lost();
    return literal(here);
  });
  // Prometheus counts milliseconds in 64 bits.
  const known = !(cursor.options.variables && holdsVariable(raw));
  if (known && !(Math.abs(value) < 2 ** 63))
    cursor.report(`timestamp out of bounds for @ modifier: ${inFull(value)}`, start, end);
  return Object.freeze({ kind: "timestamp", ms: roundHalfAway(value * 1000), raw });
}

const START: At = Object.freeze({ kind: "start" });
const END: At = Object.freeze({ kind: "end" });

function roundHalfAway(value: number): number {
  return value < 0 ? -Math.round(-value) : Math.round(value);
}

/** A number that is far too large, with the six decimals that Go writes. */
function inFull(value: number): string {
  if (Number.isFinite(value)) return `${BigInt(value)}.000000`;
  return Number.isNaN(value) ? "NaN" : value < 0 ? "-Inf" : "+Inf";
}

function extended(cursor: Cursor, node: Expr): Expr {
  const { lexer } = cursor;
  const word = lexer.kind === T.ANCHORED ? "anchored" : "smoothed";
  const { start, end } = node.span;
  const wordEnd = lexer.end;
  lexer.next();
  const mistake = extendedMistake(word, cursor.options);
  if (mistake !== undefined) cursor.report(mistake.message, start, end, undefined, true);
  else if (node.kind === "SubqueryExpr") cursor.report(`${word} modifier is not supported for subqueries`, start, end);
  else if (node.kind !== "VectorSelector" && node.kind !== "MatrixSelector")
    cursor.report(`${word} modifier not implemented`, start, end);
  if (node.kind !== "VectorSelector" && node.kind !== "MatrixSelector") return node;
  const selector = node.kind === "VectorSelector" ? node : node.selector;
  if (selector.extended !== undefined && selector.extended !== word)
    cursor.report("anchored and smoothed modifiers cannot be used together", start, end);
  return withSelector(node, selector.offset, selector.at, word, wordEnd);
}

/** Where a node keeps its time; a range vector's is the selector's within. */
function timedOf(node: Expr): VectorSelector | SubqueryExpr | undefined {
  if (node.kind === "MatrixSelector") return node.selector;
  return node.kind === "VectorSelector" || node.kind === "SubqueryExpr" ? node : undefined;
}

function withTime(node: Timed, offset: Duration | undefined, at: At | undefined, end: number): Timed {
  if (node.kind === "SubqueryExpr") return Object.freeze({ ...node, offset, at, span: span(node.span.start, end) });
  const selector = node.kind === "MatrixSelector" ? node.selector : node;
  return withSelector(node, offset, at, selector.extended, end);
}

function withSelector(
  node: VectorSelector | MatrixSelector,
  offset: Duration | undefined,
  at: At | undefined,
  extended: VectorSelector["extended"],
  end: number,
): VectorSelector | MatrixSelector {
  const { start } = node.span;
  if (node.kind === "VectorSelector") return selectorNode(node.name, node.matchers, offset, at, extended, start, end);
  const { name, matchers, span: inner } = node.selector;
  const selector = selectorNode(name, matchers, offset, at, extended, inner.start, inner.end);
  return Object.freeze({ kind: "MatrixSelector", selector, range: node.range, span: span(start, end) });
}
