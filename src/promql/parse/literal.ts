/** Numbers, durations and strings where expressions and their modifiers have them. */
import { holdsVariable } from "../language.ts";
import { unquote } from "../quote.ts";
import type { Cursor } from "./cursor.ts";
import { readDuration, readNumber } from "./number.ts";
import { T } from "./token.ts";

/** A number as it was written; a duration counts in seconds. */
export interface Literal {
  readonly value: number;
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

/** Whether the current token is a number, a duration, or a variable in place of one. */
export function atNumber({ lexer: { kind } }: Cursor): boolean {
  return kind === T.NUMBER || kind === T.DURATION || kind === T.VARIABLE;
}

/** As {@link atNumber}, where a word with a variable in it cannot be a metric. */
export function atNumberOrWord(cursor: Cursor): boolean {
  if (atNumber(cursor)) return true;
  return cursor.options.variables === true && cursor.lexer.kind === T.IDENTIFIER && holdsVariable(cursor.lexer.value());
}

/** Reads the current token as a number, and moves behind it. */
export function literal(cursor: Cursor): Literal {
  const { lexer } = cursor;
  const { kind, start, end } = lexer;
  const raw = lexer.value();
  let value = Number.NaN;
  if (kind === T.NUMBER) {
    const read = readNumber(raw);
    if (read.mistake === undefined) value = read.value;
    else cursor.report(read.mistake, start, end);
  } else if (kind === T.DURATION) {
    const read = readDuration(raw);
    if (read.mistake === undefined) value = read.value / 1000;
    else cursor.report(read.mistake, start, end);
  }
  lexer.next();
  return { value, raw, start, end };
}

/** Reads a number with an optional sign. */
export function signed(cursor: Cursor, read: (cursor: Cursor) => Literal): Literal {
  const { lexer } = cursor;
  const { kind, start } = lexer;
  if (kind !== T.ADD && kind !== T.SUB) return read(cursor);
  lexer.next();
  const { value, raw, end } = read(cursor);
  return negatedIf(kind === T.SUB, value, raw, start, end);
}

/** A number with the sign before it. */
export function negatedIf(minus: boolean, value: number, raw: string, start: number, end: number): Literal {
  return { value: minus ? -value : value, raw: `${minus ? "-" : "+"}${raw}`, start, end };
}

/** The value of the current string token, behind which it moves. */
export function stringValue(cursor: Cursor): string {
  const value = unquote(cursor.lexer.value());
  cursor.lexer.next();
  return value;
}
