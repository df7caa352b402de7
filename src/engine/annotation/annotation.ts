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

interface Ranked {
  readonly annotation: Annotation;
  readonly rank: number;
}

/** Remarks as they are collected. */
export class Annotations {
  readonly #byKey = new Map<string, Ranked>();

  /** Adds a remark; of two with the same key, the one counts as later that has the higher rank. */
  add(annotation: Annotation, rank: number): void {
    const { key, details } = annotation;
    const other = this.#byKey.get(key);
    if (other === undefined) this.#byKey.set(key, { annotation, rank });
    else if (other.annotation.details !== undefined && details !== undefined) {
      const first = rank < other.rank ? annotation : other.annotation;
      const merged = { ...first, details: details.merge(other.annotation.details) };
      this.#byKey.set(key, { annotation: merged, rank: Math.min(rank, other.rank) });
    } else if (rank >= other.rank) this.#byKey.set(key, { annotation, rank });
  }

  /** Whether there is nothing to say. */
  get isEmpty(): boolean {
    return this.#byKey.size === 0;
  }

  /** The remarks of one level, in the order in which they first came up, with their places in the query's text. */
  texts(level: AnnotationLevel, query: string): readonly string[] {
    return [...this.#byKey.values()]
      .map(({ annotation }) => annotation)
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
