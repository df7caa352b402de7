/** The input series of a test, read as promtool reads them: as lines of a script that loads them. */
import { labelKey } from "../../label/label-set.ts";
import { formatPromqlError } from "../../promql/error.ts";
import { parseSeries } from "../../promql/series/parse-series.ts";
import type { InputSeries } from "../../rule/input.ts";

export interface WrittenSeries {
  readonly series: string;
  readonly values: string;
}

/** The series, or what is wrong with the first that cannot be read. A series that is given twice is as the last one says. */
export function readInputSeries(
  written: readonly WrittenSeries[],
  intervalMs: number,
): readonly InputSeries[] | { readonly mistake: string; readonly of: WrittenSeries } {
  const found = new Map<string, InputSeries>();
  for (const one of written) {
    // An empty line ends the script, wherever the line break comes from, and a comment leaves one.
    for (const line of `${one.series} ${one.values}\n`.split("\n").slice(0, -1)) {
      const trimmed = line.trim();
      if (trimmed === "" || trimmed.startsWith("#")) return [...found.values()];
      const { series, error } = parseSeries(trimmed);
      if (series === undefined) return { mistake: formatPromqlError(trimmed, error), of: one };
      found.set(labelKey(series.labels), { ...series, intervalMs });
    }
  }
  return [...found.values()];
}
