/**
 * Regular expressions that are nothing but texts, choices between them, and `.*` or `.+` in between: most of those that
 * people write in matchers. They are matched by comparing texts.
 */

/** One choice: texts, and between them gaps that are at least so many characters long. */
interface Glob {
  readonly texts: readonly string[];
  readonly gaps: readonly (0 | 1)[];
}

/** The choices of an expression, or `undefined` where it holds anything else. */
export function globsOf(source: string): readonly Glob[] | undefined {
  const reader = { source, pos: 0 };
  const globs = choices(reader, 0);
  return reader.pos === source.length ? globs : undefined;
}

/** The texts that an expression matches, where these are all. */
export function textsOf(globs: readonly Glob[]): readonly string[] | undefined {
  return globs.every(({ gaps }) => gaps.length === 0) ? globs.map(({ texts }) => texts[0] ?? "") : undefined;
}

/** Whether the whole of `text` is one of the choices. */
export function matchesGlob(globs: readonly Glob[], text: string): boolean {
  for (const glob of globs) if (matchesOne(glob, text)) return true;
  return false;
}

function matchesOne({ texts, gaps }: Glob, text: string): boolean {
  const [first = ""] = texts;
  if (gaps.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  let pos = first.length;
  const last = texts.length - 1;
  // The leftmost place of each text leaves the most room for the rest.
  for (let i = 1; i < last; i++) {
    const part = texts[i] as string;
    const at = text.indexOf(part, pos + (gaps[i - 1] as number));
    if (at === -1) return false;
    pos = at + part.length;
  }
  const end = texts[last] as string;
  return text.length - end.length >= pos + (gaps[last - 1] as number) && text.endsWith(end);
}

interface Reader {
  readonly source: string;
  pos: number;
}

/** More choices than this are left to the regular expression itself. */
const MOST = 256;
const DEEPEST = 10;

/** Reads `a|b` up to its end or a closing parenthesis. */
function choices(reader: Reader, depth: number): readonly Glob[] | undefined {
  if (depth > DEEPEST) return undefined;
  const all: Glob[] = [];
  for (;;) {
    const one = sequence(reader, depth);
    if (one === undefined || all.length + one.length > MOST) return undefined;
    all.push(...one);
    if (reader.source[reader.pos] !== "|") return all;
    reader.pos++;
  }
}

/** Reads what stands between two bars; groups multiply the choices. */
function sequence(reader: Reader, depth: number): readonly Glob[] | undefined {
  const { source } = reader;
  let globs: readonly Glob[] = [{ texts: [""], gaps: [] }];
  for (;;) {
    const char = source[reader.pos];
    if (char === undefined || char === "|" || char === ")") return globs;
    let next: readonly Glob[] | undefined;
    if (char === "(") next = group(reader, depth);
    else if (char === ".") next = gap(reader);
    else next = literal(reader);
    if (next === undefined || globs.length * next.length > MOST) return undefined;
    // A quantifier binds what stands before it, and is none of our business.
    if (/[*+?{]/.test(source[reader.pos] ?? "")) return undefined;
    const longer: Glob[] = [];
    for (const head of globs) {
      for (const tail of next) {
        const both = joined(head, tail);
        if (both === undefined) return undefined;
        longer.push(both);
      }
    }
    globs = longer;
  }
}

function group(reader: Reader, depth: number): readonly Glob[] | undefined {
  reader.pos += reader.source.startsWith("(?:", reader.pos) ? 3 : 1;
  if (reader.source[reader.pos] === "?") return undefined;
  const inner = choices(reader, depth + 1);
  if (reader.source[reader.pos] !== ")") return undefined;
  reader.pos++;
  return inner;
}

function gap(reader: Reader): readonly Glob[] | undefined {
  const times = reader.source[reader.pos + 1];
  if (times !== "*" && times !== "+") return undefined;
  reader.pos += 2;
  return [{ texts: ["", ""], gaps: [times === "+" ? 1 : 0] }];
}

const LITERAL = /[^\\.+*?()|[\]{}^$]+/y;
const PUNCTUATION = /\\([!-/:-@[-^`{-~])/y;

function literal(reader: Reader): readonly Glob[] | undefined {
  PUNCTUATION.lastIndex = reader.pos;
  const escaped = PUNCTUATION.exec(reader.source);
  LITERAL.lastIndex = reader.pos;
  const found = escaped ?? LITERAL.exec(reader.source);
  if (found === null) return undefined;
  reader.pos += found[0].length;
  return [{ texts: [escaped?.[1] ?? found[0]], gaps: [] }];
}

/** One glob behind another; a gap of two characters is none, because a character may be two units long. */
function joined(head: Glob, tail: Glob): Glob | undefined {
  const middle = `${head.texts.at(-1) ?? ""}${tail.texts[0] ?? ""}`;
  const [before, after] = [head.texts.slice(0, -1), tail.texts.slice(1)];
  const [left, right] = [head.gaps.at(-1), tail.gaps[0]];
  if (middle !== "" || left === undefined || right === undefined)
    return { texts: [...before, middle, ...after], gaps: [...head.gaps, ...tail.gaps] };
  if (left === 1 && right === 1) return undefined;
  const gap = left === 1 || right === 1 ? 1 : 0;
  return { texts: [...before, ...after], gaps: [...head.gaps.slice(0, -1), gap, ...tail.gaps.slice(1)] };
}
