/**
 * Regular expressions as Prometheus means them: RE2's syntax, the dot matching newlines, anchored at both ends.
 * https://github.com/google/re2/wiki/Syntax
 *
 * RE2JS decides what is valid and matches in linear time. It is slow to load and to compile, so compiled expressions are
 * kept, and the shapes that make up most real matchers (texts, choices between them, `.*` in between, simple classes) never
 * reach it.
 */
import { globsOf, matchesGlob, textsOf } from "./glob.ts";
import { plainRegex } from "./plain-regex.ts";
import { compileForMatching, re2 } from "./re2.ts";

/** A compiled regular expression. */
export interface Regex {
  readonly source: string;
  /** Whether the whole of `text` matches. */
  test(text: string): boolean;
  /** The texts it matches, where they are few and known: `a|b` is `["a", "b"]`. */
  readonly values: readonly string[] | undefined;
}

/** Why a text is no regular expression, in RE2's words. */
export interface RegexMistake {
  readonly mistake: string;
}

const KEPT = 10_000;
const compiled = new Map<string, Regex | RegexMistake>();

/** Compiles `source`, or says what is wrong with it. */
export function compileRegex(source: string): Regex | RegexMistake {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  if (compiled.size >= KEPT) compiled.clear();
  const result = compile(source);
  compiled.set(source, result);
  return result;
}

export function isRegexMistake(result: Regex | RegexMistake): result is RegexMistake {
  return "mistake" in result;
}

function compile(source: string): Regex | RegexMistake {
  const globs = globsOf(source);
  const values = globs && textsOf(globs);
  if (values !== undefined) {
    const set = new Set(values);
    return { source, values: [...set], test: (text) => set.has(text) };
  }
  if (globs !== undefined) return { source, values: undefined, test: (text) => matchesGlob(globs, text) };
  const plain = plainRegex(source);
  if (plain !== undefined) return { source, values: undefined, test: (text) => plain.test(text) };
  try {
    // Compiled as it stands first, because errors quote the expression.
    compileForMatching(source);
    const pattern = compileForMatching(source, re2().DOTALL);
    return { source, values: undefined, test: (text) => pattern.matcher(text).matches() };
  } catch (error) {
    return { mistake: goWords(error instanceof Error ? error.message : String(error)) };
  }
}

// RE2JS words its errors as Go does, but for their beginning and for the part that Go quotes even where it is empty.
function goWords(message: string): string {
  const words = message.startsWith("error parsing regexp: ") ? message : `error parsing regexp: ${message}`;
  return words.endsWith("trailing backslash at end of expression") ? `${words}: \`\`` : words;
}

/** Escapes `text` so that as a regular expression it matches itself alone. */
export function quoteRegex(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}
