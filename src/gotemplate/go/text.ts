/** What Go's strings have that JavaScript's see differently: bytes, and the case of single characters. */

/** The length in bytes, as Go's `len` counts. */
export function byteLength(text: string): number {
  return isAscii(text) ? text.length : Buffer.byteLength(text);
}

/** Whether every character fits one byte. */
export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** The number of characters, which is what Go pads by. */
export function runeCount(text: string): number {
  if (isAscii(text)) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Each character to its upper case. Go maps one to one, so that `ß` stays. */
export function toUpper(text: string): string {
  return isAscii(text) ? text.toUpperCase() : mapped(text, upperOf);
}

/** Each character to its lower case. */
export function toLower(text: string): string {
  return isAscii(text) ? text.toLowerCase() : mapped(text, lowerOf);
}

/**
 * Words begin with a capital, as `cases.Title` of golang.org/x/text has it: a mark such as `'` or `.` between two letters does
 * not end a word, anything else but letters, digits and `_` does.
 */
export function toTitle(text: string, lowerRest: boolean): string {
  let out = "";
  let inWord = false;
  let wasMiddle = false;
  for (const char of text) {
    const middle = MIDDLE.test(char);
    if (wasMiddle && middle) inWord = false;
    if (CASED.test(char)) {
      out += inWord ? (lowerRest ? char.toLowerCase() : char) : titleOf(char);
      inWord = true;
    } else {
      out += char;
      if (!middle && !WORD.test(char)) inWord = false;
    }
    wasMiddle = middle;
  }
  return out;
}

const MIDDLE = /^[:.'·\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a]$/u;
const CASED = /^\p{Cased}$/u;
// Scripts that need a dictionary to find words break everywhere.
const WORD =
  /^(?![\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}])[\p{L}\p{N}\p{M}\p{Pc}\p{Cf}]$/u;

function mapped(text: string, map: (char: string) => string): string {
  let out = "";
  for (const char of text) out += map(char);
  return out;
}

function upperOf(char: string): string {
  const upper = char.toUpperCase();
  return runeCount(upper) === 1 ? upper : simpleTitle(char);
}

function lowerOf(char: string): string {
  // The dotted capital I is the one letter whose lower case is two characters.
  return char === "\u0130" ? "i" : char.toLowerCase();
}

/** Greek letters with an iota below have a capital of one character, which JavaScript does not reach. */
function simpleTitle(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const row = code & ~0xf;
  if ((row === 0x1f80 || row === 0x1f90 || row === 0x1fa0) && (code & 8) === 0) return String.fromCodePoint(code + 8);
  return code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3 ? String.fromCodePoint(code + 9) : char;
}

/** Letters that are two, of which only the first becomes large: `ǆ` and its kin, each in three forms side by side. */
function digraph(code: number): string | undefined {
  if (code >= 0x1c4 && code <= 0x1cc) return String.fromCodePoint(code - ((code - 0x1c4) % 3) + 1);
  return code >= 0x1f1 && code <= 0x1f3 ? "\u01f2" : undefined;
}

function titleOf(char: string): string {
  const known = digraph(char.codePointAt(0) ?? 0) ?? simpleTitle(char);
  if (known !== char) return known;
  let out = "";
  let capital = true;
  for (const part of char.toUpperCase()) {
    out += capital ? part : part.toLowerCase();
    if (CASED.test(part)) capital = false;
  }
  return out;
}
