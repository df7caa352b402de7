/** Numbers, durations and strings where expressions and their modifiers have them. */
import { holdsVariable } from "../language.ts";
import { unquote } from "../quote.ts";
import type { Cursor } from "./cursor.ts";
import { readDuration, readNumber } from "./number.ts";
import { T } from "./token.ts";

/** A number as it was written; a duration counts in seconds. */
export interface Literal {
  readonly value: number;
  /** The same in milliseconds, for those who take it as a duration. */
  readonly ms: number;
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
  let ms = Number.NaN;
  if (kind === T.NUMBER) {
    const read = readNumber(raw);
    if (read.mistake === undefined) {
      value = read.value;
      ms = inNanoseconds(value * 1000);
    } else cursor.report(read.mistake, start, end);
  } else if (kind === T.DURATION) {
    const read = readDuration(raw);
    if (read.mistake === undefined) {
      ms = read.value;
      value = ms / 1000;
    } else cursor.report(read.mistake, start, end);
  }
  lexer.next();
  return { value, ms, raw, start, end };
}

/** Reads a number with an optional sign. */
export function signed(cursor: Cursor, read: (cursor: Cursor) => Literal): Literal {
  const { lexer } = cursor;
  const { kind, start } = lexer;
  if (kind !== T.ADD && kind !== T.SUB) return read(cursor);
  lexer.next();
  return withSign(kind === T.SUB, start, read(cursor));
}

/** A number with the sign before it. */
export function withSign(minus: boolean, start: number, { value, ms, raw, end }: Literal): Literal {
  const sign = minus ? -1 : 1;
  return { value: sign * value, ms: sign * ms, raw: `${minus ? "-" : "+"}${raw}`, start, end };
}

/** Milliseconds as Prometheus holds them: in whole nanoseconds. */
function inNanoseconds(ms: number): number {
  const whole = Math.round(ms);
  return Math.abs(ms - whole) < 1e-6 ? whole : Math.round(ms * 1e6) / 1e6;
}

/** The value of the current string token, behind which it moves. */
export function stringValue(cursor: Cursor): string {
  const { lexer } = cursor;
  const { start, end, escaped } = lexer;
  const value = escaped ? unquote(lexer.value()) : lexer.text.slice(start + 1, end - 1);
  lexer.next();
  return value;
}
