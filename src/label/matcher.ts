/** Matchers of labels, as selectors, routes and inhibit rules use them. */
import { compileRegex, isRegexMistake } from "./regex.ts";

export type MatchOp = "=" | "!=" | "=~" | "!~";

export interface Matcher {
  readonly name: string;
  readonly op: MatchOp;
  readonly value: string;
}

/** The test a matcher puts to a label's value; an absent label has the value `""`. The regular expression must be valid. */
export function matcherTest({ op, value }: Matcher): (text: string) => boolean {
  if (op === "=") return (text) => text === value;
  if (op === "!=") return (text) => text !== value;
  const regex = compileRegex(value);
  if (isRegexMistake(regex)) throw new Error(`matcher with an invalid regular expression: ${regex.mistake}`);
  return op === "=~" ? regex.test : (text) => !regex.test(text);
}
