/**
 * Cuts a template into tokens.
 * https://pkg.go.dev/text/template#hdr-Text_and_spaces
 */
import { isPrintable, quote } from "../go/quote.ts";

/** What a token is. */
export type TokenKind =
  | "error"
  | "end of text"
  | "text"
  | "{{"
  | "}}"
  | "("
  | ")"
  | "|"
  | "="
  | ":="
  | "space"
  | "char"
  | "bool"
  | "char constant"
  | "complex"
  | "number"
  | "string"
  | "field"
  | "dot"
  | "variable"
  | "identifier"
  | "keyword";

/** A piece of a template's text. */
export interface Token {
  readonly kind: TokenKind;
  /** The token as it stands in the text; for an error, its message. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const KEYWORDS = new Set("block break continue define else end if nil range template with".split(" "));
const SPACES = " \t\r\n";
const WORD = /[\p{L}\p{Nd}_]*/uy;
const NUMBER =
  /[+-]?(?:0[xX][\da-fA-F_]*(?:\.[\da-fA-F_]*)?(?:[pP][+-]?[\d_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]*)?)i?/y;
const ALPHANUMERIC = /[\p{L}\p{Nd}_]/uy;

/** The tokens of `input`. Where it goes wrong the last one is an error, otherwise the end of the text. */
export function lex(input: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  const emit = (kind: TokenKind, start: number, end: number, text = input.slice(start, end)): void => {
    tokens.push({ kind, text, start, end });
    position = end;
  };

  while (true) {
    const open = input.indexOf("{{", position);
    if (open === -1) {
      if (position < input.length) emit("text", position, input.length);
      emit("end of text", position, position, "EOF");
      return tokens;
    }
    const trims = input[open + 2] === "-" && isSpace(input[open + 3]);
    const textEnd = trims ? trimmedEnd(input, position, open) : open;
    if (textEnd > position) emit("text", position, textEnd);
    const inside = open + (trims ? 4 : 2);
    if (input.startsWith("/*", inside)) {
      const end = comment(inside);
      if (end === undefined) return tokens;
      position = end;
      continue;
    }
    emit("{{", open, open + 2);
    position = inside;
    if (!action()) return tokens;
  }

  /** Passes over a comment; `undefined` where it is wrong. */
  function comment(start: number): number | undefined {
    const close = input.indexOf("*/", start + 2);
    const end = close + 2;
    if (close === -1) emit("error", start, start + 2, "unclosed comment");
    else if (input.startsWith("}}", end)) return end + 2;
    else if (trimsRight(input, end)) return trimmedStart(input, end + 4);
    else emit("error", start, end, "comment ends before closing delimiter");
    return undefined;
  }

  /** Cuts what stands between `{{` and `}}`; false after an error. */
  function action(): boolean {
    let depth = 0;
    const wrong = (start: number, message: string, end = position): false => {
      emit("error", start, end, message);
      return false;
    };
    while (true) {
      const start = position;
      const trims = trimsRight(input, start);
      if (trims || input.startsWith("}}", start)) {
        if (depth > 0) return wrong(start, "unclosed left paren");
        const close = start + (trims ? 2 : 0);
        emit("}}", close, close + 2);
        if (trims) position = trimmedStart(input, position);
        return true;
      }
      const char = input[start];
      if (char === undefined) return wrong(start, "unclosed action");
      if (isSpace(char)) {
        let end = start + 1;
        while (isSpace(input[end])) end++;
        // The last space may belong to a trim marker.
        if (trimsRight(input, end - 1)) end--;
        emit("space", start, end);
      } else if (char === "=" || char === "|") emit(char, start, start + 1);
      else if (char === ":") {
        if (input[start + 1] !== "=") return wrong(start, "expected :=", start + 1);
        emit(":=", start, start + 2);
      } else if (char === '"' || char === "'") {
        const end = quotedEnd(input, start);
        if (end === undefined)
          return wrong(start, char === '"' ? "unterminated quoted string" : "unterminated character constant");
        emit(char === '"' ? "string" : "char constant", start, end);
      } else if (char === "`") {
        const close = input.indexOf("`", start + 1);
        if (close === -1) return wrong(start, "unterminated raw quoted string");
        emit("string", start, close + 1);
      } else if (char === "$" || (char === "." && /\D/.test(input[start + 1] ?? "0"))) {
        const end = wordEnd(start + 1);
        if (!terminates(end)) return wrong(start, `bad character ${codePoint(input, end)}`);
        emit(char === "$" ? "variable" : end === start + 1 ? "dot" : "field", start, end);
      } else if (/[+\-.\d]/.test(char)) {
        if (!number(start)) return wrong(start, `bad number syntax: ${quote(input.slice(start, position))}`);
      } else if (isWord(start)) {
        const end = wordEnd(start);
        if (!terminates(end)) return wrong(start, `bad character ${codePoint(input, end)}`);
        const word = input.slice(start, end);
        emit(KEYWORDS.has(word) ? "keyword" : word === "true" || word === "false" ? "bool" : "identifier", start, end);
      } else if (char === "(") {
        depth++;
        emit("(", start, start + 1);
      } else if (char === ")") {
        if (--depth < 0) return wrong(start, "unexpected right paren", start + 1);
        emit(")", start, start + 1);
      } else if (char >= " " && char <= "~") emit("char", start, start + 1);
      else return wrong(start, `unrecognized character in action: ${codePoint(input, start)}`, start + 1);
    }
  }

  /** Cuts a number, or two that make a complex one; false where letters follow it. */
  function number(start: number): boolean {
    const first = numberEnd(start);
    if (first === undefined) return false;
    if (input[first] !== "+" && input[first] !== "-") {
      emit("number", start, first);
      return true;
    }
    const second = numberEnd(first);
    if (second === undefined) return false;
    position = second;
    if (input[second - 1] !== "i") return false;
    emit("complex", start, second);
    return true;
  }

  function numberEnd(start: number): number | undefined {
    NUMBER.lastIndex = start;
    const end = start + (NUMBER.exec(input)?.[0].length ?? 0);
    if (!isWord(end)) return end;
    position = end + ((input.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
    return undefined;
  }

  function wordEnd(start: number): number {
    let end = start;
    while (isWordCode(input.charCodeAt(end))) end++;
    // Expressions that know all of Unicode are slow, and seldom needed.
    if (!(input.charCodeAt(end) > 127)) return end;
    WORD.lastIndex = end;
    return end + (WORD.exec(input)?.[0].length ?? 0);
  }

  function isWord(start: number): boolean {
    const code = input.charCodeAt(start);
    if (code < 128) return isWordCode(code);
    ALPHANUMERIC.lastIndex = start;
    return ALPHANUMERIC.test(input);
  }

  /** Whether a word may end here. */
  function terminates(end: number): boolean {
    const char = input[end];
    return char === undefined || `${SPACES}.,|:)(`.includes(char) || input.startsWith("}}", end);
  }
}

/** Whether an ASCII character is a letter, a digit or `_`. */
function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}

/** The end of what is quoted, behind the closing mark; it must come on the same line. */
function quotedEnd(input: string, start: number): number | undefined {
  for (let i = start + 1; i < input.length; i++) {
    const char = input[i];
    if (char === input[start]) return i + 1;
    if (char === "\n") return undefined;
    if (char === "\\" && (++i >= input.length || input[i] === "\n")) return undefined;
  }
  return undefined;
}

function isSpace(char: string | undefined): boolean {
  return char === " " || char === "\t" || char === "\r" || char === "\n";
}

/** Whether ` -}}` stands at `start`. */
function trimsRight(input: string, start: number): boolean {
  return isSpace(input[start]) && input.startsWith("-}}", start + 1);
}

function trimmedEnd(input: string, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && isSpace(input[trimmed - 1])) trimmed--;
  return trimmed;
}

function trimmedStart(input: string, start: number): number {
  let trimmed = start;
  while (isSpace(input[trimmed])) trimmed++;
  return trimmed;
}

/** `U+0025 '%'`. */
function codePoint(input: string, position: number): string {
  const code = input.codePointAt(position) ?? 0;
  const char = String.fromCodePoint(code);
  const shown = isPrintable(char) ? ` '${char}'` : "";
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}${shown}`;
}
