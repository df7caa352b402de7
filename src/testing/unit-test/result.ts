/** What came of a file of unit tests. */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";

export interface FileResult {
  readonly file: string;
  readonly passed: boolean;
  /** What is wrong with the file itself. */
  readonly diagnostics: readonly Diagnostic[];
  readonly tests: readonly TestResult[];
  /** Such as a pattern that no file matches. */
  readonly warnings: readonly string[];
}

export interface TestResult {
  readonly name: string;
  readonly line: number;
  readonly assertions: number;
  readonly failures: readonly TestFailure[];
}

export type TestFailure = AlertFailure | ExprFailure | BrokenTest;

/** An alert that fired otherwise than it should. */
export interface AlertFailure {
  readonly kind: "alerts";
  readonly line: number;
  readonly alertname: string;
  readonly atMs: number;
  readonly expected: readonly LabelsAndAnnotations[];
  readonly got: readonly LabelsAndAnnotations[];
}

/** An expression with other samples than it should have. */
export interface ExprFailure {
  readonly kind: "samples";
  readonly line: number;
  readonly expr: string;
  readonly atMs: number;
  readonly expected: readonly SampleText[];
  readonly got: readonly SampleText[];
}

/** A test that could not be run: a rule, a series or an expression is broken. */
export interface BrokenTest {
  readonly kind: "broken";
  readonly line: number;
  readonly message: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface LabelsAndAnnotations {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface SampleText {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** A histogram in series notation; empty for a float. */
  readonly histogram: string;
}
