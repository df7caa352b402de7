/** What targets expose: metric families and their samples, from the text format or from OpenMetrics. */
import type { LabelSet } from "../../label/label-set.ts";

export type MetricType =
  | "counter"
  | "gauge"
  | "histogram"
  | "gaugehistogram"
  | "summary"
  | "info"
  | "stateset"
  | "unknown";

/** A metric family with its samples in the order in which they are written. */
export interface MetricFamily {
  readonly name: string;
  readonly type: MetricType;
  readonly help: string | undefined;
  readonly unit: string | undefined;
  readonly samples: readonly ExposedSample[];
}

export interface ExposedSample {
  /** The metric's name is among them. */
  readonly labels: LabelSet;
  readonly value: number;
  /** `undefined` where the sample is of the time of the scrape. */
  readonly timestampMs: number | undefined;
  readonly exemplar: Exemplar | undefined;
  /** From 1. */
  readonly line: number;
}

export interface Exemplar {
  readonly labels: LabelSet;
  readonly value: number;
  readonly timestampMs: number | undefined;
}

/** Something wrong with an exposition. */
export interface ExpositionError {
  /** A line that cannot be read is left out; one that breaks a rule of the format is read all the same. */
  readonly kind: "unreadable" | "rule";
  readonly message: string;
  /** From 1. */
  readonly line: number;
}

/** All that could be read, and all that is wrong. */
export interface ParsedExposition {
  readonly families: readonly MetricFamily[];
  readonly errors: readonly ExpositionError[];
}

/** Thrown within the parsers where a line cannot be read. */
export class LineError extends Error {
  readonly kind: ExpositionError["kind"] = "unreadable";
}

/** Thrown within the parsers where a line breaks a rule. */
export class RuleError extends LineError {
  override readonly kind = "rule";
}
