/** Values inside of style sheets. */

const HEX = /[\da-f]/i;

/** Undoes the escapes of CSS. */
export function decodeCSS(text: string): string {
  return text.replace(
    /\\(?:([\da-f]{1,6})(?:\r\n|[\t\n\f\r ])?|(.))|\\$/gisu,
    (_, hex: string | undefined, char: string | undefined) => {
      if (hex === undefined) return char ?? "";
      const code = Number.parseInt(hex, 16);
      return code > 0x10ffff ? String.fromCodePoint(code >> 4) + hex.slice(-1) : String.fromCodePoint(code);
    },
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\0": "\\0",
  "\t": "\\9",
  "\n": "\\a",
  "\f": "\\c",
  "\r": "\\d",
  '"': "\\22",
  "&": "\\26",
  "'": "\\27",
  "(": "\\28",
  ")": "\\29",
  "+": "\\2b",
  "/": "\\2f",
  ":": "\\3a",
  ";": "\\3b",
  "<": "\\3c",
  ">": "\\3e",
  "\\": "\\\\",
  "{": "\\7b",
  "}": "\\7d",
};

/** For a string: nothing in it can end it. */
export function escapeCSS(text: string): string {
  let out = "";
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? "";
    const escaped = ESCAPES[char];
    out += escaped ?? char;
    if (escaped === undefined || escaped === "\\\\") continue;
    const next = text[i + 1];
    // A digit that follows would be read as part of the escape.
    if (next === undefined || HEX.test(next) || /[\t\n\f\r ]/.test(next)) out += " ";
  }
  return out;
}

/** For a value: only what cannot be more than one, and cannot run anything. */
export function isHarmlessCSS(text: string): boolean {
  if (/[\0"'()/;@[\\\]`{}<>]|--/.test(text)) return false;
  const word = text.replace(/[^\w-]/g, "").toLowerCase();
  return !word.includes("expression") && !word.includes("mozbinding");
}
