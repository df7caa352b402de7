/**
 * Regular expressions of the constructs that RE2 and JavaScript understand alike, and that JavaScript matches in linear
 * time: texts, choices, `.`, `\d`, simple classes, quantifiers of single characters. All else is RE2's.
 */

/** The expression for JavaScript, matching whole texts; `undefined` where it holds anything else. */
export function plainRegex(source: string): RegExp | undefined {
  const reader = { source, pos: 0 };
  const cost = choices(reader, 0);
  return cost === undefined || reader.pos < source.length ? undefined : new RegExp(`^(?:${source})$`, "su");
}

/** How many ways there are to try, and whether one of them is as long as the text that is matched. */
interface Cost {
  readonly ways: number;
  readonly isLong: boolean;
}

interface Reader {
  readonly source: string;
  pos: number;
}

/** JavaScript tries one way after another; so few of them stay as fast as RE2. */
const MOST_WAYS = 256;
const DEEPEST = 10;

/** Reads `a|b` up to its end or a closing parenthesis. */
function choices(reader: Reader, depth: number): Cost | undefined {
  if (depth > DEEPEST) return undefined;
  let ways = 0;
  let isLong = false;
  for (;;) {
    const one = sequence(reader, depth);
    if (one === undefined) return undefined;
    ways += one.ways;
    isLong ||= one.isLong;
    if (ways > MOST_WAYS) return undefined;
    if (reader.source[reader.pos] !== "|") return { ways, isLong };
    reader.pos++;
  }
}

/** Reads what stands between two bars. */
function sequence(reader: Reader, depth: number): Cost | undefined {
  let ways = 1;
  let isLong = false;
  for (;;) {
    const char = reader.source[reader.pos];
    if (char === undefined || char === "|" || char === ")") return { ways, isLong };
    const next = char === "(" ? group(reader, depth) : single(reader);
    // Two parts of any length would share the text between them in as many ways as it has characters.
    if (next === undefined || (isLong && next.isLong)) return undefined;
    ways *= next.ways;
    isLong ||= next.isLong;
    if (ways > MOST_WAYS) return undefined;
  }
}

function group(reader: Reader, depth: number): Cost | undefined {
  reader.pos += reader.source.startsWith("(?:", reader.pos) ? 3 : 1;
  const inner = choices(reader, depth + 1);
  if (inner === undefined || reader.source[reader.pos] !== ")") return undefined;
  reader.pos++;
  if (reader.source[reader.pos] !== "?") return isQuantified(reader) ? undefined : inner;
  reader.pos++;
  return isQuantified(reader) ? undefined : { ways: inner.ways + 1, isLong: inner.isLong };
}

const CHARACTER =
  /[A-Za-z0-9_ :;/,=@%#~<>"'&!-]|\.|\\[.*+?()[\]{}|^$\\/]|\\d|\[\^?(?:[A-Za-z0-9]-[A-Za-z0-9]|[\w.:/])+-?\]/y;
const COUNT = /\{(\d{1,2})(?:,(\d{1,2}))?\}/y;

/** Reads one character or class, and how often it comes. */
function single(reader: Reader): Cost | undefined {
  const { source } = reader;
  CHARACTER.lastIndex = reader.pos;
  const [found] = CHARACTER.exec(source) ?? [];
  if (found === undefined || !hasRanges(found)) return undefined;
  reader.pos += found.length;
  let cost: Cost = { ways: 1, isLong: false };
  const quantifier = source[reader.pos];
  if (quantifier === "*" || quantifier === "+") cost = { ways: 1, isLong: true };
  else if (quantifier === "?") cost = { ways: 2, isLong: false };
  else if (quantifier === "{") {
    COUNT.lastIndex = reader.pos;
    const [counted, least, most = least] = COUNT.exec(source) ?? [];
    const span = Number(most) - Number(least);
    if (counted === undefined || !(span >= 0)) return undefined;
    cost = { ways: span + 1, isLong: false };
    reader.pos += counted.length - 1;
  } else return cost;
  reader.pos++;
  return isQuantified(reader) ? undefined : cost;
}

/** Whether all ranges of a class go upwards. */
function hasRanges(text: string): boolean {
  if (!text.startsWith("[")) return true;
  for (const [, from = "", to = ""] of text.matchAll(/([A-Za-z0-9])-([A-Za-z0-9])/g)) if (from > to) return false;
  return true;
}

function isQuantified({ source, pos }: Reader): boolean {
  return /[*+?{]/.test(source[pos] ?? "");
}
