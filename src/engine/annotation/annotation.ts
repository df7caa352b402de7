/**
 * Query warnings and infos: what Prometheus has to say about a result, in its words.
 * https://github.com/prometheus/prometheus/blob/main/util/annotations/annotations.go
 */
import type { Span } from "../../promql/ast.ts";

export type AnnotationLevel = "warning" | "info";

/** One remark. Those with the same key are merged, and the later one's place is told, unless details are gathered. */
export interface Annotation {
  readonly level: AnnotationLevel;
  readonly key: string;
  readonly span: Span;
  /** What is known only once remarks were merged; goes behind the message. */
  readonly details?: AnnotationDetails | undefined;
}

/** Numbers about all the places that led to one remark. */
export interface AnnotationDetails {
  readonly text: string;
  /** These details with those of an earlier remark. */
  merge(earlier: AnnotationDetails): AnnotationDetails;
}

/** Remarks as they are collected. */
export class Annotations {
  readonly #byKey = new Map<string, Annotation>();

  add(annotation: Annotation): void {
    const earlier = this.#byKey.get(annotation.key);
    if (earlier?.details === undefined || annotation.details === undefined) this.#byKey.set(annotation.key, annotation);
    else this.#byKey.set(annotation.key, { ...earlier, details: annotation.details.merge(earlier.details) });
  }

  /** Whether there is nothing to say. */
  get isEmpty(): boolean {
    return this.#byKey.size === 0;
  }

  /** The remarks of one level, in the order in which they first came up, with their places in the query's text. */
  texts(level: AnnotationLevel, query: string): readonly string[] {
    return [...this.#byKey.values()]
      .filter((annotation) => annotation.level === level)
      .map(({ key, details, span }) => `${key}${details?.text ?? ""}${place(query, span)}`);
  }
}

/** Line and column from 1, the column in bytes. An expression that was never written has no places. */
function place(query: string, { start }: Span): string {
  if (query === "") return "";
  const before = query.slice(0, start);
  const lineStart = before.lastIndexOf("\n") + 1;
  const line = before.split("\n").length;
  return ` (${line}:${Buffer.byteLength(before.slice(lineStart)) + 1})`;
}
