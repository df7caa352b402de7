/** Query results as tables. */
import type { InstantResult, MatrixSeries } from "../engine/result.ts";
import { seriesText, timeText, valueText } from "./query-text.ts";

/** One row a series, or for a range one row a time under each series. */
export function queryTable(result: InstantResult): string {
  switch (result.type) {
    case "scalar":
      return `${valueText(result.value)}\n`;
    case "string":
      return `${result.value}\n`;
    case "vector":
      return aligned(result.samples.map(({ labels, value }) => [seriesText(labels), valueText(value)]));
    case "matrix":
      return result.series.map(seriesTable).join("\n");
  }
}

function seriesTable({ labels, timesMs, values, histograms }: MatrixSeries): string {
  const rows = Array.from(timesMs, (time, i) => [
    `  ${timeText(time)}`,
    valueText(histograms?.[i] ?? (values[i] as number)),
  ]);
  return `${seriesText(labels)}\n${aligned(rows)}`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const width = Math.max(0, ...rows.map(([first = ""]) => first.length));
  return rows.map(([first = "", second = ""]) => `${first.padEnd(width)}  ${second}\n`).join("");
}
