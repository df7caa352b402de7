/** The ways to say what is wrong, one for each kind of reader. */
import { type Diagnostic, sortDiagnostics } from "../diagnostic.ts";
import { reportGithub } from "./github.ts";
import { reportJson } from "./json.ts";
import { reportPretty } from "./pretty.ts";
import { reportSarif } from "./sarif.ts";

export interface ReportOptions {
  /** Whether the reader sees colours. */
  readonly color?: boolean | undefined;
  /** The reader's columns. */
  readonly width?: number | undefined;
  /** What leads from the reader's root to the files, such as `apps/shop/`. */
  readonly prefix?: string | undefined;
}

/** Turns sorted diagnostics into a text; an empty one where there are none and the format allows it. */
export type Reporter = (diagnostics: readonly Diagnostic[], options: ReportOptions) => string;

export type ReportFormat = "pretty" | "json" | "github" | "sarif";

export const REPORTERS: Readonly<Record<ReportFormat, Reporter>> = {
  pretty: reportPretty,
  json: reportJson,
  github: reportGithub,
  sarif: reportSarif,
};

/** Says what is wrong in a format. */
export function report(format: ReportFormat, diagnostics: Iterable<Diagnostic>, options: ReportOptions = {}): string {
  return REPORTERS[format](sortDiagnostics(diagnostics), options);
}
