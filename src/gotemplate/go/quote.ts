/**
 * Go's quoted strings, written and read.
 * https://pkg.go.dev/strconv#Quote
 */

const ESCAPES: Readonly<Record<string, string>> = {
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
};

const MEANINGS: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, "\\": 92 };

/** `text` between double quotes; with everything beyond ASCII escaped, if asked for. */
export function quote(text: string, ascii = false): string {
  return quoteWith(text, '"', ascii);
}

/** A character constant. */
export function quoteRune(char: string, ascii = false): string {
  return quoteWith(char, "'", ascii);
}

/** Whether `text` can stand between backquotes. */
export function canBackquote(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  return !/[\u0000-\u0008\u000a-\u001f\u007f`\ufeff]/.test(text);
}

/** Whether Go prints the character as it is. Of the spaces, it does so with the common one alone. */
export function isPrintable(char: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(char);
}

function quoteWith(text: string, mark: string, ascii: boolean): string {
  let out = mark;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (char === mark) out += `\\${mark}`;
    else if (ESCAPES[char] !== undefined) out += ESCAPES[char];
    else if (ascii ? code >= 32 && code < 127 : isPrintable(char)) out += char;
    else if (code < 32 || code === 127) out += `\\x${hex(code, 2)}`;
    else out += code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
  }
  return out + mark;
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, "0");
}

/** What a string literal of either kind means; `undefined` where its escapes are wrong. */
export function unquote(literal: string): string | undefined {
  if (literal.startsWith("`")) return literal.slice(1, -1).replaceAll("\r", "");
  const inside = literal.slice(1, -1);
  if (!inside.includes("\\")) return inside;
  const bytes: number[] = [];
  for (let i = 0; i < inside.length; ) {
    const read = unquoteChar(inside, i, '"');
    if (read === undefined) return undefined;
    if (read.byte) bytes.push(read.code);
    else bytes.push(...Buffer.from(String.fromCodePoint(read.code)));
    i = read.end;
  }
  return Buffer.from(bytes).toString();
}

/** Reads the character at `start`, which may be an escape. A `byte` stands for itself even where it is no character. */
export function unquoteChar(
  text: string,
  start: number,
  mark: string,
): { readonly code: number; readonly end: number; readonly byte: boolean } | undefined {
  const code = text.codePointAt(start);
  if (code === undefined || text[start] === mark || code === 10) return undefined;
  if (code !== 92) return { code, end: start + (code > 0xffff ? 2 : 1), byte: false };
  const letter = text[start + 1] ?? "";
  const plain = letter === mark ? mark.charCodeAt(0) : MEANINGS[letter];
  if (plain !== undefined) return { code: plain, end: start + 2, byte: false };
  const shape = /x([\da-fA-F]{2})|([0-7]{3})|u([\da-fA-F]{4})|U([\da-fA-F]{8})/y;
  shape.lastIndex = start + 1;
  const found = shape.exec(text);
  if (found === null) return undefined;
  const value = Number.parseInt(found[1] ?? found[2] ?? found[3] ?? found[4] ?? "", found[2] === undefined ? 16 : 8);
  const byte = found[1] !== undefined || found[2] !== undefined;
  const surrogate = !byte && value >= 0xd800 && value < 0xe000;
  if (surrogate || value > (byte ? 0xff : 0x10ffff)) return undefined;
  return { code: value, end: start + 1 + found[0].length, byte };
}
