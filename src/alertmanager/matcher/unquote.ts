/** Reads double-quoted Go strings. Unlike a template's, a matcher's must hold UTF-8. https://pkg.go.dev/strconv#Unquote */

const MEANINGS: Readonly<Record<string, string>> = {
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
    if (short !== undefined) parts.push(Buffer.from(MEANINGS[short] ?? ""));
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
