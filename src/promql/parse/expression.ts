/**
 * Reads expressions by precedence climbing.
 * https://github.com/prometheus/prometheus/blob/main/promql/parser/generated_parser.y
 *
 * A syntax error is thrown to the nearest list around it, which goes on behind the next comma: so one expression can have
 * several errors, and the first one is Prometheus's.
 */
import {
  type AggregateOp,
  type BinaryOp,
  type Expr,
  type NumberLiteral,
  PARAMETERISED,
  type VectorMatching,
} from "../ast.ts";
import { functionNamed } from "../functions.ts";
import { aggregateMistake, functionMistake, type Mistake, matchingMistake } from "../mistake.ts";
import { type Cursor, DEEPEST, LOST, span } from "./cursor.ts";
import { groupingLabels, MANY_TO_MANY, ONE_TO_ONE, vectorMatching } from "./grouping.ts";
import { atNumber, literal, stringValue } from "./literal.ts";
import { postfix } from "./postfix.ts";
import { vectorSelector } from "./selector.ts";
import { canNameMetric, canStart, T } from "./token.ts";

/** How tightly each operator binds; 0 for what is none. `^` alone groups to the right. */
const BINDING = new Uint8Array(128);
const POWER = 6;
BINDING[T.LOR] = 1;
BINDING[T.LAND] = BINDING[T.LUNLESS] = 2;
for (let kind: number = T.EQLC; kind <= T.TRIM_LOWER; kind++) BINDING[kind] = 3;
BINDING[T.ADD] = BINDING[T.SUB] = 4;
BINDING[T.MUL] = BINDING[T.DIV] = BINDING[T.MOD] = BINDING[T.ATAN2] = 5;
BINDING[T.POW] = POWER;

const OPS: readonly (BinaryOp | undefined)[] = (() => {
  const ops: (BinaryOp | undefined)[] = [];
  ops[T.ADD] = "+";
  ops[T.SUB] = "-";
  ops[T.MUL] = "*";
  ops[T.DIV] = "/";
  ops[T.MOD] = "%";
  ops[T.POW] = "^";
  ops[T.ATAN2] = "atan2";
  ops[T.EQLC] = "==";
  ops[T.NEQ] = "!=";
  ops[T.LSS] = "<";
  ops[T.GTR] = ">";
  ops[T.LTE] = "<=";
  ops[T.GTE] = ">=";
  ops[T.TRIM_UPPER] = "</";
  ops[T.TRIM_LOWER] = ">/";
  ops[T.LAND] = "and";
  ops[T.LOR] = "or";
  ops[T.LUNLESS] = "unless";
  return ops;
})();

/** Reads an expression whose operators bind at least as tightly as `least`. */
export function expression(cursor: Cursor, least = 1): Expr {
  const { lexer } = cursor;
  let lhs = operand(cursor);
  let { type, height } = cursor;
  for (;;) {
    const { kind, start } = lexer;
    const binding = BINDING[kind] as number;
    if (binding === 0 || binding < least) {
      cursor.height = height;
      cursor.type = type;
      return lhs;
    }
    lexer.next();
    const returnBool = lexer.kind === T.BOOL;
    if (returnBool) lexer.next();
    const written = vectorMatching(cursor);
    const opSpan = span(start, lexer.lastEnd);
    cursor.depth++;
    const rhs = expression(cursor, kind === T.POW ? binding : binding + 1);
    cursor.depth--;
    const mistake = written === undefined ? undefined : matchingMistake(written, cursor.options);
    if (mistake !== undefined) cursor.reportBehind(mistake.message, lhs.span.start, rhs.span.end, undefined, true);
    height = Math.max(height, cursor.height) + 1;
    if (height > DEEPEST) throw tooDeep(cursor, opSpan.start, opSpan.end);
    const matching = matchingOf(kind, written, type === "vector" && cursor.type === "vector");
    type = type === "scalar" && cursor.type === "scalar" ? "scalar" : "vector";
    lhs = Object.freeze({
      kind: "BinaryExpr",
      op: OPS[kind] as BinaryOp,
      lhs,
      rhs,
      matching,
      returnBool,
      span: span(lhs.span.start, rhs.span.end),
      opSpan,
    });
  }
}

/** Only vectors are matched; what was written about it stays for the type check to find. */
function matchingOf(kind: number, written: VectorMatching | undefined, vectors: boolean): VectorMatching | undefined {
  const isSet = kind >= T.LAND && kind <= T.LUNLESS;
  if (written === undefined) return vectors ? (isSet ? MANY_TO_MANY : ONE_TO_ONE) : undefined;
  const { fill, labels, card } = written;
  if (!vectors && labels.length === 0 && fill.lhs === undefined && fill.rhs === undefined) return undefined;
  return isSet && card === "one-to-one" ? Object.freeze({ ...written, card: "many-to-many" }) : written;
}

/** Reads one operand, with its sign before and its ranges and times behind. */
function operand(cursor: Cursor): Expr {
  const { lexer } = cursor;
  if (cursor.depth >= DEEPEST) throw tooDeep(cursor, lexer.start, lexer.end);
  cursor.depth++;
  const { kind } = lexer;
  const node = kind === T.ADD || kind === T.SUB ? unary(cursor) : postfix(cursor, primary(cursor));
  cursor.depth--;
  return node;
}

function unary(cursor: Cursor): Expr {
  const { lexer } = cursor;
  const { kind, start } = lexer;
  lexer.next();
  // A sign binds like a product: -a ^ b is -(a ^ b).
  const expr = expression(cursor, POWER);
  if (expr.kind === "NumberLiteral") {
    const minus = kind === T.SUB;
    return number(minus ? -expr.value : expr.value, `${minus ? "-" : "+"}${expr.raw}`, start, expr.span.end);
  }
  cursor.height++;
  return Object.freeze({ kind: "UnaryExpr", op: kind === T.SUB ? "-" : "+", expr, span: span(start, expr.span.end) });
}

function primary(cursor: Cursor): Expr {
  const { lexer } = cursor;
  const { kind, start, end } = lexer;
  cursor.height = 1;
  if (kind === T.LEFT_PAREN) return parenthesised(cursor);
  if (kind === T.LEFT_BRACE) {
    cursor.type = "vector";
    return vectorSelector(cursor, undefined, start, end);
  }
  if (canNameMetric(kind)) return named(cursor);
  if (atNumber(cursor)) {
    const { value, raw } = literal(cursor);
    cursor.type = "scalar";
    return number(value, raw, start, end);
  }
  if (kind !== T.STRING) throw cursor.unexpectedInExpression();
  const raw = lexer.value();
  cursor.type = "string";
  return Object.freeze({ kind: "StringLiteral", value: stringValue(cursor), raw, span: span(start, end) });
}

function number(value: number, raw: string, start: number, end: number): NumberLiteral {
  return Object.freeze({ kind: "NumberLiteral", value, raw, span: span(start, end) });
}

function parenthesised(cursor: Cursor): Expr {
  const { lexer } = cursor;
  const { start } = lexer;
  lexer.next();
  const expr = expression(cursor);
  const end = cursor.take(T.RIGHT_PAREN);
  cursor.height++;
  return Object.freeze({ kind: "ParenExpr", expr, span: span(start, end) });
}

/** What begins with a word: a selector, a call, or an aggregation. */
function named(cursor: Cursor): Expr {
  const { lexer } = cursor;
  const { kind, start, end } = lexer;
  const name = lexer.value();
  lexer.next();
  if (kind === T.AGGREGATOR) {
    if (lexer.kind === T.LEFT_PAREN || lexer.kind === T.BY || lexer.kind === T.WITHOUT)
      return aggregation(cursor, name.toLowerCase() as AggregateOp, start);
  } else if (lexer.kind === T.LEFT_PAREN && (kind === T.IDENTIFIER || (kind >= T.START && kind <= T.MIN_OF))) {
    return call(cursor, name, start, end);
  }
  cursor.type = "vector";
  return vectorSelector(cursor, name, start, end);
}

function call(cursor: Cursor, name: string, start: number, nameEnd: number): Expr {
  const { lexer } = cursor;
  const args = callArguments(cursor);
  const end = cursor.lexer.end;
  const known = functionNamed(name);
  // Reported before the next token is read, so that errors come in Prometheus's order.
  const mistake = known?.flags.length === 0 ? undefined : functionMistake(name, cursor.options);
  if (mistake !== undefined) cursor.report(mistake.message, start, nameEnd, mistake.suggestion, true);
  lexer.next();
  cursor.height++;
  cursor.type = known?.returns ?? "vector";
  return Object.freeze({ kind: "Call", func: name, args, span: span(start, end) });
}

function aggregation(cursor: Cursor, op: AggregateOp, start: number): Expr {
  const { lexer } = cursor;
  const { inAggregation } = cursor;
  cursor.inAggregation = true;
  const before = modifier(cursor);
  if (lexer.kind !== T.LEFT_PAREN) throw cursor.unexpectedInExpression();
  const args = callArguments(cursor);
  lexer.next();
  cursor.inAggregation = inAggregation;
  const after = before ?? modifier(cursor);
  const end = lexer.lastEnd;
  cursor.height++;
  cursor.type = "vector";
  const wanted = PARAMETERISED.has(op) ? 2 : 1;
  const mistake = args.length === 0 ? NO_ARGUMENT : aggregateMistake(op, cursor.options);
  const count = args.length;
  if (mistake !== undefined || count !== wanted) {
    const counts = `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${count}`;
    // Without labels behind it, an aggregation ends where the next token is none of "by" and "without".
    if (after === undefined && lexer.kind === T.ERROR) throw cursor.unexpectedInExpression();
    cursor.report(mistake?.message ?? counts, start, end, undefined, count === wanted);
  }
  return Object.freeze({
    kind: "AggregateExpr",
    op,
    expr: args[wanted - 1] as Expr,
    param: wanted === 2 ? args[0] : undefined,
    grouping: after?.labels ?? NO_LABELS,
    without: after?.without ?? false,
    span: span(start, end),
  });
}

const NO_ARGUMENT: Mistake = { message: "no arguments for aggregate expression provided" };

interface Modifier {
  readonly labels: readonly string[];
  readonly without: boolean;
}

function modifier(cursor: Cursor): Modifier | undefined {
  const { kind } = cursor.lexer;
  if (kind !== T.BY && kind !== T.WITHOUT) return undefined;
  cursor.lexer.next();
  return { labels: groupingLabels(cursor), without: kind === T.WITHOUT };
}

/** Reads `(a, b)` up to the closing parenthesis, at which it stops. */
function callArguments(cursor: Cursor): readonly Expr[] {
  const { lexer, depth, inAggregation } = cursor;
  const { parens } = lexer;
  let height = 0;
  lexer.next();
  const args: Expr[] = [];
  while (lexer.kind !== T.RIGHT_PAREN) {
    try {
      args.push(expression(cursor));
      height = Math.max(height, cursor.height);
      if (lexer.kind !== T.COMMA && lexer.kind !== T.RIGHT_PAREN) throw cursor.unexpectedInExpression();
    } catch (error) {
      cursor.depth = depth;
      cursor.inAggregation = inAggregation;
      if (error !== LOST || !cursor.recover(T.RIGHT_PAREN, parens)) throw error;
    }
    if (lexer.kind === T.COMMA) comma(cursor);
  }
  cursor.height = height;
  return args.length === 0 ? NO_ARGUMENTS : Object.freeze(args);
}

function comma(cursor: Cursor): void {
  const { lexer } = cursor;
  const { start, end } = lexer;
  lexer.next();
  if (lexer.kind !== T.ERROR && !canStart(lexer.kind))
    cursor.report("trailing commas not allowed in function call args", start, end);
}

const NO_LABELS: readonly string[] = Object.freeze([]);
const NO_ARGUMENTS: readonly Expr[] = Object.freeze([]);

function tooDeep(cursor: Cursor, start: number, end: number): typeof LOST {
  cursor.report(`the expression is nested more than ${DEEPEST} levels deep`, start, end);
  return LOST;
}
