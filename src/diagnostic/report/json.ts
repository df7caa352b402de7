/** Says what is wrong to a program. */
import { type Diagnostic, lineAndColumn, type Place } from "../diagnostic.ts";
import type { ReportOptions } from "./reporter.ts";

/** A diagnostic as JSON. Fields are only ever added. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  readonly help?: string;
  readonly place?: JsonPlace;
  readonly related?: readonly { readonly message: string; readonly place: JsonPlace }[];
}

export interface JsonPlace {
  /** Absent for a text that no file holds. */
  readonly file?: string;
  readonly start: JsonPosition;
  /** Exclusive. */
  readonly end: JsonPosition;
}

/** Line and column count from 1, the offset from 0; columns and offsets in UTF-16 units. */
export interface JsonPosition {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** One object: `{"diagnostics": […]}`. */
export function reportJson(diagnostics: readonly Diagnostic[], options: ReportOptions): string {
  return `${JSON.stringify({ diagnostics: diagnostics.map((diagnostic) => toJson(diagnostic, options)) }, null, 2)}\n`;
}

/** One diagnostic, for commands that say more than what is wrong. */
export function toJson(
  { code, severity, message, help, place, related }: Diagnostic,
  options: ReportOptions = {},
): JsonDiagnostic {
  return {
    code,
    severity,
    message,
    ...(help !== undefined && { help }),
    ...(place !== undefined && { place: placeToJson(place, options) }),
    ...(related !== undefined &&
      related.length > 0 && {
        related: related.map((entry) => ({ message: entry.message, place: placeToJson(entry.place, options) })),
      }),
  };
}

function placeToJson({ file, source, start, end }: Place, { prefix = "" }: ReportOptions): JsonPlace {
  const position = (offset: number) => ({ ...lineAndColumn(source, offset), offset });
  return { ...(file !== undefined && { file: prefix + file }), start: position(start), end: position(end) };
}
