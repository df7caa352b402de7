/** RE2JS, loaded with the first regular expression that needs it: most need none, and it is large. */
import { createRequire } from "node:module";
import type { RE2JS } from "re2js";

let loaded: typeof RE2JS | undefined;

/** Gives the library's class. */
export function re2(): typeof RE2JS {
  loaded ??= (createRequire(import.meta.url)("re2js") as { readonly RE2JS: typeof RE2JS }).RE2JS;
  return loaded;
}

/**
 * Compiles an expression that is only matched with. Other than RE2JS, Go lets groups share a name, which then says nothing
 * about what matches. Throws where the text is no regular expression.
 */
export function compileForMatching(source: string, flags = 0): RE2JS {
  try {
    return re2().compile(source, flags);
  } catch (error) {
    const isRepeated = error instanceof Error && error.message.includes("duplicate capture group name");
    if (!isRepeated) throw error;
    return re2().compile(withoutRepeatedNames(source), flags);
  }
}

/** A quoted stretch, an escaped character, a class, or the beginning of a named group. */
const NAMED_GROUP = /\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|\(\?P?<(\w+)>/gs;

function withoutRepeatedNames(source: string): string {
  const seen = new Set<string>();
  return source.replace(NAMED_GROUP, (text, name: string | undefined) => {
    if (name === undefined || !seen.has(name)) {
      if (name !== undefined) seen.add(name);
      return text;
    }
    return "(";
  });
}
