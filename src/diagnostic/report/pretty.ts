/** Says what is wrong to someone at a terminal. */
import pc from "picocolors";
import { printable } from "../../util/display-width.ts";
import { type Diagnostic, lineAndColumn, type Place, type Severity } from "../diagnostic.ts";
import { codeFrame } from "./code-frame.ts";
import type { ReportOptions } from "./reporter.ts";

type Colors = ReturnType<typeof pc.createColors>;

const COLOR: Readonly<Record<Severity, "red" | "yellow" | "cyan">> = { error: "red", warning: "yellow", info: "cyan" };

const WIDTH = 120;

/** Each diagnostic with its place, its lines of code and what to do, parted by empty lines. */
export function reportPretty(diagnostics: readonly Diagnostic[], options: ReportOptions): string {
  const colors = pc.createColors(options.color ?? false);
  return diagnostics.map((diagnostic) => `${entry(diagnostic, colors, options)}\n\n`).join("");
}

/** How many of which there are: `2 errors and 1 warning`; empty where there are none. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity, one: string, many: string) => {
    const { length } = diagnostics.filter((diagnostic) => diagnostic.severity === severity);
    return length === 0 ? [] : [`${length} ${length === 1 ? one : many}`];
  };
  const counts = [
    ...count("error", "error", "errors"),
    ...count("warning", "warning", "warnings"),
    ...count("info", "note", "notes"),
  ];
  return counts.length < 3 ? counts.join(" and ") : `${counts.slice(0, -1).join(", ")} and ${counts.at(-1)}`;
}

function entry(
  { code, severity, message, help, place, related = [] }: Diagnostic,
  colors: Colors,
  options: ReportOptions,
): string {
  const tone = colors[COLOR[severity]];
  const style = { gutter: colors.dim, mark: tone, width: options.width ?? WIDTH };
  const at = place && where(place, options.prefix);
  const head = `${at ? `${colors.bold(at)} - ` : ""}${tone(severity)} ${colors.dim(code)}: ${indented(message)}`;
  const parts = [head, place && codeFrame(place, style)];
  if (help !== undefined) parts.push(`  ${colors.bold("help:")} ${indented(help)}`);
  for (const other of related) {
    parts.push(`  ${where(other.place, options.prefix)} - ${indented(other.message)}`);
    parts.push(codeFrame(other.place, { ...style, mark: colors.blue }));
  }
  return parts.filter((part) => part !== undefined && part !== "").join("\n");
}

function where({ file, source, start }: Place, prefix = ""): string {
  const { line, column } = lineAndColumn(source, start);
  return `${file === undefined ? "" : `${printable(prefix + file)}:`}${line}:${column}`;
}

/** Further lines of a text stand under the first. */
function indented(text: string): string {
  return text.split("\n").map(printable).join("\n    ");
}
