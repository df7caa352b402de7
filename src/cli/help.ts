/** Explains the commands. */
import { didYouMean } from "../diagnostic/near-miss.ts";
import { type Command, defineCommand, type Option, UsageError } from "./command.ts";
import { COMMANDS } from "./commands.ts";

export const helpCommand: Command = defineCommand({
  description: "Explains a command, or lists them all.",
  positionals: [{ name: "COMMAND", help: "The command to explain.", optional: true }],
  options: {},
  async run({ positionals: [name] }, { stdout }) {
    stdout.write(name === undefined ? overview() : helpFor(name, await findCommand(name)));
    return 0;
  },
});

/** The command of a name, or the user's mistake. */
export async function findCommand(name: string): Promise<Command> {
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry !== undefined) return entry.load();
  throw new UsageError(
    `There is no command ${JSON.stringify(name)}.${didYouMean(name, Object.keys(COMMANDS))}`,
    "`tocsin help` lists the commands.",
  );
}

/** All commands, one a line. */
export function overview(): string {
  return [
    "tocsin: monitoring as code for Prometheus, Alertmanager and Grafana",
    "",
    "Usage: tocsin COMMAND [options]",
    "",
    ...columns(Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary])),
    "",
    "`tocsin help COMMAND` explains a command. Exit codes: 0 fine, 1 problems found, 2 wrong use.",
    "",
  ].join("\n");
}

/** What a command does and takes. */
export function helpFor(name: string, { description, positionals, options, examples = [] }: Command): string {
  const shape = positionals.map(({ name, optional, many }) => {
    const shown = many === true ? `${name}...` : name;
    return optional === true ? `[${shown}]` : shown;
  });
  const given = Object.entries(options);
  return [
    `Usage: tocsin ${[name, ...(given.length > 0 ? ["[options]"] : []), ...shape].join(" ")}`,
    "",
    description,
    "",
    ...columns([
      ...positionals.map((positional): [string, string] => [positional.name, positional.help]),
      ...given.map(([option, spec]): [string, string] => [optionShape(option, spec), optionHelp(spec)]),
    ]),
    ...(examples.length > 0 ? ["", "Examples:", "", ...examples.map((example) => `  ${example}`)] : []),
    "",
  ].join("\n");
}

function optionShape(name: string, option: Option): string {
  const value = option.kind !== "flag" ? ` ${option.value}` : "";
  return `${option.short === undefined ? "" : `-${option.short}, `}--${name}${value}`;
}

function optionHelp(option: Option): string {
  return option.kind !== "flag" && option.choices !== undefined
    ? `${option.help} One of ${option.choices.join(", ")}.`
    : option.help;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
