/**
 * Matchers as Alertmanager 0.34 takes them: both syntaxes are tried, and the older one wins where they disagree.
 * https://github.com/prometheus/alertmanager/blob/v0.34.0/matcher/compat/parse.go
 */
import type { Matcher } from "../../label/matcher.ts";
import { isMatcherMistake, type MatcherMistake } from "./mistake.ts";
import { parseClassicMatchers } from "./parse-classic.ts";
import { parseUtf8Matchers } from "./parse-utf8.ts";

/** How names and matchers are read. `fallback` is what runs unless a feature flag asks for `classic` or `utf8` alone. */
export type MatcherMode = "fallback" | "classic" | "utf8";

export interface ParsedMatchers {
  readonly matchers: readonly Matcher[];
  /** Whether only the older syntax reads the text, or reads it as something else than the newer one does. */
  readonly concern?: "only-classic" | "ambiguous";
}

/** Reads a list of matchers such as `team="shop", severity=~"page|ticket"`. */
export function parseMatchers(input: string, mode: MatcherMode = "fallback"): ParsedMatchers | MatcherMistake {
  const utf8 = mode === "classic" ? undefined : parseUtf8Matchers(input);
  const classic = mode === "utf8" ? undefined : parseClassicMatchers(input);
  if (utf8 === undefined || isMatcherMistake(utf8)) {
    if (classic === undefined || isMatcherMistake(classic)) return (utf8 ?? classic) as MatcherMistake;
    return mode === "classic" ? { matchers: classic } : { matchers: classic, concern: "only-classic" };
  }
  if (classic === undefined || isMatcherMistake(classic) || sameMatchers(utf8, classic)) return { matchers: utf8 };
  return { matchers: classic, concern: "ambiguous" };
}

/** Whether a label may have this name. */
export function isLabelName(name: string, mode: MatcherMode = "fallback"): boolean {
  return mode === "classic" ? CLASSIC_NAME.test(name) : name !== "" && !/\p{Cs}/u.test(name);
}

/** The names that everything in the ecosystem understands. */
export const CLASSIC_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function sameMatchers(a: readonly Matcher[], b: readonly Matcher[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ name, op, value }, i) => b[i]?.name === name && b[i]?.op === op && b[i]?.value === value)
  );
}
