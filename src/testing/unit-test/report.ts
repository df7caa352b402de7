/** What came of unit tests, for people: one line a file, and what differs where a test fails. */

import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { report } from "../../diagnostic/report/reporter.ts";
import { formatNumber } from "../../promql/print/number.ts";
import { quote } from "../../promql/quote.ts";
import { formatDuration } from "../../quantity/duration.ts";
import type { AlertFailure, ExprFailure, FileResult, LabelsAndAnnotations, TestFailure } from "./result.ts";

export interface TextOptions {
  readonly color?: boolean;
  readonly width?: number | undefined;
}

/** The report on one file. */
export function fileText(result: FileResult, options: TextOptions = {}): string {
  const { file, passed, tests, warnings, diagnostics } = result;
  const paint = painter(options.color ?? false);
  const assertions = tests.reduce((sum, test) => sum + test.assertions, 0);
  const head = passed
    ? `${paint("green", "ok  ")} ${file} ${paint("dim", `(${assertions} assertions)`)}`
    : `${paint("red", "FAIL")} ${file}`;
  const lines = [head, ...warnings.map((warning) => `  ${paint("yellow", "warning")}: ${warning}`)];
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) lines.push(diagnosticsText(errors, options));
  for (const { name, failures } of tests) {
    if (failures.length === 0) continue;
    lines.push(`  ${name}`);
    for (const failure of failures) lines.push(...failureLines(failure, file, options).map((line) => `    ${line}`));
  }
  return `${lines.join("\n")}\n`;
}

/** One failure without colours, as JUnit files and messages hold it. */
export function failureText(failure: TestFailure, file: string): string {
  return failureLines(failure, file, {}).join("\n");
}

function failureLines(failure: TestFailure, file: string, options: TextOptions): readonly string[] {
  const paint = painter(options.color ?? false);
  const place = `${file}:${failure.line}`;
  switch (failure.kind) {
    case "alerts":
      return [
        `${paint("dim", place)} ${failure.alertname} at ${formatDuration(failure.atMs)}`,
        ...alertLines(failure, paint),
      ];
    case "samples":
      return [
        `${paint("dim", place)} ${failure.expr} at ${formatDuration(failure.atMs)}`,
        ...sampleLines(failure, paint),
      ];
    case "broken":
      return [
        `${paint("dim", place)} ${failure.message}`,
        ...(failure.diagnostics.length > 0 ? diagnosticsText(failure.diagnostics, options).trimEnd().split("\n") : []),
      ];
  }
}

type Paint = (color: "red" | "green" | "yellow" | "dim", text: string) => string;

const CODES = { red: [31, 39], green: [32, 39], yellow: [33, 39], dim: [2, 22] } as const;

function painter(color: boolean): Paint {
  if (!color) return (_, text) => text;
  return (name, text) => `\u001b[${CODES[name][0]}m${text}\u001b[${CODES[name][1]}m`;
}

/** Alerts of the same labels are compared with each other, then those that differ least; what is left is missing or too much. */
function alertLines({ expected, got }: AlertFailure, paint: Paint): readonly string[] {
  const left = [...got];
  const missing: LabelsAndAnnotations[] = [];
  const pairs: (readonly [LabelsAndAnnotations, LabelsAndAnnotations])[] = [];
  for (const one of expected) {
    const distances = left.map((other) => distance(one, other));
    const least = Math.min(...distances);
    // With more differences than things in common, it is another alert.
    if (least > Object.keys(one.labels).length + Object.keys(one.annotations).length - 1) missing.push(one);
    else pairs.push([one, left.splice(distances.indexOf(least), 1)[0] as LabelsAndAnnotations]);
  }
  const lines = [
    ...missing.map((alert) => paint("red", `- does not fire: ${alertText(alert)}`)),
    ...left.map((alert) => paint("green", `+ fires: ${alertText(alert)}`)),
  ];
  for (const [wanted, found] of pairs) {
    if (distance(wanted, found) === 0) continue;
    lines.push(`  ${labelsText(found.labels)} fires otherwise:`);
    lines.push(...textLines(wanted.labels, found.labels, "label", paint));
    lines.push(...textLines(wanted.annotations, found.annotations, "annotation", paint));
  }
  return lines;
}

type Texts = Readonly<Record<string, string>>;

function distance(a: LabelsAndAnnotations, b: LabelsAndAnnotations): number {
  // Labels say which alert it is.
  return 4 * textDistance(a.labels, b.labels) + textDistance(a.annotations, b.annotations);
}

function textDistance(a: Texts, b: Texts): number {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]).length;
}

function textLines(wanted: Texts, found: Texts, what: string, paint: Paint): readonly string[] {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(found)])].sort();
  return names.flatMap((name) => {
    if (wanted[name] === found[name]) return [];
    const lines = [`    ${what} ${name}`];
    if (wanted[name] !== undefined) lines.push(paint("red", `    - ${wanted[name]}`));
    if (found[name] !== undefined) lines.push(paint("green", `    + ${found[name]}`));
    return lines;
  });
}

function sampleLines({ expected, got }: ExprFailure, paint: Paint): readonly string[] {
  const texts = (samples: ExprFailure["got"]) =>
    samples.map(
      ({ labels, value, histogram }) => `${labelsText(labels)} ${histogram === "" ? formatNumber(value) : histogram}`,
    );
  const [wanted, found] = [texts(expected), texts(got)];
  return [
    ...wanted.filter((text) => !found.includes(text)).map((text) => paint("red", `- ${text}`)),
    ...found.filter((text) => !wanted.includes(text)).map((text) => paint("green", `+ ${text}`)),
    ...wanted.filter((text) => found.includes(text)).map((text) => `  ${text}`),
  ];
}

function alertText({ labels, annotations }: LabelsAndAnnotations): string {
  return `${labelsText(labels)}${Object.keys(annotations).length > 0 ? ` with ${labelsText(annotations)}` : ""}`;
}

function labelsText(labels: Texts): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}=${quote(value)}`);
  return `{${parts.join(", ")}}`;
}

function diagnosticsText(diagnostics: readonly Diagnostic[], { color = false, width }: TextOptions): string {
  return report("pretty", diagnostics, { prefix: "", color, width }).trimEnd();
}
