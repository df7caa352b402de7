/** Reads the arguments of a command; everything that is not expected is an error with a suggestion. */
import { parseArgs } from "node:util";
import { didYouMean } from "../diagnostic/near-miss.ts";
import { type Command, type FlagOption, type Option, type OptionValue, UsageError } from "./command.ts";

export interface Given {
  readonly options: Record<string, OptionValue>;
  readonly positionals: readonly string[];
  /** `--help` was asked for, and all else was not looked at. */
  readonly wantsHelp: boolean;
}

const HELP: FlagOption = { kind: "flag", short: "h", help: "Show this help." };

const NOT_GIVEN: Readonly<Record<Option["kind"], OptionValue>> = { flag: false, value: undefined, values: [] };

/** Reads `args`, all that stands behind the command's name. */
export function parseArguments({ options, positionals }: Command, args: readonly string[]): Given {
  const known: Readonly<Record<string, Option>> = { ...options, help: HELP };
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(known).map(([name, { kind, short }]) => [
        name,
        { type: kind === "flag" ? ("boolean" as const) : ("string" as const), ...(short !== undefined && { short }) },
      ]),
    ),
    strict: false,
    tokens: true,
  });
  const given: Record<string, OptionValue> = {};
  for (const [name, { kind }] of Object.entries(options)) given[name] = NOT_GIVEN[kind];
  if (tokens.some((token) => token.kind === "option" && token.name === "help"))
    return { options: given, positionals: [], wantsHelp: true };

  const found: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") found.push(token.value);
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (option === undefined) throw unknownOption(token.rawName, known);
    const value = checkedValue(option, token.rawName, token.value, token.inlineValue === true);
    given[token.name] = option.kind === "values" ? [...(given[token.name] as readonly string[]), String(value)] : value;
  }
  checkCount(positionals, found);
  return { options: given, positionals: found, wantsHelp: false };
}

function unknownOption(name: string, known: Readonly<Record<string, unknown>>): UsageError {
  const names = Object.keys(known).map((option) => `--${option}`);
  return new UsageError(`There is no option ${name}.${name.startsWith("--") ? didYouMean(name, names) : ""}`);
}

function checkedValue(option: Option, name: string, value: string | undefined, isInline: boolean): string | true {
  if (option.kind === "flag") {
    if (value !== undefined) throw new UsageError(`The option ${name} takes no value.`);
    return true;
  }
  // What looks like the next option is not taken for a value, unless it is written behind "=".
  if (value === undefined || value === "" || (!isInline && /^-./.test(value)))
    throw new UsageError(`The option ${name} needs a value: ${name} ${option.value}.`);
  if (option.choices !== undefined && !option.choices.includes(value))
    throw new UsageError(
      `The option ${name} is one of ${option.choices.join(", ")}, not ${JSON.stringify(value)}.${didYouMean(value, option.choices)}`,
    );
  return value;
}

function checkCount(positionals: Command["positionals"], found: readonly string[]): void {
  const missing = positionals[found.length];
  if (missing !== undefined && missing.optional !== true) throw new UsageError(`${missing.name} is missing.`);
  const surplus = found[positionals.length];
  if (surplus !== undefined && positionals.at(-1)?.many !== true)
    throw new UsageError(`Nothing is known to be done with ${JSON.stringify(surplus)}.`);
}
