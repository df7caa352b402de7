/** `tocsin query`: evaluates an expression over series from files, without any Prometheus. */
import { readFileSync } from "node:fs";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { EvaluationError } from "../engine/evaluate/error.ts";
import { loadExposition, parseExposition } from "../engine/exposition/load.ts";
import { compileQuery, InvalidQueryError, type Query, type QueryRange } from "../engine/query.ts";
import type { InstantResult } from "../engine/result.ts";
import { MemoryStorage } from "../engine/storage/memory-storage.ts";
import { loadSeriesFile } from "../engine/storage/series-file.ts";
import { parseDuration } from "../quantity/duration.ts";
import { queryJson } from "./query-json.ts";
import { queryPlot } from "./query-plot.ts";
import { queryTable } from "./query-table.ts";

/** What was asked for on the command line. */
export interface QueryRequest {
  readonly expr: string;
  /** Files of series in series notation; their samples begin at 0. */
  readonly series: readonly string[];
  /** Files in the text format or in OpenMetrics; samples without a timestamp are of the time of the query. */
  readonly expositions: readonly string[];
  /** A time: `5m` or `300` since 1970, or a date and time of day. */
  readonly at?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** A duration. */
  readonly step?: string | undefined;
  readonly format?: QueryFormat | undefined;
}

export type QueryFormat = "table" | "json" | "plot";

/** What to print, and what went wrong; errors among it mean that there is no result. */
export interface QueryReport {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

const MINUTE = 60_000;

const FORMATS: Readonly<Record<QueryFormat, (result: InstantResult, timeMs: number) => string>> = {
  table: queryTable,
  json: queryJson,
  plot: queryPlot,
};

/** Answers a request. `read` gets the text of a file. */
export function runQuery(request: QueryRequest, read = (path: string) => readFileSync(path, "utf8")): QueryReport {
  const diagnostics: Diagnostic[] = [];
  const query = readQuery(request.expr, diagnostics);
  const times = readTimes(request, diagnostics);
  const storage = new MemoryStorage();
  for (const path of request.series) loadFile(path, read, diagnostics, (text) => seriesErrors(storage, path, text));
  for (const path of request.expositions) {
    const scrape = times?.at ?? times?.range?.endMs ?? 0;
    loadFile(path, read, diagnostics, (text) => expositionErrors(storage, path, text, scrape));
  }
  if (query === undefined || times === undefined || diagnostics.length > 0) return { text: "", diagnostics };
  try {
    const at = times.at ?? lastTime(storage);
    const result = times.range === undefined ? query.instant(storage, at) : query.range(storage, times.range);
    const text = FORMATS[request.format ?? "table"](result, at);
    return { text, diagnostics: remarks(result) };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { text: "", diagnostics: [{ code: "query/evaluation", severity: "error", message: error.message }] };
  }
}

function readQuery(expr: string, diagnostics: Diagnostic[]): Query | undefined {
  try {
    return compileQuery(expr);
  } catch (error) {
    if (!(error instanceof InvalidQueryError)) throw error;
    for (const { message, start, end } of error.errors) {
      const place = { file: undefined, source: expr, start, end };
      diagnostics.push({ code: "query/expression", severity: "error", message, place });
    }
    return undefined;
  }
}

interface Times {
  readonly at: number | undefined;
  readonly range: QueryRange | undefined;
}

function readTimes({ at, from, to, step }: QueryRequest, diagnostics: Diagnostic[]): Times | undefined {
  const problem = (message: string, help: string) => {
    diagnostics.push({ code: "query/time", severity: "error", message, help });
    return undefined;
  };
  const time = (option: string, text: string) =>
    parseTime(text) ??
    problem(
      `${option} ${JSON.stringify(text)} is no time.`,
      'Write "5m" or "300" since 1970, or "2026-01-01T12:00:00Z".',
    );
  if (from === undefined && to === undefined) {
    if (step !== undefined) return problem("--step is for a range.", "Say --from and --to as well.");
    return { at: at === undefined ? undefined : time("--at", at), range: undefined };
  }
  if (at !== undefined) return problem("--at and --from or --to cannot go together.", "Leave one of them out.");
  if (to === undefined) return problem("--from needs --to.", "Say where the range ends.");
  const startMs = from === undefined ? 0 : time("--from", from);
  const endMs = time("--to", to);
  const stepMs = step === undefined ? MINUTE : parseDuration(step);
  if (stepMs === undefined || stepMs === 0) {
    return problem(`--step ${JSON.stringify(step)} is no duration.`, 'Write "30s" or "5m".');
  }
  if (startMs === undefined || endMs === undefined) return undefined;
  if (endMs < startMs) return problem("the range ends before it begins.", "Let --to be later than --from.");
  return { at: undefined, range: { startMs, endMs, stepMs } };
}

function parseTime(text: string): number | undefined {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  const duration = parseDuration(text);
  if (duration !== undefined) return duration;
  const date = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}

/** The time of the last sample of all: without another one, a query is about the present. */
function lastTime(storage: MemoryStorage): number {
  let last = 0;
  for (const { times, length } of storage.search([]).results()) last = Math.max(last, times[length - 1] ?? 0);
  return last;
}

function loadFile(
  path: string,
  read: (path: string) => string,
  diagnostics: Diagnostic[],
  load: (text: string) => readonly Diagnostic[],
): void {
  let text: string;
  try {
    text = read(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    diagnostics.push({ code: "query/file", severity: "error", message: `${path} cannot be read: ${reason}` });
    return;
  }
  diagnostics.push(...load(text));
}

function seriesErrors(storage: MemoryStorage, file: string, source: string): readonly Diagnostic[] {
  return loadSeriesFile(storage, source).map(({ message, start, end }) => ({
    code: "query/series",
    severity: "error",
    message,
    place: { file, source, start, end },
  }));
}

function expositionErrors(
  storage: MemoryStorage,
  file: string,
  source: string,
  scrapeMs: number,
): readonly Diagnostic[] {
  const parsed = parseExposition(source);
  // What breaks a rule of the format can be asked about all the same.
  const unreadable = parsed.errors.filter(({ kind }) => kind === "unreadable");
  const errors = unreadable.length > 0 ? unreadable : loadExposition(storage, parsed, scrapeMs);
  const lines = source.split("\n");
  return errors.map(({ message, line }) => {
    const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
    const end = start + (lines[line - 1]?.length ?? 0);
    return { code: "query/exposition", severity: "error", message, place: { file, source, start, end } };
  });
}

/** What Prometheus would say about the result. */
function remarks({ warnings, infos }: InstantResult): readonly Diagnostic[] {
  return [
    ...warnings.map((message): Diagnostic => ({ code: "query/warning", severity: "warning", message })),
    ...infos.map((message): Diagnostic => ({ code: "query/info", severity: "info", message })),
  ];
}
