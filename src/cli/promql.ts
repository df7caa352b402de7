/** `tocsin promql parse|format|check|labels EXPR|-`: what the language says about one expression. */
import { lineAndColumn } from "../diagnostic/diagnostic.ts";
import { didYouMean } from "../diagnostic/near-miss.ts";
import { analyze } from "../promql/analyze.ts";
import type { Expr } from "../promql/ast.ts";
import { formatPromqlError, type PromqlError } from "../promql/error.ts";
import type { FeatureFlag } from "../promql/functions.ts";
import { FEATURE_FLAGS, type LanguageOptions } from "../promql/language.ts";
import { parse } from "../promql/parse/parse.ts";
import { pretty } from "../promql/print/pretty.ts";
import { print } from "../promql/print/print.ts";
import { requirements } from "../promql/requirements.ts";
import { type LabelFlow, labelFlow } from "../promql/type/label-flow.ts";
import { type Command, defineCommand, UsageError } from "./command.ts";

export const promqlCommand: Command = defineCommand({
  description:
    "Reads one PromQL expression: its tree, its pretty form, what is wrong with it, or what its results look like.",
  positionals: [
    { name: "parse|format|check|labels", help: "What to do with it." },
    { name: "EXPR|-", help: "The expression; - reads it from standard input." },
  ],
  options: {
    json: { kind: "flag", help: "Print JSON." },
    variables: { kind: "flag", help: "Let a dashboard's variables stand in it." },
    features: { kind: "value", value: "NAME,…", help: "What the server is given as --enable-feature; for check." },
  },
  examples: [
    "tocsin promql check 'rate(clicks[5m]'",
    "tocsin promql labels 'sum by (sku) (stock)'",
    "tocsin promql format - < query.promql",
  ],
  async run({ positionals: [action, text], options }, io) {
    const known = PROMQL_ACTIONS.find((name) => name === action);
    if (known === undefined)
      throw new UsageError(`There is no ${JSON.stringify(action ?? "")}: say parse, format, check or labels.`);
    if (text === undefined) throw new UsageError("Give an expression, or - to read one from standard input.");
    const features = options.features?.split(",").filter((name) => name !== "");
    const unknown = features?.find((name) => !(FEATURE_FLAGS as readonly string[]).includes(name));
    if (unknown !== undefined)
      throw new UsageError(`There is no feature ${JSON.stringify(unknown)}.${didYouMean(unknown, FEATURE_FLAGS)}`);
    const expression = text === "-" ? await io.readStdin() : text;
    const outcome = runPromql(known, expression, { ...options, features: features as FeatureFlag[] | undefined });
    io.stdout.write(outcome.stdout);
    io.stderr.write(outcome.stderr);
    return outcome.exitCode;
  },
});

export const PROMQL_ACTIONS = ["parse", "format", "check", "labels"] as const;

export type PromqlAction = (typeof PROMQL_ACTIONS)[number];

export interface PromqlOptions {
  /** Print JSON rather than text for people. */
  readonly json?: boolean | undefined;
  /** The features that the server is started with; without them, what it reads by default. */
  readonly features?: readonly FeatureFlag[] | undefined;
  /** Whether a dashboard's variables may stand in the expression. */
  readonly variables?: boolean | undefined;
}

/** What a command printed, and how it ended: 0 for well, 1 for an expression with errors. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: 0 | 1;
}

/** Does one of the actions with the text of an expression. */
export function runPromql(action: PromqlAction, text: string, options: PromqlOptions = {}): Outcome {
  // Only `check` asks whether a server would take it; the others read whatever is PromQL.
  const { variables, features = [] } = options;
  const language: LanguageOptions = action === "check" ? { variables, features } : { variables };
  const { expr, errors } = action === "parse" ? parse(text, language) : analyze(text, language);
  if (errors.length > 0 || expr === undefined) return failure(text, errors, options.json === true);
  const { value, lines } = ACTIONS[action](expr, language);
  const stdout = options.json ? JSON.stringify(value, jsonValue, 2) : lines;
  return { stdout: `${stdout}\n`, stderr: "", exitCode: 0 };
}

interface Answer {
  readonly value: unknown;
  readonly lines: string;
}

const ACTIONS: Readonly<Record<PromqlAction, (expr: Expr, language: LanguageOptions) => Answer>> = {
  parse: (expr) => ({ value: expr, lines: JSON.stringify(expr, jsonValue, 2) }),
  format: (expr, language) => {
    const text = pretty(expr, language);
    return { value: { pretty: text, line: print(expr, language) }, lines: text };
  },
  check: (expr) => {
    const needs = requirements(expr);
    const flags = needs.flags.length === 0 ? "" : ` with --enable-feature=${needs.flags.join(",")}`;
    const { version } = needs;
    return { value: { errors: [], requirements: needs }, lines: `ok: reads from Prometheus ${version} on${flags}` };
  },
  labels: (expr, { variables }) => {
    const flow = labelFlow(expr, { variables });
    return { value: flowJson(flow), lines: flowLines(flow) };
  },
};

function flowJson({ type, labels, returns, value }: LabelFlow): unknown {
  return { type, labels: Object.fromEntries(labels.named), others: labels.others, returns, value };
}

function flowLines({ type, labels, returns, value }: LabelFlow): string {
  const unit = value.unit === undefined ? "" : ` in ${value.unit}${value.meaning === "rate" ? " per second" : ""}`;
  const lines = [`${type}, returns ${returns.when}: ${returns.reason}`];
  if (value.meaning !== "unknown" || unit !== "") lines.push(`value: ${value.meaning}${unit}`);
  const rows = [...labels.named].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, { status, values, reason }] of [...rows, ["any other label", labels.others] as const]) {
    const known = values === undefined ? "" : ` = ${values.map((text) => JSON.stringify(text)).join(" | ")}`;
    lines.push(`${status.padEnd(6)} ${name}${known}: ${reason}`);
  }
  return lines.join("\n");
}

function failure(text: string, errors: readonly PromqlError[], json: boolean): Outcome {
  if (json) return { stdout: `${JSON.stringify({ errors }, undefined, 2)}\n`, stderr: "", exitCode: 1 };
  return { stdout: "", stderr: `${errors.map((error) => frame(text, error)).join("\n")}\n`, exitCode: 1 };
}

/** An error with the line it is in, and a mark below its place. */
function frame(text: string, error: PromqlError): string {
  const { line, column } = lineAndColumn(text, error.start);
  const source = text.split("\n")[line - 1] ?? "";
  const width = Math.max(1, Math.min(error.end - error.start, source.length - column + 1));
  const meant = error.suggestion === undefined ? "" : `\n  Did you mean ${JSON.stringify(error.suggestion)}?`;
  const before = source.slice(0, column - 1).replace(/[^\t]/g, " ");
  return `${formatPromqlError(text, error)}${meant}\n  ${source}\n  ${before}${"^".repeat(width)}`;
}

// JSON has no infinity and no NaN.
function jsonValue(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
