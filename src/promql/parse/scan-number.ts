/** Finds where numbers and durations end, exactly as Prometheus's lexer does; what they are worth is read elsewhere. */
import { ALPHA, CLASS, codeAt, DIGIT, isDigit } from "./character.ts";

/** The end of a number, or `-1 - p` where the text stops being one at `p`. The parser finds what it is worth. */
export function scanNumber(text: string, start: number): number {
  let pos = start;
  let hex = false;
  if (codeAt(text, pos) === 0x30) {
    pos++;
    if ((codeAt(text, pos) | 0x20) === 0x78 /* x */) {
      hex = true;
      pos++;
      if (codeAt(text, pos) === 0x5f) pos++;
    }
  }
  if (codeAt(text, pos) === 0x2e) pos++;
  if (isDigitOf(codeAt(text, pos), hex)) pos++;
  let dot = false;
  let exponent = false;
  for (;;) {
    const c = codeAt(text, pos);
    // Exactly as Prometheus: in hexadecimal, an "e" is taken for an exponent unless it stands in a run of digits.
    if (c === 0x2e) {
      if (dot) return -pos - 2;
      dot = true;
      pos++;
      const following = codeAt(text, pos);
      if (following === 0x5f || following === 0x2e) return -pos - 2;
      if (hex) return -pos - 1;
    } else if ((c | 0x20) === 0x65 /* e */) {
      if (exponent) return -pos - 2;
      exponent = true;
      pos++;
      const sign = codeAt(text, pos);
      if (sign === 0x2b || sign === 0x2d) pos++;
      const following = codeAt(text, pos);
      if (pos >= text.length) return -pos - 1;
      if (following === 0x2e || following === 0x5f || (following | 0x20) === 0x65) return -pos - 2;
    } else if (c === 0x5f) {
      pos++;
      const following = codeAt(text, pos);
      if (pos >= text.length) return -pos - 1;
      if (following === 0x2e || following === 0x5f || (following | 0x20) === 0x65) return -pos - 2;
    } else if (isDigitOf(c, hex)) while (isDigitOf(codeAt(text, pos), hex)) pos++;
    else break;
  }
  const c = codeAt(text, pos);
  if (c < 128 && (CLASS[c] === ALPHA || CLASS[c] === DIGIT)) return -pos - 1;
  return pos;
}

/** The end of a duration whose first digits are read up to `from`, or `-1 - p` where it stops being one at `p`. */
export function scanDuration(text: string, from: number): number {
  let pos = from;
  for (let units = "smhdwy"; ; units = "smhdw") {
    if (pos >= text.length || !units.includes(text[pos] as string)) return -pos - 1;
    pos++;
    if (codeAt(text, pos) === 0x73 /* s */) pos++;
    if (!isDigit(codeAt(text, pos))) break;
    while (isDigit(codeAt(text, pos))) pos++;
  }
  const c = codeAt(text, pos);
  if (c < 128 && (CLASS[c] === ALPHA || CLASS[c] === DIGIT)) return -pos - 2;
  return pos;
}

function isDigitOf(c: number, hex: boolean): boolean {
  return isDigit(c) || (hex && (c | 0x20) >= 0x61 && (c | 0x20) <= 0x66);
}
