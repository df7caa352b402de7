/**
 * What was made of each TypeScript file that runs, so that a place in a stack leads back to what its author wrote.
 *
 * One table for the process, because V8's stacks name files and nothing else.
 */
import type { TraceMap } from "@jridgewell/trace-mapping";
import { offsetOf } from "./offset.ts";

export interface Transformed {
  /** As diagnostics name the file: relative to the project, with forward slashes. */
  readonly file: string;
  /** What the author wrote. */
  readonly source: string;
  /** The source map of the code that runs, as JSON. */
  readonly map: string;
}

/** An offset in what the author of a file wrote. */
export interface Position {
  readonly file: string;
  readonly source: string;
  readonly offset: number;
}

const files = new Map<string, Transformed>();

/** Source maps that have been read: many diagnostics may lie in one file. */
const traces = new WeakMap<Transformed, TraceMap>();

/** Keeps what `path`, the absolute file name that stacks show, was made from. */
export function rememberTransformed(path: string, transformed: Transformed): void {
  files.set(path, transformed);
}

export function isTransformed(path: string): boolean {
  return files.has(path);
}

/** Leads a line and a column (both from 1) of the code that runs back to the author's text. */
export async function originalPosition(path: string, line: number, column: number): Promise<Position | undefined> {
  const transformed = files.get(path);
  if (transformed === undefined) return undefined;
  const { originalPositionFor, TraceMap } = await import("@jridgewell/trace-mapping");
  const trace = traces.get(transformed) ?? new TraceMap(transformed.map);
  traces.set(transformed, trace);
  const original = originalPositionFor(trace, { line, column: column - 1 });
  if (original.line === null) return undefined;
  const { file, source } = transformed;
  return { file, source, offset: offsetOf(source, original.line, original.column) };
}
