/**
 * Says what is wrong in a GitHub workflow, which shows it beside the lines of a pull request.
 *
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
 */
import { type Diagnostic, lineAndColumn, type Place } from "../diagnostic.ts";
import type { ReportOptions } from "./reporter.ts";
import { workflowCommand } from "./workflow-command.ts";

/** One workflow command a line. */
export function reportGithub(diagnostics: readonly Diagnostic[], { prefix = "" }: ReportOptions): string {
  return diagnostics
    .map(({ code, severity, message, help, place }) => {
      const properties = { ...(place && propertiesOf(place, prefix)), title: `tocsin ${code}` };
      const text = help === undefined ? message : `${message}\n${help}`;
      return workflowCommand(severity, properties, text);
    })
    .join("");
}

function propertiesOf({ file, source, start, end }: Place, prefix: string): Record<string, string | number> {
  if (file === undefined) return {};
  const from = lineAndColumn(source, start);
  const to = lineAndColumn(source, Math.max(start, end));
  // Columns are only understood within one line.
  const columns = from.line === to.line ? { col: from.column, endColumn: to.column } : {};
  return { file: prefix + file, line: from.line, endLine: to.line, ...columns };
}
