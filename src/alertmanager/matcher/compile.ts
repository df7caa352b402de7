/** Turns matchers into tests of label sets. */
import type { LabelSet } from "../../label/label-set.ts";
import type { Matcher } from "../../label/matcher.ts";
import { isRegexMistake } from "../../label/regex.ts";
import { compileAnchored } from "./regex.ts";

/** A matcher with the test it puts to a label's value. */
export interface CompiledMatcher extends Matcher {
  readonly test: (value: string) => boolean;
  /** The values that alone can pass, where they are few and known. */
  readonly values: readonly string[] | undefined;
}

/** Compiles a matcher whose regular expression is known to be valid. */
export function compileMatcher(matcher: Matcher): CompiledMatcher {
  const { name, op, value } = matcher;
  if (op === "=") return { name, op, value, test: (text) => text === value, values: [value] };
  if (op === "!=") return { name, op, value, test: (text) => text !== value, values: undefined };
  const regex = compileAnchored(value);
  if (isRegexMistake(regex)) throw new Error(`matcher with an invalid regular expression: ${regex.mistake}`);
  if (op === "=~") return { name, op, value, test: regex.test, values: regex.values };
  return { name, op, value, test: (text) => !regex.test(text), values: undefined };
}

/** A label's value, `""` where it is absent. Labels come from users, so `constructor` is a name like any other. */
export function labelValue(labels: LabelSet, name: string): string {
  const value = labels[name];
  return typeof value === "string" ? value : "";
}

/** Whether all matchers pass. */
export function matchesAll(matchers: readonly CompiledMatcher[], labels: LabelSet): boolean {
  for (const matcher of matchers) if (!matcher.test(labelValue(labels, matcher.name))) return false;
  return true;
}
