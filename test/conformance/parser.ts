/**
 * Runs the corpora of PromQL against the parser: `npm run conformance:parser -- FILE.jsonl…`. What a file holds is told
 * by its rows:
 *
 * - `{input, ok, errors}`: the verdict, and the message and the start of Prometheus's first error, must be ours.
 *   Spans' ends are not compared: Prometheus counts some of them inclusively.
 * - `{in, out, mode}`: the text that Prometheus prints must be ours.
 * - `{input, ok, error}` without lists of errors: series notation. The verdict must be ours; where the message differs, it
 *   is shown and does not fail, because Prometheus's shows Go's insides in places (`"<Item 57372>"`). Two things that it
 *   lets through by mistake are refused: words among a histogram's buckets, and arithmetic with stale markers.
 * - `{expr, ok242, grafana_vars}`: what promtool 2.42 accepts must be accepted, but for functions that have gone since;
 *   what it refuses and we accept must need a later release by our own account. An expression with a dashboard's
 *   variables is read with the option for them; where 2.42 refuses it, the verdict must be the one on the same text
 *   with a plain word, number or duration in place of each variable.
 * - `{query}`: the query of a dashboard's variable must be read. There is no verdict to compare with, and dashboards hold
 *   mistakes; so a refusal is shown, and must be one of the text that goes to Prometheus.
 *
 * Every accepted expression must besides print, read back and print the same, on one line and prettily.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { analyze } from "../../src/promql/analyze.ts";
import { byteLength } from "../../src/promql/bytes.ts";
import { formatPromqlError, type PromqlError } from "../../src/promql/error.ts";
import type { FeatureFlag } from "../../src/promql/functions.ts";
import { type LanguageOptions, VARIABLE_PATTERN } from "../../src/promql/language.ts";
import { pretty } from "../../src/promql/print/pretty.ts";
import { print } from "../../src/promql/print/print.ts";
import { isLater, requirements } from "../../src/promql/requirements.ts";
import { parseSeries } from "../../src/promql/series/parse-series.ts";
import { parseVariableQuery } from "../../src/promql/variable-query.ts";

/** One line of a file; which fields there are depends on the shape. */
interface Row {
  readonly input?: string;
  readonly ok?: boolean;
  readonly error?: string;
  readonly errors?: readonly { readonly message: string; readonly start: number }[];
  readonly in?: string;
  readonly out?: string;
  readonly mode?: string;
  readonly expr?: string;
  readonly ok242?: boolean;
  readonly error242?: string;
  readonly grafana_vars?: boolean;
  readonly query?: string;
}

/** What a check found: `undefined` is agreement, `info` a difference that may be. */
type Finding = { readonly failure: string } | { readonly info: string } | undefined;

type Check = (row: Row) => Finding;

export interface Tally {
  passed: number;
  failed: number;
  readonly lines: string[];
}

/** Checks every row of the files. */
export function conformance(files: readonly string[]): Tally {
  const tally: Tally = { passed: 0, failed: 0, lines: [] };
  for (const file of files) {
    const rows = readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => JSON.parse(line) as Row);
    const check = checkFor(file, rows);
    for (const row of rows) {
      const finding = check(row);
      if (finding !== undefined && "failure" in finding) {
        tally.failed++;
        tally.lines.push(`FAIL ${file}: ${JSON.stringify(textOf(row))}\n  ${finding.failure}`);
      } else {
        tally.passed++;
        if (finding !== undefined) tally.lines.push(`info ${file}: ${JSON.stringify(textOf(row))}\n  ${finding.info}`);
      }
    }
  }
  return tally;
}

function textOf(row: Row): string {
  return row.input ?? row.in ?? row.expr ?? row.query ?? "";
}

function checkFor(file: string, rows: readonly Row[]): Check {
  const has = (field: keyof Row) => rows.some((row) => row[field] !== undefined);
  if (has("query")) return checkVariableQuery;
  if (has("expr")) return checkExpression;
  if (has("in")) return checkFormat;
  const isSeries = /series/.test(basename(file)) || (!has("errors") && rows.some(({ ok }) => ok === false));
  return isSeries ? checkSeries : checkVerdict;
}

/** The features that were on when the verdicts were taken. */
const VERDICT_FEATURES: readonly FeatureFlag[] = ["promql-experimental-functions", "promql-extended-range-selectors"];

function checkVerdict({ input = "", ok, error = "", errors = [] }: Row): Finding {
  const options: LanguageOptions = { features: VERDICT_FEATURES };
  const found = analyze(input, options);
  const [first] = found.errors;
  if (ok) return first === undefined ? roundTrip(input, options) : { failure: `refused: ${say(input, first)}` };
  if (first === undefined) return { failure: `accepted, but: ${error}` };
  const [wanted] = errors;
  const said = say(input, first);
  if (wanted === undefined)
    return said.endsWith(error) ? undefined : { failure: `Prometheus: ${error}\n  ours: ${said}` };
  const start = byteLength(input, 0, first.start);
  const same = wanted.message === first.message && wanted.start === start && said === error;
  return same ? undefined : { failure: `Prometheus: ${error} (${wanted.start})\n  ours: ${said} (${start})` };
}

function checkFormat({ in: input = "", out = "", mode = "" }: Row): Finding {
  const { expr, errors } = analyze(input);
  const [first] = errors;
  if (expr === undefined || first !== undefined) return { failure: `refused: ${first && say(input, first)}` };
  const [, width] = /maxCharactersPerLine=(\d+)/.exec(mode) ?? [];
  const text = /pretti/i.test(mode) ? pretty(expr, width === undefined ? {} : { width: Number(width) }) : print(expr);
  return text === out
    ? roundTrip(input, {})
    : { failure: `wanted ${JSON.stringify(out)}\n  got ${JSON.stringify(text)}` };
}

function checkSeries({ input = "", ok, error }: Row): Finding {
  const { error: found } = parseSeries(input);
  if (ok) return found === undefined ? undefined : { failure: `refused: ${say(input, found)}` };
  if (found === undefined) return { failure: `accepted, but: ${error ?? "Prometheus refuses it"}` };
  const said = say(input, found);
  return error === undefined || said.endsWith(error) ? undefined : { info: `Prometheus: ${error}\n  ours: ${said}` };
}

/** Functions that Prometheus 3 has no more. */
export const GONE = /unknown function with name "(?:holt_winters|count_scalar|drop_common_labels)"/;

function checkExpression({ expr: text = "", ok242, grafana_vars: variables = false }: Row): Finding {
  const options = { variables };
  const { expr, errors } = analyze(text, options);
  const [first] = errors;
  const said = first === undefined ? "accepted" : `refused: ${say(text, first)}`;
  if (ok242 && first !== undefined && !GONE.test(first.message)) return { failure: said };
  if (!ok242 && variables) {
    const plain = analyze(standIns(text)).errors[0];
    if ((plain === undefined) !== (first === undefined))
      return { failure: `${said}; with words for the variables: ${plain === undefined ? "accepted" : plain.message}` };
  } else if (!ok242 && first === undefined && expr !== undefined && !isLater(requirements(expr).version, "2.42")) {
    return { failure: "accepted, promtool 2.42 refuses it, and nothing in it is said to be newer" };
  }
  return first === undefined ? roundTrip(text, options) : undefined;
}

function checkVariableQuery({ query = "" }: Row): Finding {
  const { errors } = parseVariableQuery(query);
  const [first] = errors;
  if (first === undefined) return undefined;
  const sent = first.start >= 0 && first.end <= query.length;
  return sent ? { info: `refused: ${say(query, first)}` } : { failure: `refused outside the text: ${first.message}` };
}

/** What is accepted must print, and print the same when it is read back. */
function roundTrip(text: string, options: LanguageOptions): Finding {
  const { expr } = analyze(text, options);
  if (expr === undefined) return { failure: "accepted without a tree" };
  const line = print(expr, options);
  for (const [name, printed] of [
    ["one line", line],
    ["pretty", pretty(expr, options)],
  ] as const) {
    const again = analyze(printed, options);
    const [mistake] = again.errors;
    if (again.expr === undefined || mistake !== undefined)
      return { failure: `its ${name} form is refused: ${mistake?.message}\n  ${printed}` };
    if (print(again.expr, options) !== line) return { failure: `its ${name} form means something else: ${printed}` };
  }
  return undefined;
}

/** Puts something plain in place of every variable: a duration in brackets and behind `offset`, else a word. */
export function standIns(text: string): string {
  return text
    .replace(new RegExp(String.raw`(\boffset\s+-?\s*)${VARIABLE_PATTERN}\w*`, "gi"), "$15m")
    .replace(new RegExp(String.raw`(\[\s*|:\s*)\d*${VARIABLE_PATTERN}\w*(?=\s*[\]:])`, "g"), "$15m")
    .replace(new RegExp(String.raw`(\(\s*)${VARIABLE_PATTERN}(?=\s*,)`, "g"), "$11")
    .replace(new RegExp(String.raw`(\{\s*|,\s*)${VARIABLE_PATTERN}(?=\s*[,}])`, "g"), '$1x="y"')
    .replace(new RegExp(VARIABLE_PATTERN, "g"), "x");
}

function say(text: string, error: PromqlError): string {
  return formatPromqlError(text, error);
}

if (process.argv[1]?.endsWith("conformance/parser.ts")) {
  const files = process.argv.slice(2);
  const { passed, failed, lines } = conformance(files);
  for (const line of lines) console.log(line);
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || files.length === 0) process.exitCode = 1;
}
