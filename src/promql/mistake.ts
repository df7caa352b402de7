/** What can be wrong with the parts of an expression, whether they were read or built. */
import { nearMiss } from "../diagnostic/near-miss.ts";
import { compileRegex, isRegexMistake } from "../label/regex.ts";
import { AGGREGATE_OPS, type AggregateOp, type LabelMatcher, type VectorMatching, type VectorSelector } from "./ast.ts";
import { FUNCTIONS, functionNamed } from "./functions.ts";
import { holdsVariable, isEnabled, type LanguageOptions } from "./language.ts";
import { quote } from "./quote.ts";

export interface Mistake {
  readonly message: string;
  readonly suggestion?: string | undefined;
}

const CALLABLE: readonly string[] = Object.freeze([...Object.keys(FUNCTIONS), ...AGGREGATE_OPS]);

/** What is wrong with a function's name. */
export function functionMistake(name: string, options: LanguageOptions): Mistake | undefined {
  const known = functionNamed(name);
  if (known === undefined) {
    if (options.variables && holdsVariable(name)) return undefined;
    return {
      message: `unknown function with name ${quote(name)}`,
      suggestion: begun(name) ?? nearMiss(name, CALLABLE),
    };
  }
  if (known.flags.length === 0 || isEnabled(options, "promql-experimental-functions")) return undefined;
  return { message: `function ${quote(name)} is not enabled` };
}

/** The function whose name was not typed to its end. */
function begun(name: string): string | undefined {
  return name.length < 3
    ? undefined
    : CALLABLE.find((known) => known.startsWith(name) && known.length <= name.length + 2);
}

/** What is wrong with an aggregation's name. */
export function aggregateMistake(op: AggregateOp, options: LanguageOptions): Mistake | undefined {
  if ((op !== "limitk" && op !== "limit_ratio") || isEnabled(options, "promql-experimental-functions"))
    return undefined;
  return {
    message: `${op}() is experimental and must be enabled with --enable-feature=promql-experimental-functions`,
  };
}

/** What is wrong with how vectors are matched. */
export function matchingMistake({ fill }: VectorMatching, options: LanguageOptions): Mistake | undefined {
  if (fill.lhs === undefined && fill.rhs === undefined) return undefined;
  if (isEnabled(options, "promql-binop-fill-modifiers")) return undefined;
  return { message: "binop fill modifiers are experimental and not enabled" };
}

/** What is wrong with asking for samples at the bounds of a range. */
export function extendedMistake(extended: VectorSelector["extended"], options: LanguageOptions): Mistake | undefined {
  if (extended === undefined || isEnabled(options, "promql-extended-range-selectors")) return undefined;
  return { message: `${extended} modifier is experimental and not enabled` };
}

/** What is wrong with a matcher's regular expression. What a dashboard's variable brings into it cannot be known. */
export function matcherMistake({ op, value }: LabelMatcher, options: LanguageOptions): Mistake | undefined {
  if (op === "=" || op === "!=") return undefined;
  const regex = compileRegex(value);
  if (!isRegexMistake(regex) || (options.variables && holdsVariable(value))) return undefined;
  return { message: regex.mistake };
}
