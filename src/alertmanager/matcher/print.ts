/** Writes matchers as Alertmanager does, so that they can be read back in either syntax where that is possible. */

import { quote } from "../../gotemplate/go/quote.ts";
import type { Matcher, MatchOp } from "../../label/matcher.ts";
import { mustQuote } from "./parse-utf8.ts";

/** `team="shop"`, with the name quoted where it has to be. */
export function printMatcher({ name, op, value }: Matcher): string {
  if (mustQuote(name)) return `${quote(name)}${op}${quote(value)}`;
  return `${name}${op}"${value.replace(/[\\\n"]/g, (char) => (char === "\n" ? "\\n" : `\\${char}`))}"`;
}

/** `{severity="page",team="shop"}`: the part of a group key that a route adds. */
export function printMatchers(matchers: readonly Matcher[]): string {
  return `{${matchers.map(printMatcher).join(",")}}`;
}

const ORDER: Readonly<Record<MatchOp, number>> = { "=": 0, "!=": 1, "=~": 2, "!~": 3 };

/** The order in which a route keeps its matchers: by name, value, operator. */
export function sortMatchers(matchers: readonly Matcher[]): readonly Matcher[] {
  return [...matchers].sort(
    (a, b) => compareText(a.name, b.name) || compareText(a.value, b.value) || ORDER[a.op] - ORDER[b.op],
  );
}

/** Orders texts as Go does, by their UTF-8 bytes, which is also the order of their code points. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates sort behind the rest of the basic plane, as their code points do.
    const xHigh = x >= 0xd800 && x < 0xe000;
    const yHigh = y >= 0xd800 && y < 0xe000;
    return xHigh === yHigh ? x - y : xHigh ? 1 : -1;
  }
  return a.length - b.length;
}
