/** What a command of the command line is. */
import type { ExitCode, Io } from "./io.ts";

export interface FlagOption {
  readonly kind: "flag";
  readonly short?: string;
  readonly help: string;
}

export interface ValueOption {
  readonly kind: "value";
  readonly short?: string;
  /** What stands for the value in the help, such as `DIR`. */
  readonly value: string;
  /** The only values there are, where they are few. */
  readonly choices?: readonly string[];
  readonly help: string;
}

/** An option that can be given several times. */
export interface ValuesOption extends Omit<ValueOption, "kind"> {
  readonly kind: "values";
}

export type Option = FlagOption | ValueOption | ValuesOption;

export type Options = Readonly<Record<string, Option>>;

/** What the user gave for an option of any kind. */
export type OptionValue = string | boolean | readonly string[] | undefined;

/** What the user gave: a flag is true or false, any other option its text, or undefined, or the list of its texts. */
export type Values<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends FlagOption
    ? boolean
    : O[Name] extends ValuesOption
      ? readonly string[]
      : string | undefined;
};

export interface Positional {
  /** As the help shows it, such as `DIR`. */
  readonly name: string;
  readonly help: string;
  readonly optional?: boolean;
  /** Takes all that follows. */
  readonly many?: boolean;
}

/** What the user gave, whatever the command. */
export interface GivenArguments<V = Readonly<Record<string, OptionValue>>> {
  readonly options: V;
  readonly positionals: readonly string[];
}

export interface Command {
  readonly description: string;
  readonly positionals: readonly Positional[];
  readonly options: Options;
  readonly examples?: readonly string[];
  run(given: GivenArguments, io: Io): Promise<ExitCode>;
}

type CommandOf<O extends Options> = Omit<Command, "options" | "run"> & {
  readonly options: O;
  run(given: GivenArguments<Values<O>>, io: Io): Promise<ExitCode>;
};

/** Lets TypeScript see which options a command's `run` gets: those that it declares, which is what is parsed. */
export function defineCommand<const O extends Options>(command: CommandOf<O>): Command {
  return command as unknown as Command;
}

/** The command was not used as it is meant to be: the message is printed, and the exit code is 2. */
export class UsageError extends Error {
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}
