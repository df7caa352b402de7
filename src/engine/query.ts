/** Queries: expressions evaluated at an instant or over a range, against a storage. */
import { analyze } from "../promql/analyze.ts";
import type { Expr } from "../promql/ast.ts";
import { formatPromqlError, type PromqlError } from "../promql/error.ts";
import type { LanguageOptions } from "../promql/language.ts";
import { Annotations } from "./annotation/annotation.ts";
import { ABSENT, type Column, FLOAT, HISTOGRAM, histogramAt, isEmpty } from "./evaluate/column.ts";
import { compile } from "./evaluate/compile.ts";
import type { Env, QueryTimes, Settings } from "./evaluate/env.ts";
import { EvaluationError } from "./evaluate/error.ts";
import { ColumnMerger } from "./evaluate/merge.ts";
import { columnsOf, type Node, type RangeNode, type VectorNode } from "./evaluate/node.ts";
import type { Histogram } from "./histogram/histogram.ts";
import { compareLabels, type Labels } from "./labels/labels.ts";
import type { InstantResult, MatrixResult, MatrixSeries } from "./result.ts";
import { rangeResult } from "./select/range-result.ts";
import type { MemoryStorage } from "./storage/memory-storage.ts";

/** How a query is evaluated; what is left out is as Prometheus has it by default. */
export interface QueryOptions {
  /** How long a sample stands in for later ones, in milliseconds: five minutes. */
  readonly lookbackMs?: number | undefined;
  /** The step of subqueries that name none, in milliseconds: one minute. */
  readonly subqueryStepMs?: number | undefined;
  /** The flag `promql-delayed-name-removal`. */
  readonly delayedNameRemoval?: boolean | undefined;
  /** The flag `use-start-timestamps`. */
  readonly startTimestamps?: boolean | undefined;
  /** The flag `type-and-unit-labels`. */
  readonly typeAndUnitLabels?: boolean | undefined;
}

/** The steps of a range query, in milliseconds; the end is one where it falls on a step. */
export interface QueryRange {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
}

/** A text that is no PromQL. */
export class InvalidQueryError extends Error {
  override readonly name = "InvalidQueryError";
  readonly errors: readonly PromqlError[];

  constructor(source: string, errors: readonly PromqlError[]) {
    super(errors.map((error) => formatPromqlError(source, error)).join("\n"));
    this.errors = errors;
  }
}

/** A query made ready, which may be asked of any storage any number of times. */
export class Query {
  readonly expr: Expr;
  /** The text that places in warnings refer to; empty where the expression was never written. */
  readonly source: string;
  readonly #nodes = new WeakMap<MemoryStorage, Node>();

  constructor(expr: Expr, source: string) {
    this.expr = expr;
    this.source = source;
  }

  /** The result at one instant, in milliseconds. Throws `EvaluationError`. */
  instant(storage: MemoryStorage, atMs: number, options: QueryOptions = {}): InstantResult {
    const node = this.#node(storage);
    const times = { startMs: atMs, endMs: atMs, stepMs: 0 };
    const { env, remarks } = this.#env(times, options);
    switch (node.kind) {
      case "scalar": {
        const value = node.run(env)[0] as number;
        return { type: "scalar", value, ...remarks() };
      }
      case "string":
        return { type: "string", value: node.value, ...remarks() };
      case "vector": {
        const columns = finalColumns(node, env, storage);
        const samples = columns.map((column) => ({ labels: column.labels.toRecord(), value: sampleAt(column, 0) }));
        return { type: "vector", samples, ...remarks() };
      }
      case "range":
        return { type: "matrix", series: rangeSeries(node, env, storage), ...remarks() };
    }
  }

  /** The result at every step of a range. Throws `EvaluationError`. */
  range(storage: MemoryStorage, range: QueryRange, options: QueryOptions = {}): MatrixResult {
    const { columns, timesMs, warnings, infos } = this.columns(storage, range, options);
    const series = columns.map((column) => matrixSeries(column, timesMs));
    return { type: "matrix", series, warnings, infos };
  }

  /** The result at every step of a range, as columns over the steps. Throws `EvaluationError`. */
  columns(storage: MemoryStorage, range: QueryRange, options: QueryOptions = {}): ColumnsResult {
    const node = this.#node(storage);
    if (node.kind !== "scalar" && node.kind !== "vector") {
      const type = node.kind === "string" ? "string" : "range vector";
      throw new EvaluationError(`invalid expression type "${type}" for range query, must be Scalar or instant Vector`);
    }
    const { env, remarks } = this.#env(range, options);
    const timesMs = Float64Array.from({ length: env.count }, (_, i) => env.start + i * env.interval);
    const columns = node.kind === "vector" ? finalColumns(node, env, storage) : [scalarColumn(node.run(env), storage)];
    columns.sort((a, b) => compareLabels(a.labels, b.labels));
    return { columns, timesMs, ...remarks() };
  }

  #node(storage: MemoryStorage): Node {
    let node = this.#nodes.get(storage);
    if (node === undefined) {
      node = compile(this.expr, storage);
      this.#nodes.set(storage, node);
    }
    return node;
  }

  #env(times: QueryTimes, options: QueryOptions) {
    const annotations = new Annotations();
    const { startMs, endMs, stepMs } = times;
    const interval = stepMs > 0 ? stepMs : 1;
    const env: Env = {
      start: startMs,
      end: endMs,
      interval,
      count: endMs < startMs ? 0 : Math.floor((endMs - startMs) / interval) + 1,
      query: times,
      root: this.expr,
      settings: settingsOf(options),
      remark: (annotation) => annotations.add(annotation, 0),
      remarkAs: (rank, annotation) => annotations.add(annotation, rank),
    };
    const remarks = () => ({
      warnings: annotations.texts("warning", this.source),
      infos: annotations.texts("info", this.source),
    });
    return { env, remarks };
  }
}

/** A range query's result before it is turned into plain data: what a caller reads that looks at every step anyway. */
export interface ColumnsResult {
  readonly columns: readonly Column[];
  readonly timesMs: Float64Array;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

/**
 * Makes a query ready from its text, or from an expression that has passed the type check. Throws `InvalidQueryError`.
 *
 * ```ts
 * const query = compileQuery("sum(stock)");
 * ```
 */
export function compileQuery(query: string | Expr, language: LanguageOptions = {}, source = ""): Query {
  if (typeof query !== "string") return new Query(query, source);
  const { expr, errors } = analyze(query, language);
  if (expr === undefined || errors.length > 0) throw new InvalidQueryError(query, errors);
  return new Query(expr, query);
}

/**
 * Evaluates a query at one instant. Throws `EvaluationError`, and `InvalidQueryError` for a text that is no query.
 *
 * ```ts
 * const storage = memoryStorage();
 * storage.append({ __name__: "stock", sku: "mug" }, 0, 9);
 * instantQuery(storage, "stock < 10", 60_000);
 * // { type: "vector", samples: [{ labels: { __name__: "stock", sku: "mug" }, value: 9 }], … }
 * ```
 */
export function instantQuery(
  storage: MemoryStorage,
  query: string | Expr,
  atMs: number,
  options: QueryOptions = {},
): InstantResult {
  return compileQuery(query).instant(storage, atMs, options);
}

/**
 * Evaluates a query over a range. Throws `EvaluationError`, and `InvalidQueryError` for a text that is no query.
 *
 * ```ts
 * const storage = memoryStorage();
 * storage.append({ __name__: "stock", sku: "mug" }, 0, 9);
 * rangeQuery(storage, "stock < 10", { startMs: 0, endMs: 120_000, stepMs: 60_000 });
 * ```
 */
export function rangeQuery(
  storage: MemoryStorage,
  query: string | Expr,
  range: QueryRange,
  options: QueryOptions = {},
): MatrixResult {
  return compileQuery(query).range(storage, range, options);
}

const MINUTE = 60_000;

function settingsOf(options: QueryOptions): Settings {
  const step = options.subqueryStepMs ?? MINUTE;
  return {
    lookbackMs: options.lookbackMs ?? 5 * MINUTE,
    subqueryStepMs: () => step,
    delayedNameRemoval: options.delayedNameRemoval ?? false,
    startTimestamps: options.startTimestamps ?? false,
    typeAndUnitLabels: options.typeAndUnitLabels ?? false,
  };
}

/** The columns of a result: none is empty, and names are gone that were to go. */
function finalColumns(node: VectorNode, env: Env, storage: MemoryStorage): Column[] {
  const columns = columnsOf(node, env).filter((column) => !isEmpty(column));
  if (!env.settings.delayedNameRemoval) return columns;
  const result: Column[] = [];
  const merger = new ColumnMerger((column) => result.push(column), HISTOGRAM);
  for (const column of columns) {
    if (column.dropName) column.labels = storage.labels.withoutName(column.labels);
    merger.add(column);
  }
  merger.flush();
  return result;
}

function scalarColumn(values: Float64Array, storage: MemoryStorage): Column {
  return {
    labels: storage.labels.empty,
    dropName: false,
    present: new Uint8Array(values.length).fill(FLOAT),
    values,
    histograms: undefined,
  };
}

function sampleAt(column: Column, step: number): number | Histogram {
  return column.present[step] === FLOAT ? (column.values[step] as number) : histogramAt(column, step);
}

function matrixSeries({ labels, present, values, histograms }: Column, times: Float64Array): MatrixSeries {
  if (histograms === undefined && !present.includes(ABSENT)) {
    return { labels: labels.toRecord(), timesMs: times, values, histograms };
  }
  let count = 0;
  for (let i = 0; i < present.length; i++) if (present[i] !== ABSENT) count++;
  const timesMs = new Float64Array(count);
  const floats = new Float64Array(count);
  const natives: (Histogram | undefined)[] | undefined = histograms && [];
  for (let i = 0, at = 0; i < present.length; i++) {
    const kind = present[i];
    if (kind === ABSENT) continue;
    timesMs[at] = times[i] as number;
    floats[at] = kind === FLOAT ? (values[i] as number) : Number.NaN;
    natives?.push(kind === HISTOGRAM ? histograms?.[i] : undefined);
    at++;
  }
  return { labels: labels.toRecord(), timesMs, values: floats, histograms: natives };
}

function rangeSeries(node: RangeNode, env: Env, storage: MemoryStorage): MatrixSeries[] {
  const found: { readonly labels: Labels; readonly series: MatrixSeries }[] = [];
  for (const { labels, dropName, series } of rangeResult(node, env)) {
    const named = dropName && env.settings.delayedNameRemoval ? storage.labels.withoutName(labels) : labels;
    found.push({ labels: named, series: { ...series, labels: named.toRecord() } });
  }
  return found.sort((a, b) => compareLabels(a.labels, b.labels)).map(({ series }) => series);
}
