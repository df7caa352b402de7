/** Selectors of series: `up{job="shop", instance=~"fra-.*"}`. */

import { METRIC_NAME } from "../../label/label-set.ts";
import type { MatchOp } from "../../label/matcher.ts";
import type { LabelMatcher, VectorSelector } from "../ast.ts";
import { matcherMistake } from "../mistake.ts";
import { type Cursor, LOST, span } from "./cursor.ts";
import { stringValue } from "./literal.ts";
import { T } from "./token.ts";

const NONE: readonly LabelMatcher[] = Object.freeze([]);

const OPS: Readonly<Record<number, MatchOp>> = {
  [T.EQL]: "=",
  [T.NEQ]: "!=",
  [T.EQL_REGEX]: "=~",
  [T.NEQ_REGEX]: "!~",
};

/** Reads the braces of a selector, where there are any, behind its name. */
export function vectorSelector(
  cursor: Cursor,
  name: string | undefined,
  start: number,
  nameEnd: number,
): VectorSelector {
  let end = nameEnd;
  let matchers = NONE;
  if (cursor.lexer.kind === T.LEFT_BRACE) {
    cursor.lexer.next();
    matchers = labelMatchers(cursor);
    end = cursor.lexer.end;
    cursor.lexer.next();
  }
  return selectorNode(name, matchers, undefined, undefined, undefined, start, end);
}

/** A selector's node; always with the same shape, which keeps reading it fast. */
export function selectorNode(
  name: string | undefined,
  matchers: readonly LabelMatcher[],
  offset: VectorSelector["offset"],
  at: VectorSelector["at"],
  extended: VectorSelector["extended"],
  start: number,
  end: number,
): VectorSelector {
  return Object.freeze({
    kind: "VectorSelector",
    name,
    matchers,
    offset,
    at,
    extended,
    span: span(start, end),
  });
}

/** Reads matchers up to the closing brace, at which it stops. */
function labelMatchers(cursor: Cursor): readonly LabelMatcher[] {
  const { lexer } = cursor;
  const matchers: LabelMatcher[] = [];
  while (lexer.kind !== T.RIGHT_BRACE) {
    try {
      matchers.push(labelMatcher(cursor));
      if (lexer.kind !== T.COMMA && lexer.kind !== T.RIGHT_BRACE)
        throw cursor.unexpected("label matching", '"," or "}"');
    } catch (error) {
      if (error !== LOST || !cursor.recover(T.RIGHT_BRACE, lexer.parens)) throw error;
    }
    if (lexer.kind === T.COMMA) lexer.next();
  }
  return matchers.length === 0 ? NONE : Object.freeze(matchers);
}

function labelMatcher(cursor: Cursor): LabelMatcher {
  const { lexer } = cursor;
  const { kind, start, end } = lexer;
  let name: string;
  if (kind === T.IDENTIFIER) {
    name = lexer.value();
    lexer.next();
  } else if (kind === T.STRING) name = stringValue(cursor);
  else throw cursor.unexpected("label matching", 'identifier or "}"');

  const op = OPS[lexer.kind];
  if (op === undefined) {
    // A lone string is the metric's name; a lone variable brings its own matchers.
    if (kind === T.STRING) return matcher(METRIC_NAME, "=", name, start, end);
    if (cursor.options.variables && lexer.kind !== T.ERROR && !/^\w+$/.test(name))
      return matcher("", "=", name, start, end);
    throw cursor.unexpected("label matching", "label matching operator");
  }
  lexer.next();
  if (lexer.kind !== T.STRING) throw cursor.unexpected("label matching", "string");
  const valueEnd = lexer.end;
  const value = stringValue(cursor);
  const node = matcher(name, op, value, start, valueEnd);
  const mistake = matcherMistake(node, cursor.options);
  if (mistake !== undefined) cursor.report(mistake.message, start, valueEnd, undefined, true);
  return node;
}

function matcher(name: string, op: MatchOp, value: string, start: number, end: number): LabelMatcher {
  return Object.freeze({ name, op, value, span: span(start, end) });
}
