/** Series, values and times of query results as people read them. */
import type { Histogram } from "../engine/histogram/histogram.ts";
import { histogramNotation } from "../engine/histogram/text.ts";
import { type LabelSet, METRIC_NAME } from "../label/label-set.ts";
import { quote } from "../promql/quote.ts";

/** `stock{sku="mug"}`. */
export function seriesText(labels: LabelSet): string {
  const { [METRIC_NAME]: name = "", ...rest } = labels;
  const inner = Object.keys(rest)
    .sort()
    .map((label) => `${label}=${quote(rest[label] ?? "")}`);
  return inner.length === 0 && name !== "" ? name : `${name}{${inner.join(", ")}}`;
}

export function valueText(value: number | Histogram): string {
  return typeof value === "number" ? numberText(value) : histogramNotation(value);
}

export function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? "NaN" : value < 0 ? "-Inf" : "+Inf";
}

/** Times of tests count from 1970 and are short; others are dates. */
export function timeText(ms: number): string {
  if (Math.abs(ms) >= 365 * 86_400_000) return new Date(ms).toISOString().replace(".000Z", "Z");
  const seconds = Math.abs(ms) / 1000;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds % 60)];
  return `${ms < 0 ? "-" : ""}${parts.map((part) => String(part).padStart(2, "0")).join(":")}`;
}
