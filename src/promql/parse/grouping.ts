/** What stands between the operands of an operator and behind an aggregation: labels, matching, fill values. */
import type { VectorMatching } from "../ast.ts";
import { isLoneSurrogate, quote } from "../quote.ts";
import { type Cursor, LOST } from "./cursor.ts";
import { atNumber, literal, signed, stringValue } from "./literal.ts";
import { canNameLabel, canStart, T } from "./token.ts";

const NONE: readonly string[] = Object.freeze([]);
const NO_FILL = Object.freeze({ lhs: undefined, rhs: undefined });

/** How vectors match where nothing is said about it. */
export const ONE_TO_ONE: VectorMatching = Object.freeze({
  card: "one-to-one",
  on: false,
  labels: NONE,
  include: NONE,
  fill: NO_FILL,
});

/** How vectors match for `and`, `or` and `unless`. */
export const MANY_TO_MANY: VectorMatching = Object.freeze({ ...ONE_TO_ONE, card: "many-to-many" });

/** Reads `(a, b)` behind `by`, `without`, `on`, `ignoring`, `group_left` or `group_right`. */
export function groupingLabels(cursor: Cursor): readonly string[] {
  const { lexer } = cursor;
  if (lexer.kind !== T.LEFT_PAREN) throw cursor.unexpected("grouping opts", '"("');
  const { parens } = lexer;
  lexer.next();
  const labels: string[] = [];
  while (lexer.kind !== T.RIGHT_PAREN) {
    try {
      labels.push(groupingLabel(cursor));
      if (lexer.kind !== T.COMMA && lexer.kind !== T.RIGHT_PAREN)
        throw cursor.unexpected("grouping opts", '"," or ")"');
    } catch (error) {
      if (error !== LOST || !cursor.recover(T.RIGHT_PAREN, parens)) throw error;
    }
    if (lexer.kind === T.COMMA) lexer.next();
  }
  lexer.next();
  return labels.length === 0 ? NONE : Object.freeze(labels);
}

function groupingLabel(cursor: Cursor): string {
  const { lexer } = cursor;
  const { kind, start, end } = lexer;
  if (kind === T.STRING) {
    const name = stringValue(cursor);
    if (name === "" || [...name].some(isLoneSurrogate))
      cursor.report(`invalid label name for grouping: ${quote(name)}`, start, end, undefined, true);
    return name;
  }
  if (!canNameLabel(kind)) throw cursor.unexpected("grouping opts", "label");
  const name = lexer.value();
  lexer.next();
  return name;
}

/** Reads `on (a) group_left (b) fill (0)`; `undefined` where nothing of it is written. */
export function vectorMatching(cursor: Cursor): VectorMatching | undefined {
  const { lexer } = cursor;
  let card: VectorMatching["card"] = "one-to-one";
  let include = NONE;
  let labels = NONE;
  const matching = lexer.kind;
  const written = matching === T.ON || matching === T.IGNORING;
  if (written) {
    lexer.next();
    labels = groupingLabels(cursor);
    const group = lexer.kind;
    if (group === T.GROUP_LEFT || group === T.GROUP_RIGHT) {
      card = group === T.GROUP_LEFT ? "many-to-one" : "one-to-many";
      lexer.next();
      // What follows in parentheses is always the labels, never the right side.
      if (lexer.kind === T.LEFT_PAREN || !canFollowGroup(lexer.kind)) include = groupingLabels(cursor);
    }
  }
  const fill = fillValues(cursor);
  if (!written && fill === NO_FILL) return undefined;
  return Object.freeze({ card, on: matching === T.ON, labels, include, fill });
}

function canFollowGroup(kind: number): boolean {
  return canStart(kind) || (kind >= T.FILL && kind <= T.FILL_RIGHT);
}

function fillValues(cursor: Cursor): VectorMatching["fill"] {
  const { lexer } = cursor;
  const first = lexer.kind;
  if (first !== T.FILL && first !== T.FILL_LEFT && first !== T.FILL_RIGHT) return NO_FILL;
  const value = fillValue(cursor);
  const second = lexer.kind;
  const both = (first === T.FILL_LEFT && second === T.FILL_RIGHT) || (first === T.FILL_RIGHT && second === T.FILL_LEFT);
  const other = first === T.FILL ? value : both ? fillValue(cursor) : undefined;
  return Object.freeze(first === T.FILL_RIGHT ? { lhs: other, rhs: value } : { lhs: value, rhs: other });
}

function fillValue(cursor: Cursor): number {
  cursor.lexer.next();
  cursor.take(T.LEFT_PAREN);
  const { value } = signed(cursor, (at) => {
    if (!atNumber(at)) throw at.unexpectedInExpression();
    return literal(at);
  });
  cursor.take(T.RIGHT_PAREN);
  return value;
}
