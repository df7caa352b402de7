/** Finds and runs the command that the arguments name. */
import { UsageError } from "./command.ts";
import { findCommand, helpFor, overview } from "./help.ts";
import { type ExitCode, type Io, wantsColor } from "./io.ts";
import { parseArguments } from "./parse.ts";

/** Runs `tocsin` with its arguments. Never throws: what goes wrong is printed. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const [first = "", ...rest] = args;
  try {
    if (first === "" || first === "--help" || first === "-h") {
      (first === "" ? io.stderr : io.stdout).write(overview());
      return first === "" ? 2 : 0;
    }
    const name = first === "--version" || first === "-v" ? "version" : first;
    if (name.startsWith("-")) throw new UsageError(`A command comes before ${name}.`, "`tocsin help` lists them.");
    const command = await findCommand(name);
    const { options, positionals, wantsHelp } = parseArguments(command, rest);
    if (wantsHelp) {
      io.stdout.write(helpFor(name, command));
      return 0;
    }
    return await command.run({ options, positionals }, io);
  } catch (error) {
    if (!(error instanceof UsageError)) return unexpected(error, io);
    const help = error.help ?? (first === "" ? "" : `\`tocsin help ${first}\` explains the command.`);
    io.stderr.write(`${red("error", io)}: ${error.message}\n${help}\n`);
    return 2;
  }
}

/** A mistake of ours: whoever meets it can tell us where. */
function unexpected(error: unknown, io: Io): ExitCode {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(
    `${red("error", io)}: tocsin itself failed, which is not your mistake. Please report this:\n${text}\n`,
  );
  return 1;
}

function red(text: string, { stderr, env }: Io): string {
  return wantsColor(stderr, env) ? `\u001b[31m${text}\u001b[39m` : text;
}
