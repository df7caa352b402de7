/** The queries of panels and annotations. */

import type { DatasourceRef, PlannedQuery } from "../../plan/dashboard/planned.ts";
import { analyze } from "../../promql/analyze.ts";
import { notPrometheus } from "./datasource.ts";
import { at, type Json, text } from "./json.ts";
import { readWithVariables } from "./reading.ts";

const FORMATS: Readonly<Record<string, PlannedQuery["format"]>> = { table: "table", heatmap: "heatmap" };

/** Reads a query: what is asked for stands in `spec`, as it does in every schema. */
export function readQuery(
  spec: Json,
  datasource: DatasourceRef,
  refId: string,
  values: ReadonlyMap<string, string>,
  hidden = false,
): PlannedQuery {
  const expr = text(at(spec, "expr"));
  const query = {
    refId: text(at(spec, "refId")) ?? refId,
    datasource,
    text: expr ?? "",
    legend: text(at(spec, "legendFormat")),
    instant: at(spec, "instant") === true && at(spec, "range") !== true,
    format: FORMATS[text(at(spec, "format")) ?? ""] ?? "time_series",
    hidden: hidden || at(spec, "hide") === true,
  };
  const skipped = notPrometheus(datasource) ?? (expr === undefined ? withoutExpression(spec) : undefined);
  if (skipped !== undefined || expr === undefined) return { ...query, expr: undefined, errors: [], skipped };
  const read = readWithVariables(expr, values, (written) => analyze(written, { variables: true }));
  if (read.errors.length === 0) return { ...query, expr: read.expr, errors: [], skipped: undefined };
  // Nothing tells what the data source is, but the query's words do.
  const isLogql = datasource.type === undefined && PIPELINE.test(withoutTexts(expr));
  if (isLogql) return { ...query, expr: undefined, errors: [], skipped: "it is LogQL, not PromQL" };
  return { ...query, expr: undefined, errors: read.errors, skipped: undefined };
}

/** Streams of logs, and what is done to their lines; PromQL has nothing of the kind. */
const PIPELINE = /\}\s*(?:\||!=\s*"|!~\s*")/;

function withoutTexts(written: string): string {
  return written.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, '""').replace(/#.*/g, "");
}

function withoutExpression(spec: Json): string {
  if (Object.hasOwn(spec, "expr")) return "its expression is empty";
  if (text(at(spec, "queryType")) !== undefined) return `it asks for ${at(spec, "queryType")}, not for an expression`;
  return "it has no expression";
}

/** A query that has no name is called by its place: A, B, … Z, AA. */
export function refIdAt(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : refIdAt(Math.floor(index / 26) - 1) + letter;
}
