/**
 * Regular expressions as Prometheus means them: RE2's syntax, the dot matching newlines, anchored at both ends.
 * https://github.com/google/re2/wiki/Syntax
 *
 * RE2JS decides what is valid and matches in linear time. It is slow to compile, so compiled expressions are kept, and the
 * shapes that make up most real matchers (a literal, a list of literals, a prefix) never reach it.
 */
import { RE2JS } from "re2js";

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
  const values = alternatives(source);
  if (values !== undefined) {
    const set = new Set(values);
    return { source, values, test: (text) => set.has(text) };
  }
  const prefix = /^([\w:/ -]*)\.([*+])$/.exec(source);
  if (prefix !== null) {
    const [, start = "", times] = prefix;
    const shortest = start.length + (times === "+" ? 1 : 0);
    return { source, values: undefined, test: (text) => text.length >= shortest && text.startsWith(start) };
  }
  try {
    // Compiled as it stands first: wrapping could hide an unbalanced parenthesis.
    RE2JS.compile(source, RE2JS.DOTALL);
    const pattern = RE2JS.compile(`^(?s:${source})$`);
    return { source, values: undefined, test: (text) => pattern.matcher(text).find() };
  } catch (error) {
    return { mistake: goWords(error instanceof Error ? error.message : String(error)) };
  }
}

/** The literals of `a|b|c`, where the source is nothing else. */
function alternatives(source: string): readonly string[] | undefined {
  return /^[^\\.+*?()[\]{}^$]*$/.test(source) ? source.split("|") : undefined;
}

// RE2JS words its errors "error parsing regexp: missing closing ): `(a`"; Go says the same.
function goWords(message: string): string {
  return message.startsWith("error parsing regexp: ") ? message : `error parsing regexp: ${message}`;
}

/** Escapes `text` so that as a regular expression it matches itself alone. */
export function quoteRegex(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}
