/**
 * Texts in quotes as Go writes and reads them, which is how Prometheus prints strings and words its errors.
 * https://pkg.go.dev/strconv#Quote
 *
 * A string in PromQL may hold bytes that are no UTF-8 (`"\xff"`). They are kept as the lone surrogates U+DC80 to U+DCFF.
 */

const PLAIN = /^[ !#-[\]-~]*$/;
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const SHORT: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
};

/** `text` in double quotes, escaped so that PromQL reads it back as it was. */
export function quote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  let quoted = '"';
  for (const char of text) quoted += char === '"' ? '\\"' : escaped(char);
  return `${quoted}"`;
}

/** One character in single quotes, as errors name it; `undefined` is the end of the input. */
export function quoteCharacter(char: string | undefined): string {
  return char === undefined || isLoneSurrogate(char) ? "'\ufffd'" : `'${char === "'" ? "\\'" : escaped(char)}'`;
}

/** A character by its number, as in `U+0063 'c'`. */
export function nameCharacter(char: string | undefined): string {
  const code = char === undefined || isLoneSurrogate(char) ? 0xfffd : (char.codePointAt(0) ?? 0);
  const shown = char !== undefined && PRINTABLE.test(char) ? ` '${char}'` : code === 0xfffd ? " '\ufffd'" : "";
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}${shown}`;
}

/** Whether the one unit of `char` is half a pair, which stands for a byte that is no UTF-8. */
export function isLoneSurrogate(char: string): boolean {
  const code = char.charCodeAt(0);
  return char.length === 1 && code >= 0xd800 && code <= 0xdfff;
}

function escaped(char: string): string {
  const short = SHORT[char];
  if (short !== undefined) return short;
  // Go prints the replacement character as it is, and then PromQL does not read it back.
  if (char !== "\ufffd" && PRINTABLE.test(char)) return char;
  const code = char.codePointAt(0) ?? 0;
  if (isLoneSurrogate(char)) return code >= 0xdc80 && code <= 0xdcff ? hex("x", code - 0xdc00, 2) : "\\ufffd";
  if (code < 0x20 || code === 0x7f) return hex("x", code, 2);
  return code < 0x10000 ? hex("u", code, 4) : hex("U", code, 8);
}

function hex(kind: string, code: number, digits: number): string {
  return `\\${kind}${code.toString(16).padStart(digits, "0")}`;
}

/** The value of a string literal, given with its quotes; its escapes must have been found valid. */
export function unquote(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.charCodeAt(0) === 0x60 || !inner.includes("\\")) return inner;
  let value = "";
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length > 0) value += decodeBytes(bytes);
    bytes = [];
  };
  for (let i = 0; i < inner.length; ) {
    if (inner[i] !== "\\") {
      flush();
      value += inner[i++];
      continue;
    }
    const kind = inner[i + 1] ?? "";
    const digits = kind === "x" ? 2 : kind === "u" ? 4 : kind === "U" ? 8 : kind >= "0" && kind <= "7" ? 3 : 0;
    if (digits === 3) {
      bytes.push(Number.parseInt(inner.slice(i + 1, i + 4), 8));
      i += 4;
    } else if (digits === 2) {
      bytes.push(Number.parseInt(inner.slice(i + 2, i + 4), 16));
      i += 4;
    } else {
      flush();
      value += digits > 0 ? String.fromCodePoint(Number.parseInt(inner.slice(i + 2, i + 2 + digits), 16)) : named(kind);
      i += 2 + digits;
    }
  }
  flush();
  return value;
}

const NAMED: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

function named(kind: string): string {
  return NAMED[kind] ?? kind;
}

/** Reads UTF-8; bytes that are none become lone surrogates. */
function decodeBytes(bytes: readonly number[]): string {
  let text = "";
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i] ?? 0;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    try {
      text += STRICT.decode(Uint8Array.from(bytes.slice(i, i + length)));
      i += length;
    } catch {
      text += String.fromCharCode(0xdc00 + first);
      i++;
    }
  }
  return text;
}

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
