/** How wide a text is on a terminal. */

/** East Asian wide and full-width characters: https://www.unicode.org/reports/tr11/ */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

/** Made when it is needed, for which few texts are exotic enough. */
let segmenter: Intl.Segmenter | undefined;

/** The cells of a text that holds neither tabs nor control characters. */
export function displayWidth(text: string): number {
  // Most text is ASCII, in which every character takes one cell.
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { segment } of segmenter.segment(text)) width += graphemeWidth(segment);
  return width;
}

function graphemeWidth(grapheme: string): 0 | 1 | 2 {
  if (/^[\p{Mn}\p{Me}\p{Cf}]+$/u.test(grapheme)) return 0;
  if (/\p{Emoji_Presentation}|\uFE0F/u.test(grapheme)) return 2;
  const point = grapheme.codePointAt(0) ?? 0;
  return WIDE.some(([from, to]) => from <= point && point <= to) ? 2 : 1;
}

/** The text with tabs as spaces and with control characters shown, so that none of them reaches a terminal. */
export function printable(text: string): string {
  return text.replace(/\t/g, "    ").replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (control) => {
    const code = control.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
