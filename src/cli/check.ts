/** Says what is wrong in `monitors/`, and writes nothing. */
import { type Command, defineCommand } from "./command.ts";
import type { ExitCode, Io } from "./io.ts";
import { counted, elapsed, FORMAT_OPTION, formatOf, printDiagnostics } from "./output.ts";
import type { Product } from "./product.ts";
import { openProject, prefixFor, rootFolder } from "./project.ts";
import { createStatus } from "./status.ts";

export const checkCommand: Command = defineCommand({
  description: "Compiles monitors/ in memory and says everything that is wrong with them.",
  positionals: [],
  options: {
    environment: { kind: "value", short: "e", value: "NAME", help: "Check this environment alone." },
    root: { kind: "value", value: "DIR", help: "The project, instead of the current folder." },
    format: FORMAT_OPTION,
    json: { kind: "flag", help: "Print one JSON object with everything; the same as --format json." },
  },
  async run({ options }, io) {
    const { loadProduct } = await import("./product.ts");
    return check(options, io, loadProduct);
  },
});

export interface CheckOptions {
  readonly json: boolean;
  readonly format?: string | undefined;
  readonly root?: string | undefined;
  readonly environment?: string | undefined;
}

/** Checks as the options say. */
export async function check(options: CheckOptions, io: Io, load: () => Promise<Product>): Promise<ExitCode> {
  const root = rootFolder(options.root, io);
  const status = createStatus(io);
  status.show("Starting…");
  const project = openProject({ root, environment: options.environment }, await load(), status);
  const { diagnostics, hasErrors, summary, files, milliseconds } = await project.build();
  status.clear();
  const format = formatOf(options);
  printDiagnostics(diagnostics, { format, prefix: prefixFor(root, io), facts: { ok: !hasErrors, summary } }, io);
  if (format === "pretty" && !hasErrors)
    io.stdout.write(`monitors/ is fine: ${counted(files.length, "file")} to be built, in ${elapsed(milliseconds)}\n`);
  return hasErrors ? 1 : 0;
}
