/**
 * Says what is wrong to tools that collect findings, such as code scanning.
 *
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
import { type Diagnostic, lineAndColumn, type Place, type Severity } from "../diagnostic.ts";
import type { ReportOptions } from "./reporter.ts";

const LEVEL: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

/** One log with one run. */
export function reportSarif(diagnostics: readonly Diagnostic[], { prefix = "" }: ReportOptions): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "tocsin", rules: codes.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map(({ code, severity, message, help, place, related = [] }) => ({
          ruleId: code,
          ruleIndex: codes.indexOf(code),
          level: LEVEL[severity],
          message: { text: help === undefined ? message : `${message}\n${help}` },
          ...(place?.file !== undefined && { locations: [{ physicalLocation: location(place, prefix) }] }),
          ...(related.length > 0 && {
            relatedLocations: related
              .filter((entry) => entry.place.file !== undefined)
              .map((entry, i) => ({
                id: i + 1,
                message: { text: entry.message },
                physicalLocation: location(entry.place, prefix),
              })),
          }),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function location({ file = "", source, start, end }: Place, prefix: string): object {
  const from = lineAndColumn(source, start);
  const to = lineAndColumn(source, Math.max(start, end));
  return {
    artifactLocation: { uri: (prefix + file).split("/").map(encodeURIComponent).join("/") },
    region: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
  };
}
