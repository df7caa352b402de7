/** What can be wrong, said one way, whoever found it. */

export type Severity = "error" | "warning" | "info";

/** Something wrong with what a user wrote. Expected trouble is collected, sorted and printed once; nothing throws it. */
export interface Diagnostic {
  /** `area/name`: what `tocsin explain` and a suppress comment call it. */
  readonly code: `${string}/${string}`;
  readonly severity: Severity;
  /** One sentence that names the culprit. */
  readonly message: string;
  /** What to do about it. */
  readonly help?: string | undefined;
  readonly place?: Place | undefined;
  /** Other places that belong to the story, such as the first of two definitions of one name. */
  readonly related?: readonly Related[] | undefined;
}

/** A stretch of a text: UTF-16 offsets, `end` exclusive. */
export interface Place {
  /** The file's path relative to the project, with forward slashes; `undefined` for text from the command line. */
  readonly file: string | undefined;
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

export interface Related {
  readonly message: string;
  readonly place: Place;
}

/** Line and column, both from 1, of an offset. Columns count UTF-16 units, as editors do. */
export function lineAndColumn(source: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let i = source.indexOf("\n"); i !== -1 && i < offset; i = source.indexOf("\n", i + 1)) {
    line++;
    start = i + 1;
  }
  return { line, column: offset - start + 1 };
}

/** Orders diagnostics by file, then place, then code, so that output does not depend on who looked first. */
export function sortDiagnostics(diagnostics: Iterable<Diagnostic>): readonly Diagnostic[] {
  const key = ({ place }: Diagnostic) => place?.file ?? "";
  return [...diagnostics].sort(
    (a, b) =>
      compare(key(a), key(b)) ||
      (a.place?.start ?? 0) - (b.place?.start ?? 0) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
