/** Classes of ASCII characters, for loops over character codes. */

export const ALPHA = 1;
export const DIGIT = 2;

/** What an ASCII character is; 0 where it is neither. */
export const CLASS = new Uint8Array(128);
for (let c = 97; c <= 122; c++) CLASS[c] = CLASS[c - 32] = ALPHA;
CLASS[0x5f] = ALPHA;
for (let c = 48; c <= 57; c++) CLASS[c] = DIGIT;

export function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

/** The code of a character; 0 behind the end, where `charCodeAt` would give NaN and make every loop slow that sees it. */
export function codeAt(text: string, pos: number): number {
  return pos < text.length ? text.charCodeAt(pos) : 0;
}
