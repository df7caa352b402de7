/**
 * Reads the notation of series: `up{job="shop"} 1 1+2x5 _ stale {{schema:1 sum:3 count:4 buckets:[1 2 1]}}x3`.
 * https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series
 */
import { METRIC_NAME } from "../../label/label-set.ts";
import type { PromqlError } from "../error.ts";
import { Cursor, LOST } from "../parse/cursor.ts";
import { stringValue } from "../parse/literal.ts";
import { canNameMetric, T } from "../parse/token.ts";
import type { SeriesDescription, SeriesItem } from "./series.ts";
import { ValueReader } from "./value-reader.ts";

/** What a text holds: a series, or what is wrong with it. */
export type ParsedSeries =
  | { readonly series: SeriesDescription; readonly error?: undefined }
  | { readonly series?: undefined; readonly error: PromqlError };

/**
 * Reads a series and its samples.
 *
 * ```ts
 * parseSeries('stock{sku="mug"} 40 25 9x30');
 * ```
 */
export function parseSeries(text: string): ParsedSeries {
  return reading(text, (cursor) => {
    const labels = metricLabels(cursor);
    return { ...labels, items: items(text, cursor, cursor.lexer.end) };
  });
}

/**
 * Reads the labels of a series: a metric's name, braces, or both.
 *
 * ```ts
 * parseMetric('stock{sku="mug"}');
 * ```
 */
export function parseMetric(text: string): ParsedSeries {
  return reading(text, (cursor) => {
    const labels = metricLabels(cursor);
    cursor.lexer.next();
    if (cursor.lexer.kind !== T.EOF) throw cursor.unexpected("", "");
    return { ...labels, items: [] };
  });
}

/**
 * Reads samples alone: `1 2+3x4 _`.
 *
 * ```ts
 * parseSamples("40 25 9x30");
 * ```
 */
export function parseSamples(text: string): ParsedSeries {
  return reading(text, (cursor) => ({ labels: {}, items: items(` ${text}`, cursor, 0) }));
}

function reading(text: string, read: (cursor: Cursor) => SeriesDescription): ParsedSeries {
  const cursor = new Cursor(text, {});
  try {
    const series = read(cursor);
    const [error] = cursor.errors;
    return error === undefined ? { series } : { error };
  } catch (thrown) {
    const [error] = cursor.errors;
    if (thrown !== LOST || error === undefined) throw thrown;
    return { error };
  }
}

function items(text: string, cursor: Cursor, from: number): readonly SeriesItem[] {
  const reader = new ValueReader(text, from);
  const result = reader.items();
  if (!Array.isArray(result)) {
    const { message, start, end } = result as PromqlError;
    cursor.report(message, start, end);
    throw LOST;
  }
  return result;
}

/** Reads labels up to their last token, at which it stops: what follows is no expression. */
function metricLabels(cursor: Cursor): Pick<SeriesDescription, "labels" | "repeatedLabel"> {
  const { lexer } = cursor;
  const labels: Record<string, string> = {};
  if (lexer.kind === T.EOF) return { labels };
  const metric = canNameMetric(lexer.kind) ? lexer.value() : undefined;
  if (metric !== undefined) {
    labels[METRIC_NAME] = metric;
    if (lexer.text[lexer.end] !== "{") return { labels };
    lexer.next();
  }
  if (lexer.kind !== T.LEFT_BRACE) throw cursor.unexpected("series values", "");
  lexer.next();
  let repeatedLabel: string | undefined;
  while (lexer.kind !== T.RIGHT_BRACE) {
    const name = label(cursor, labels);
    const isOverruled = name === METRIC_NAME && metric !== undefined;
    if (name !== undefined && !isOverruled) repeatedLabel ??= name;
    if (lexer.kind === T.COMMA) lexer.next();
    else if (lexer.kind !== T.RIGHT_BRACE) throw cursor.unexpected("label set", '"," or "}"');
  }
  if (metric !== undefined) {
    // The name before the braces wins; beside it, Prometheus leaves out labels without a value.
    labels[METRIC_NAME] = metric;
    for (const [name, value] of Object.entries(labels)) if (value === "") delete labels[name];
  }
  return repeatedLabel === undefined ? { labels } : { labels, repeatedLabel };
}

/** Reads one label; the answer is its name where there is one of that name already. */
function label(cursor: Cursor, labels: Record<string, string>): string | undefined {
  const { lexer } = cursor;
  const quoted = lexer.kind === T.STRING;
  if (!quoted && lexer.kind !== T.IDENTIFIER) throw cursor.unexpected("label set", 'identifier or "}"');
  const name = quoted ? stringValue(cursor) : lexer.value();
  if (!quoted) lexer.next();
  if (lexer.kind === T.EQL) {
    lexer.next();
    if (lexer.kind !== T.STRING) throw cursor.unexpected("label set", "string");
    return set(labels, name, stringValue(cursor));
  }
  if (quoted) return set(labels, METRIC_NAME, name);
  throw cursor.unexpected("label set", '"="');
}

// Names come from users: "__proto__" must be a label like any other.
function set(labels: Record<string, string>, name: string, value: string): string | undefined {
  const isRepeated = Object.hasOwn(labels, name);
  Object.defineProperty(labels, name, { value, enumerable: true, configurable: true, writable: true });
  return isRepeated ? name : undefined;
}
