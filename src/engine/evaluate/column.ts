/** One series of an intermediate result, as columns over all steps. */
import type { Histogram } from "../histogram/histogram.ts";
import { compareLabels, type Labels } from "../labels/labels.ts";

/** What a column holds at a step. */
export const ABSENT = 0;
export const FLOAT = 1;
export const HISTOGRAM = 2;

/** A column belongs to whom it was emitted to, who may change it. */
export interface Column {
  labels: Labels;
  /** The metric name is to go at the end of the query. */
  dropName: boolean;
  /** By step: `ABSENT`, `FLOAT` or `HISTOGRAM`. */
  readonly present: Uint8Array;
  /** By step; means something where a float is present. */
  readonly values: Float64Array;
  /** By step; absent while there is none. */
  histograms: (Histogram | undefined)[] | undefined;
}

export type Emit = (column: Column) => void;

export function newColumn(labels: Labels, count: number, dropName = false): Column {
  return { labels, dropName, present: new Uint8Array(count), values: new Float64Array(count), histograms: undefined };
}

export function setFloat(column: Column, step: number, value: number): void {
  column.present[step] = FLOAT;
  column.values[step] = value;
}

export function setHistogram(column: Column, step: number, histogram: Histogram): void {
  column.present[step] = HISTOGRAM;
  column.histograms ??= [];
  column.histograms[step] = histogram;
}

/** The histogram at a step that has one. */
export function histogramAt(column: Column, step: number): Histogram {
  return column.histograms?.[step] as Histogram;
}

/** Whether the column holds anything at all. */
export function isEmpty(column: Column): boolean {
  return !hasAny(column.present);
}

function hasAny(present: Uint8Array): boolean {
  for (let i = 0; i < present.length; i++) if (present[i] !== ABSENT) return true;
  return false;
}

/** Columns in the order of their labels, where they came up in an order that depends on the steps. */
export function inOrder(columns: Iterable<Column>): Column[] {
  return [...columns].sort((a, b) => compareLabels(a.labels, b.labels));
}

/** A column with the first step's sample at all `count` steps. */
export function broadcast(column: Column, count: number): Column {
  const result = newColumn(column.labels, count, column.dropName);
  const kind = column.present[0] as number;
  result.present.fill(kind);
  if (kind === FLOAT) result.values.fill(column.values[0] as number);
  else if (kind === HISTOGRAM) result.histograms = new Array(count).fill(histogramAt(column, 0));
  return result;
}
