/**
 * YAML out: plain data printed in one way only, byte for byte the same on every machine.
 *
 * A general YAML library spends most of a build's time on choices that generated files do not need; this prints block
 * mappings, block lists and three kinds of strings. A property test reads everything back with the `yaml` package.
 */

/** What can be printed; `undefined` members of a mapping are left out. */
export type YamlValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly YamlValue[]
  | { readonly [key: string]: YamlValue };

/** Prints a mapping or a list as a YAML document. */
export function printYaml(value: YamlValue): string {
  const lines: string[] = [];
  if (isCollection(value) && !isEmpty(value)) printCollection(value, "", lines);
  else lines.push(printInline(value, ""));
  return `${lines.join("\n")}\n`;
}

type Collection = readonly YamlValue[] | { readonly [key: string]: YamlValue };

function printCollection(value: Collection, indent: string, lines: string[]): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly YamlValue[]) printItem(item, indent, lines);
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) printMember(printString(key, ""), member, indent, lines);
  }
}

function printItem(item: YamlValue, indent: string, lines: string[]): void {
  if (!isCollection(item) || isEmpty(item)) {
    lines.push(`${indent}- ${printInline(item, `${indent}  `)}`);
    return;
  }
  // The first line of what is in the item stands behind its dash.
  const from = lines.length;
  printCollection(item, `${indent}  `, lines);
  lines[from] = `${indent}- ${(lines[from] ?? "").slice(indent.length + 2)}`;
}

function printMember(key: string, member: YamlValue, indent: string, lines: string[]): void {
  if (!isCollection(member) || isEmpty(member)) {
    lines.push(`${indent}${key}: ${printInline(member, `${indent}  `)}`);
    return;
  }
  lines.push(`${indent}${key}:`);
  printCollection(member, `${indent}  `, lines);
}

function printInline(value: YamlValue, indent: string): string {
  if (typeof value === "string") return printString(value, indent);
  if (typeof value === "number") return printNumber(value);
  if (isCollection(value)) return Array.isArray(value) ? "[]" : "{}";
  return value === undefined ? "null" : String(value);
}

function printNumber(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  return String(value);
}

/** Words and shapes that some YAML version reads as something other than a string. */
const PLAIN = /^[A-Za-z_/#$@(][\w./:+*()#$@{}"'=~<>!,[\]|&^%;?-]*(?: [\w./:+*()$@{}"'=~<>!,[\]|&^%;?-]+)*$/;
const DURATION = /^(?:\d+[smhdwy])+$/;
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|e\d+)$/i;

/** What YAML allows only when it is escaped, besides tabs and ends of lines. */
const UNPRINTABLE = /(?![\t\n])[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u;

function printString(text: string, indent: string): string {
  if (isPlain(text)) return text;
  if (isBlock(text, indent)) {
    // A text that begins with spaces has to say itself how far it is indented.
    const header = `|${text.startsWith(" ") ? "2" : ""}${text.endsWith("\n") ? "" : "-"}`;
    return `${header}\n${indentLines(text.replace(/\n$/, ""), indent)}`;
  }
  if (!UNPRINTABLE.test(text) && !/[\t\n']/.test(text)) return `'${text}'`;
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escapeUnit);
}

function isPlain(text: string): boolean {
  if (DURATION.test(text)) return true;
  return (
    /^[A-Za-z_/]/.test(text) && PLAIN.test(text) && !WORDS.test(text) && !text.includes(": ") && !text.endsWith(":")
  );
}

/** Text of several lines that a literal block holds as it is. */
function isBlock(text: string, indent: string): boolean {
  return (
    indent !== "" &&
    text.includes("\n") &&
    !/^[\t\n]|[ \t]\n|[ \t]$|\n\n$|^\n/.test(text) &&
    !UNPRINTABLE.test(text) &&
    text !== "\n"
  );
}

function indentLines(text: string, indent: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : indent + line))
    .join("\n");
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function isCollection(value: YamlValue): value is Collection {
  return typeof value === "object" && value !== null;
}

function isEmpty(value: Collection): boolean {
  return Array.isArray(value) ? value.length === 0 : Object.values(value).every((member) => member === undefined);
}
