/** What can be wrong with an expression. Parser and type check say it the same way. */

import { byteLength } from "./bytes.ts";

/** A mistake in an expression, worded as Prometheus words it where Prometheus finds it too. */
export interface PromqlError {
  readonly message: string;
  /** Where, in UTF-16 code units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** What could have stood there. */
  readonly expected?: string | undefined;
  /** The name that was most likely meant. */
  readonly suggestion?: string | undefined;
}

/**
 * Line and column of an offset as Prometheus counts them: both from 1, columns in bytes of UTF-8.
 *
 * ```ts
 * promqlPosition("sum(stock", 4); // { line: 1, column: 5 }
 * ```
 */
export function promqlPosition(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let i = text.indexOf("\n"); i !== -1 && i < offset; i = text.indexOf("\n", start)) {
    line++;
    start = i + 1;
  }
  return { line, column: byteLength(text, start, offset) + 1 };
}

/**
 * An error in one line, as Prometheus prints it: `1:5: parse error: unexpected end of input`.
 *
 * ```ts
 * const text = "sum(stock";
 * analyze(text).errors.map((error) => formatPromqlError(text, error));
 * ```
 */
export function formatPromqlError(text: string, error: PromqlError): string {
  const { line, column } = promqlPosition(text, error.start);
  return `${line}:${column}: parse error: ${error.message}`;
}
