/**
 * Reads promtool's unit tests of rules.
 * https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
 */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { duration } from "../../yaml/duration.ts";
import { readYaml } from "../../yaml/read.ts";
import {
  bool,
  float,
  list,
  mapOf,
  optional,
  parsed,
  Reading,
  readShape,
  type Shaped,
  struct,
  text,
} from "../../yaml/shape.ts";

const alertTest = struct("an alert_rule_test", {
  eval_time: duration,
  alertname: text,
  exp_alerts: list(struct("an expected alert", { exp_labels: mapOf(text), exp_annotations: mapOf(text) })),
});

const exprTest = struct("a promql_expr_test", {
  expr: text,
  eval_time: duration,
  exp_samples: list(struct("an expected sample", { labels: text, value: float, histogram: text })),
});

/** A moment as RFC 3339 writes it, or as seconds since 1970; in milliseconds. */
const moment = parsed<number>("a time", 0, (written) => {
  const seconds = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(written) ? Number(written) : undefined;
  if (seconds !== undefined) return { value: Math.floor(seconds * 1000) };
  const ms = RFC_3339.test(written) ? Date.parse(written) : Number.NaN;
  if (!Number.isNaN(ms)) return { value: ms };
  return { mistake: `${JSON.stringify(written)} is no time.`, help: "Times look like 2026-01-31T09:00:00Z." };
});

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

const testGroup = struct("a test", {
  interval: duration,
  input_series: list(struct("an input series", { series: text, values: text })),
  alert_rule_test: list(alertTest),
  promql_expr_test: list(exprTest),
  external_labels: mapOf(text),
  external_url: text,
  name: text,
  start_timestamp: optional(moment),
});

const testFile = struct("a unit test file", {
  rule_files: list(text),
  evaluation_interval: duration,
  group_eval_order: list(text),
  tests: list(testGroup),
  fuzzy_compare: bool,
});

/** A file of unit tests as it is written; durations and times are in milliseconds. */
export type TestFile = Shaped<typeof testFile>;
export type TestGroup = Shaped<typeof testGroup>;
export type AlertTest = Shaped<typeof alertTest>;
export type ExprTest = Shaped<typeof exprTest>;

export interface ReadTestFile {
  /** Absent where there is an error. */
  readonly content: TestFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Where a test or one of its parts stands: the line, counted from 1. */
  readonly lineOf: (part: object) => number;
}

/** Reads the text of a file of unit tests. */
export function readTestFile(source: string, file: string): ReadTestFile {
  const { root, diagnostics } = readYaml(source, file);
  const reading = new Reading(source, file);
  const lineOf = (part: object) => {
    const { start } = reading.placeOf(part);
    let line = 1;
    for (let i = source.indexOf("\n"); i !== -1 && i < start; i = source.indexOf("\n", i + 1)) line++;
    return line;
  };
  const failed = diagnostics.some(({ severity }) => severity === "error");
  // An empty file tests nothing, which is no mistake.
  const content = failed ? undefined : root === undefined ? testFile.zero : readShape(testFile, root, reading);
  const all = [...diagnostics, ...reading.diagnostics];
  return { content: reading.errors > 0 ? undefined : content, diagnostics: all, lineOf };
}
