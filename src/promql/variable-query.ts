/**
 * The queries that fill a dashboard's variables: `label_values(up{job="shop"}, instance)`.
 * https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/
 */
import { analyze } from "./analyze.ts";
import type { Expr, VectorSelector } from "./ast.ts";
import type { PromqlError } from "./error.ts";
import { isWord } from "./language.ts";

/** What a variable's query asks the server for. */
export type VariableQuery =
  /** The values of a label, of all series or of those that a selector selects. */
  | { readonly kind: "label_values"; readonly label: string; readonly selector: VectorSelector | undefined }
  /** The names of labels, of all series or of those that a selector selects. */
  | { readonly kind: "label_names"; readonly selector: VectorSelector | undefined }
  /** The metrics whose names a regular expression matches. */
  | { readonly kind: "metrics"; readonly pattern: string }
  /** What an expression evaluates to. */
  | { readonly kind: "query_result"; readonly expr: Expr }
  /** The series that a selector selects. */
  | { readonly kind: "series"; readonly selector: VectorSelector };

/** A query, or what is wrong with it; the errors' places are those in the whole text. */
export type ParsedVariableQuery =
  | { readonly query: VariableQuery; readonly errors: readonly PromqlError[] }
  | { readonly query?: undefined; readonly errors: readonly PromqlError[] };

const CALL = /^\s*(label_values|label_names|metrics|query_result)\s*\(([\s\S]*)\)\s*$/;
/**
 * Reads the query of a variable. Other variables may stand in it.
 *
 * ```ts
 * parseVariableQuery("label_values(stock, sku)");
 * ```
 */
export function parseVariableQuery(text: string): ParsedVariableQuery {
  const [, name, inner = ""] = CALL.exec(text) ?? [];
  const from = name === undefined ? 0 : text.indexOf("(") + 1;
  switch (name) {
    case "label_values":
      return labelValues(inner, from);
    case "label_names":
      return inner.trim() === ""
        ? { query: { kind: "label_names", selector: undefined }, errors: [] }
        : selecting(inner, from, (selector) => ({ kind: "label_names", selector }));
    case "metrics":
      return { query: { kind: "metrics", pattern: inner.trim() }, errors: [] };
    case "query_result":
      return reading(inner, from, (expr) => ({ kind: "query_result", expr }));
    default:
      return selecting(text, 0, (selector) => ({ kind: "series", selector }));
  }
}

function labelValues(inner: string, from: number): ParsedVariableQuery {
  const comma = lastComma(inner);
  const written = inner.slice(comma + 1).trim();
  const label = /^"[^"]+"$/.test(written) ? written.slice(1, -1) : isName(written) ? written : undefined;
  if (label === undefined) {
    const message = "label_values() takes a label, or a selector and a label";
    return { errors: [{ message, start: from, end: from + inner.length }] };
  }
  const before = inner.slice(0, Math.max(comma, 0));
  // Grafana takes an empty selector for none.
  if (comma === -1 || /^\s*\{\s*\}\s*$/.test(before))
    return { query: { kind: "label_values", label, selector: undefined }, errors: [] };
  return selecting(before, from, (selector) => ({ kind: "label_values", label, selector }));
}

/** The last comma that stands in no quotes. */
function lastComma(text: string): number {
  const [tail = ""] = /"[^"]*"\s*$/.exec(text) ?? [];
  return text.slice(0, text.length - tail.length).lastIndexOf(",");
}

function isName(text: string): boolean {
  return isWord(text) && !/^[\d:]/.test(text);
}

function selecting(text: string, from: number, make: (selector: VectorSelector) => VariableQuery): ParsedVariableQuery {
  return reading(text, from, (expr) =>
    expr.kind === "VectorSelector" && expr.offset === undefined && expr.at === undefined
      ? make(expr)
      : "only a selector of series can stand here",
  );
}

function reading(text: string, from: number, make: (expr: Expr) => VariableQuery | string): ParsedVariableQuery {
  const { expr, errors } = analyze(text, { variables: true });
  const moved = errors.map((error) => ({ ...error, start: error.start + from, end: error.end + from }));
  if (expr === undefined || errors.length > 0) return { errors: moved };
  const query = make(expr);
  if (typeof query !== "string") return { query, errors: [] };
  return { errors: [{ message: query, start: from, end: from + text.length }] };
}
