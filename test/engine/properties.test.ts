import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EvaluationError } from "../../src/engine/evaluate/error.ts";
import { compileQuery, InvalidQueryError, type Query } from "../../src/engine/query.ts";
import type { InstantResult } from "../../src/engine/result.ts";
import { loadSeries } from "../../src/engine/storage/load.ts";
import { MemoryStorage } from "../../src/engine/storage/memory-storage.ts";
import { labelKey } from "../../src/label/label-set.ts";
import type { Expr } from "../../src/promql/ast.ts";
import { parseSeries } from "../../src/promql/series/parse-series.ts";
import { walk } from "../../src/promql/walk.ts";
import { parseDuration } from "../../src/quantity/duration.ts";
import { runs } from "../helpers/property-runs.ts";
import { expressions, loads } from "./generators.ts";

function loaded(text: string): MemoryStorage {
  const storage = new MemoryStorage();
  const [head = "", ...lines] = text.trim().split("\n");
  const stepMs = parseDuration(head.slice("load ".length)) ?? Number.NaN;
  for (const line of lines) {
    const { series, error } = parseSeries(line.trim());
    if (error !== undefined) throw new Error(`${error.message}: ${line}`);
    loadSeries(storage, series, { startMs: 0, stepMs });
  }
  return storage;
}

/** The query of a text; generated ones may turn out to be none, as keywords come together that do not. */
function queryOf(text: string): Query | undefined {
  try {
    return compileQuery(text);
  } catch (error) {
    if (error instanceof InvalidQueryError) return undefined;
    throw error;
  }
}

type Outcome = string | ReadonlyMap<string, unknown>;

/** What a query answers, by labels, or the words of its failure. */
function outcome(ask: () => InstantResult, at: number): Outcome {
  let result: InstantResult;
  try {
    result = ask();
  } catch (error) {
    if (error instanceof EvaluationError) return error.message;
    throw error;
  }
  if (result.type === "scalar") return new Map([["", result.value]]);
  if (result.type === "vector") return new Map(result.samples.map(({ labels, value }) => [labelKey(labels), value]));
  if (result.type === "string") return result.value;
  return new Map(
    result.series.flatMap(({ labels, timesMs, values, histograms }) => {
      const i = timesMs.indexOf(at);
      return i === -1 ? [] : [[labelKey(labels), histograms?.[i] ?? values[i]] as const];
    }),
  );
}

/** Ways to ask when a query is evaluated, by which a range differs from its instants on purpose. */
const ASKS_FOR_RANGE = /\b(?:start|end|step|range)\(\)/;

/** What makes series anew, in an order that depends on which of them there are at the steps asked for. */
const GIVES_ORDER: ReadonlySet<string> = new Set([
  "histogram_fraction",
  "histogram_quantile",
  "histogram_quantiles",
  "info",
  "sort",
  "sort_by_label",
  "sort_by_label_desc",
  "sort_desc",
]);

/** What goes by the order of series: sums of floats in their last digits, and choices among equals. */
const GOES_BY_ORDER: ReadonlySet<string> = new Set(["avg", "bottomk", "limitk", "stddev", "stdvar", "sum", "topk"]);

/**
 * Whether an answer may depend on how a query is asked, in Prometheus as here: where something that goes by the order of
 * series is over something that makes them anew. Nothing bounds by how much, as digits may cancel out further up.
 */
function goesByOrder(expr: Expr): boolean {
  const givesOrder = (node: Expr) =>
    node.kind === "AggregateExpr" || node.kind === "BinaryExpr" || (node.kind === "Call" && GIVES_ORDER.has(node.func));
  return [...walk(expr)].some(
    (node) => node.kind === "AggregateExpr" && GOES_BY_ORDER.has(node.op) && [...walk(node.expr)].some(givesOrder),
  );
}

/**
 * Whether an aggregation takes its parameter from elsewhere: Prometheus looks at it only once where the vector is the same
 * at every step.
 */
function takesParameter(expr: Expr): boolean {
  return [...walk(expr)].some(
    (node) => node.kind === "AggregateExpr" && node.param !== undefined && node.param.kind !== "NumberLiteral",
  );
}

describe("a random query", () => {
  const options = { startTimestamps: true };

  it("fails with an EvaluationError or not at all", () => {
    fc.assert(
      fc.property(
        loads,
        fc.array(expressions, { minLength: 5, maxLength: 5 }),
        fc.boolean(),
        (load, texts, delayed) => {
          const storage = loaded(load);
          for (const text of texts) {
            const query = queryOf(text);
            if (query === undefined) continue;
            const settings = { ...options, delayedNameRemoval: delayed };
            outcome(() => query.instant(storage, 300_000, settings), 300_000);
            outcome(() => query.range(storage, { startMs: 0, endMs: 600_000, stepMs: 30_000 }, settings), 0);
          }
        },
      ),
      { numRuns: runs(150) },
    );
  });

  it("answers over a range what it answers at each instant", () => {
    fc.assert(
      fc.property(loads, fc.array(expressions, { minLength: 5, maxLength: 5 }), (load, texts) => {
        const storage = loaded(load);
        const range = { startMs: 60_000, endMs: 360_000, stepMs: 60_000 };
        for (const text of texts) {
          const query = queryOf(text);
          if (query === undefined || ASKS_FOR_RANGE.test(text) || goesByOrder(query.expr)) continue;
          if (takesParameter(query.expr) && /@|\bvector\(/.test(text)) continue;
          for (let at = range.startMs; at <= range.endMs; at += range.stepMs) {
            const inRange = outcome(() => query.range(storage, range), at);
            if (typeof inRange === "string") break;
            const atInstant = outcome(() => query.instant(storage, at), at);
            expect(atInstant, `${text} at ${at}`).toEqual(inRange);
          }
        }
      }),
      { numRuns: runs(100) },
    );
  });
});
