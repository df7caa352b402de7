/** Durations of ranges and offsets, with arithmetic between them: `[5m]`, `[step() * 2]`, `offset -(1h + range())`. */
import type { Duration, DurationExpr, DurationLiteral } from "../ast.ts";
import { type Cursor, DEEPEST, LOST, span } from "./cursor.ts";
import { atNumberOrWord, literal } from "./literal.ts";
import { LONGEST_SECONDS } from "./number.ts";
import { T } from "./token.ts";

const OPS: Readonly<Record<number, DurationExpr["op"]>> = {
  [T.ADD]: "+",
  [T.SUB]: "-",
  [T.MUL]: "*",
  [T.DIV]: "/",
  [T.MOD]: "%",
  [T.POW]: "^",
};

const SUM = 1;
const PRODUCT = 2;
const POWER = 3;

const BINDING: Readonly<Record<number, number>> = {
  [T.ADD]: SUM,
  [T.SUB]: SUM,
  [T.MUL]: PRODUCT,
  [T.DIV]: PRODUCT,
  [T.MOD]: PRODUCT,
  [T.POW]: POWER,
};

/** Reads a duration within brackets, which must be greater than 0. */
export function positiveDuration(cursor: Cursor, unexpected: () => typeof LOST): Duration {
  const duration = arithmetic(cursor, SUM, unexpected);
  if (duration.kind === "DurationLiteral" && duration.ms <= 0)
    cursor.reportBehind("duration must be greater than 0", duration.span.start, duration.span.end);
  return duration;
}

/**
 * Reads the duration behind `offset`. Prometheus ends it with its first number or function, so that in `x offset 5m + y`
 * the sum is one of vectors; only parentheses and a second sign open arithmetic.
 */
export function offsetDuration(cursor: Cursor, unexpected: () => typeof LOST): Duration {
  const { lexer } = cursor;
  const { kind, start } = lexer;
  if (atNumberOrWord(cursor)) return number(cursor);
  if (isFunction(kind)) return call(cursor, unexpected);
  if (kind !== T.ADD && kind !== T.SUB) return arithmetic(cursor, SUM, unexpected);
  lexer.next();
  if (lexer.kind === T.ADD || lexer.kind === T.SUB) {
    return continued(cursor, withSign(kind, start, arithmetic(cursor, POWER, unexpected)), SUM, unexpected);
  }
  if (atNumberOrWord(cursor)) return withSign(kind, start, number(cursor, start));
  const first = lexer.kind === T.LEFT_PAREN ? parenthesised(cursor, unexpected) : operand(cursor, unexpected);
  return isFunctionExpr(first)
    ? expr(signOp(kind), undefined, first, start, first.span.end)
    : withSign(kind, start, first);
}

function arithmetic(cursor: Cursor, least: number, unexpected: () => typeof LOST): Duration {
  return continued(cursor, operand(cursor, unexpected), least, unexpected);
}

function continued(cursor: Cursor, first: Duration, least: number, unexpected: () => typeof LOST): Duration {
  const { lexer } = cursor;
  let lhs = first;
  let links = 0;
  for (;;) {
    const { kind, start, end } = lexer;
    const binding = BINDING[kind];
    if (binding === undefined || binding < least) return lhs;
    if (cursor.depth + ++links > DEEPEST) throw tooDeep(cursor);
    lexer.next();
    cursor.depth++;
    const rhs = arithmetic(cursor, kind === T.POW ? binding : binding + 1, unexpected);
    cursor.depth--;
    if ((kind === T.DIV || kind === T.MOD) && rhs.kind === "DurationLiteral" && rhs.ms === 0)
      cursor.reportBehind(kind === T.DIV ? "division by zero" : "modulo by zero", start, end);
    lhs = expr(OPS[kind] as DurationExpr["op"], lhs, rhs, lhs.span.start, rhs.span.end);
  }
}

function operand(cursor: Cursor, unexpected: () => typeof LOST): Duration {
  const { lexer } = cursor;
  const { kind, start } = lexer;
  if (atNumberOrWord(cursor)) return number(cursor);
  if (cursor.depth >= DEEPEST) throw tooDeep(cursor);
  cursor.depth++;
  let duration: Duration;
  if (kind === T.ADD || kind === T.SUB) {
    lexer.next();
    duration = withSign(kind, start, arithmetic(cursor, POWER, unexpected));
  } else if (kind === T.LEFT_PAREN) duration = parenthesised(cursor, unexpected);
  else if (isFunction(kind)) duration = call(cursor, unexpected);
  else throw unexpected();
  cursor.depth--;
  return duration;
}

/** Reads a number; where it is too large, Prometheus points at the sign of an offset that has one. */
function number(cursor: Cursor, sign?: number): DurationLiteral {
  const { value, ms, raw, start, end } = literal(cursor);
  if (Math.abs(value) > LONGEST_SECONDS) cursor.report("duration out of range", sign ?? start, end);
  return Object.freeze({ kind: "DurationLiteral", ms, raw, span: span(start, end) });
}

/** Prometheus folds a sign into a number, and drops a plus before anything else. */
function withSign(sign: number, start: number, duration: Duration): Duration {
  if (duration.kind === "DurationExpr") {
    return sign === T.SUB ? expr("-", undefined, duration, start, duration.span.end) : duration;
  }
  const minus = sign === T.SUB;
  return Object.freeze({
    kind: "DurationLiteral",
    ms: minus ? -duration.ms : duration.ms,
    raw: `${minus ? "-" : "+"}${duration.raw}`,
    span: span(start, duration.span.end),
  });
}

/** A number in parentheses becomes a sum without a left side, as in Prometheus's tree. */
function parenthesised(cursor: Cursor, unexpected: () => typeof LOST): DurationExpr {
  const { lexer } = cursor;
  const { start } = lexer;
  lexer.next();
  const inner = arithmetic(cursor, SUM, unexpected);
  if (lexer.kind !== T.RIGHT_PAREN) throw unexpected();
  const { end } = lexer;
  lexer.next();
  if (inner.kind === "DurationLiteral") return expr("+", undefined, inner, start, end, true);
  return expr(inner.op, inner.lhs, inner.rhs, start, end, true);
}

/** `step()`, `range()`, `min_of(a, b)`, `max_of(a, b)`. */
function call(cursor: Cursor, unexpected: () => typeof LOST): DurationExpr {
  const { lexer } = cursor;
  const { kind, start } = lexer;
  const take = (wanted: number) => {
    if (lexer.kind !== wanted) throw unexpected();
    const { end } = lexer;
    lexer.next();
    return end;
  };
  lexer.next();
  take(T.LEFT_PAREN);
  if (kind === T.STEP || kind === T.RANGE) {
    return expr(kind === T.STEP ? "step" : "range", undefined, undefined, start, take(T.RIGHT_PAREN));
  }
  const lhs = arithmetic(cursor, SUM, unexpected);
  take(T.COMMA);
  const rhs = arithmetic(cursor, SUM, unexpected);
  return expr(kind === T.MIN_OF ? "min_of" : "max_of", lhs, rhs, start, take(T.RIGHT_PAREN));
}

function isFunction(kind: number): boolean {
  return kind >= T.STEP && kind <= T.MIN_OF;
}

function isFunctionExpr(duration: Duration): duration is DurationExpr {
  return duration.kind === "DurationExpr" && !duration.wrapped && duration.op.length > 1;
}

function signOp(sign: number): "+" | "-" {
  return sign === T.SUB ? "-" : "+";
}

function expr(
  op: DurationExpr["op"],
  lhs: Duration | undefined,
  rhs: Duration | undefined,
  start: number,
  end: number,
  wrapped = false,
): DurationExpr {
  return Object.freeze({ kind: "DurationExpr", op, lhs, rhs, wrapped, span: span(start, end) });
}

function tooDeep(cursor: Cursor): typeof LOST {
  const { start, end } = cursor.lexer;
  cursor.report(`the duration is nested more than ${DEEPEST} levels deep`, start, end);
  return LOST;
}
