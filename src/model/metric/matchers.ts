/** Label values to keep, as they are written in `where({ … })`. */
import type { Matcher } from "../../label/matcher.ts";
import { quoteRegex } from "../../label/regex.ts";
import type { Labels, TargetLabel } from "../labels.ts";

/**
 * What to keep of a label: one value, one of several, a pattern, or the opposite of those.
 * A pattern is RE2, and matches the whole value: `/5../` keeps 500 and not 1500.
 */
export type ValueMatcher<V extends string> = V | readonly V[] | RegExp | Not<V>;

/** A value that is not meant, as `not()` returns it. */
export interface Not<V extends string> {
  readonly not: V | readonly V[] | RegExp;
}

/** All values but these: `where({ code: not(/5../) })`. */
export const not = <const V extends string>(value: V | readonly V[] | RegExp): Not<V> => Object.freeze({ not: value });

/** Which series are meant, by the values of their labels: a text, a pattern, or `not()` of either. */
export type Matchers<D extends Labels> = { readonly [K in keyof D]?: ValueMatcher<D[K]> } & {
  readonly [K in TargetLabel]?: ValueMatcher<string>;
};

/** The matchers that a `where({ … })` stands for, in the order written. */
export function toMatchers(wanted: Readonly<Record<string, unknown>>): readonly Matcher[] {
  return Object.entries(wanted)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => toMatcher(name, value as ValueMatcher<string>, false));
}

function toMatcher(name: string, value: ValueMatcher<string>, negated: boolean): Matcher {
  if (typeof value === "string") return { name, op: negated ? "!=" : "=", value };
  const op = negated ? "!~" : "=~";
  if (value instanceof RegExp) return { name, op, value: patternOf(value) };
  if ("not" in value) return toMatcher(name, value.not, true);
  return { name, op, value: value.map(quoteRegex).join("|") };
}

/** A JavaScript pattern as RE2 reads it. Its own flags have no place there, but for case and lines. */
export function patternOf({ source, flags }: RegExp): string {
  const kept = [...flags].filter((flag) => flag === "i" || flag === "m").join("");
  return kept === "" ? source : `(?${kept}:${source})`;
}
