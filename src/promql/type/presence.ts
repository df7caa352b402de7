/** Which matchers ask that a label is there. */
import { compileRegex, isRegexMistake } from "../../label/regex.ts";
import type { LabelMatcher } from "../ast.ts";

/** Whether a matcher refuses series without its label. What is no regular expression asks for nothing. */
export function asksForPresence({ op, value }: LabelMatcher): boolean {
  if (op === "=") return value !== "";
  if (op === "!=") return value === "";
  const regex = compileRegex(value);
  return !isRegexMistake(regex) && regex.test("") === (op === "!~");
}
