/** Prints what a command found, for people, for programs, or for the workflow that it runs in. */
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { sortDiagnostics } from "../diagnostic/diagnostic.ts";
import { toJson } from "../diagnostic/report/json.ts";
import { countDiagnostics } from "../diagnostic/report/pretty.ts";
import { type ReportFormat, report } from "../diagnostic/report/reporter.ts";
import type { ValueOption } from "./command.ts";
import { type Io, isGithub, wantsColor } from "./io.ts";

/** The option with which a command is told how to say what is wrong. */
export const FORMAT_OPTION: ValueOption = {
  kind: "value",
  value: "FORMAT",
  choices: ["pretty", "json", "github", "sarif"],
  help: "How to say what is wrong.",
};

/** The format that the options ask for. */
export function formatOf({
  json,
  format,
}: {
  readonly json: boolean;
  readonly format?: string | undefined;
}): ReportFormat {
  return json ? "json" : ((format as ReportFormat | undefined) ?? "pretty");
}

/** Prints diagnostics, and with `json`, which is to be one object, all that the command has to tell a program. */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  { format, prefix, facts }: { readonly format: ReportFormat; readonly prefix: string; readonly facts: object },
  io: Io,
): void {
  const { stdout, stderr, env } = io;
  if (format === "json") {
    const sorted = sortDiagnostics(diagnostics).map((diagnostic) => toJson(diagnostic, { prefix }));
    stdout.write(`${JSON.stringify({ ...facts, diagnostics: sorted }, null, 2)}\n`);
  } else if (format === "pretty") {
    stderr.write(report("pretty", diagnostics, { prefix, color: wantsColor(stderr, env), width: stderr.columns }));
    // A workflow shows annotations beside the code, and people read its log.
    if (isGithub(io)) stdout.write(report("github", diagnostics, { prefix }));
    const [first] = sortDiagnostics(diagnostics);
    if (first !== undefined)
      stderr.write(`Found ${countDiagnostics(diagnostics)}. \`tocsin explain ${first.code}\` tells more.\n`);
  } else stdout.write(report(format, diagnostics, { prefix }));
}

/** `1 file`, `2 files`. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `84 ms`, `1.5 s`. */
export function elapsed(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
