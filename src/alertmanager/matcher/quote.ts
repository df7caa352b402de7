/** Quoted strings as Go's strconv writes and reads them. https://pkg.go.dev/strconv#Quote */

const SHORT: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
  '"': '\\"',
};
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Quotes `text` as Go's `%q` does. */
export function quoteGo(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  let quoted = "";
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (SHORT[char] !== undefined) quoted += SHORT[char];
    else if (PRINTABLE.test(char)) quoted += char;
    else if (code < 0x20 || code === 0x7f) quoted += `\\x${hex(code, 2)}`;
    else quoted += code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  }
  return `"${quoted}"`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

const LONG: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
};
const ESCAPE = /\\(?:([abfnrtv\\"])|([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]|$))/g;

/** The text of a double-quoted Go string, or `undefined` where it is none or holds no UTF-8. */
export function unquoteGo(quoted: string): string | undefined {
  const inner = quoted.slice(1, -1);
  if (quoted.length < 2 || !quoted.startsWith('"') || !quoted.endsWith('"') || /\n/.test(inner)) return undefined;
  if (!inner.includes("\\")) return inner.includes('"') ? undefined : inner;
  // Octal and hexadecimal escapes are bytes, which only together need to be UTF-8.
  const parts: Buffer[] = [];
  let last = 0;
  for (const found of inner.matchAll(ESCAPE)) {
    const [whole, short, octal, byte, unicode, long] = found;
    parts.push(Buffer.from(inner.slice(last, found.index)));
    last = found.index + whole.length;
    const value = Number.parseInt(octal ?? byte ?? unicode ?? long ?? "", octal === undefined ? 16 : 8);
    if (short !== undefined) parts.push(Buffer.from(LONG[short] ?? ""));
    else if (Number.isNaN(value)) return undefined;
    else if (octal !== undefined || byte !== undefined) {
      if (value > 255) return undefined;
      parts.push(Buffer.from([value]));
    } else {
      if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) return undefined;
      parts.push(Buffer.from(String.fromCodePoint(value)));
    }
  }
  parts.push(Buffer.from(inner.slice(last)));
  const bytes = Buffer.concat(parts);
  const text = bytes.toString("utf8");
  return Buffer.from(text).equals(bytes) ? text : undefined;
}
