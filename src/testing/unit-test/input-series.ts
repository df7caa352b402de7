/** The input series of a test, read as promtool reads them: as lines of a script that loads them. */
import { labelKey } from "../../label/label-set.ts";
import { formatPromqlError } from "../../promql/error.ts";
import { quote } from "../../promql/quote.ts";
import { parseSeries } from "../../promql/series/parse-series.ts";
import type { InputSeries } from "../../rule/input.ts";

export interface WrittenSeries {
  readonly series: string;
  readonly values: string;
}

/**
 * The series, or what is wrong with the first that cannot be read. A series that is given twice is as the last one says.
 * Those come first that are there at an earlier evaluation, as in a server: templates may ask for the first of many.
 */
export function readInputSeries(
  written: readonly WrittenSeries[],
  { intervalMs, evaluationIntervalMs }: { readonly intervalMs: number; readonly evaluationIntervalMs: number },
): readonly InputSeries[] | { readonly mistake: string; readonly of: WrittenSeries } {
  const found = new Map<string, InputSeries>();
  for (const one of written) {
    // An empty line ends the script, wherever the line break comes from, and a comment leaves one.
    for (const line of `${one.series} ${one.values}\n`.split("\n").slice(0, -1)) {
      const trimmed = line.trim();
      if (trimmed === "" || trimmed.startsWith("#")) return inOrder(found, evaluationIntervalMs);
      const { series, error } = parseSeries(trimmed);
      if (series === undefined) return { mistake: formatPromqlError(trimmed, error), of: one };
      if (series.repeatedLabel !== undefined)
        return { mistake: `label name ${quote(series.repeatedLabel)} is not unique: invalid sample`, of: one };
      found.set(labelKey(series.labels), { ...series, intervalMs });
    }
  }
  return inOrder(found, evaluationIntervalMs);
}

function inOrder(found: ReadonlyMap<string, InputSeries>, evaluationIntervalMs: number): readonly InputSeries[] {
  /** The evaluation that is the first to see the series. */
  const firstSeen = ({ items, intervalMs }: InputSeries) => {
    const at = items.findIndex(({ kind }) => kind !== "omitted");
    const before = items.slice(0, at).reduce((sum, item) => sum + (item.kind === "omitted" ? item.times : 0), 0);
    return Math.ceil((before * intervalMs) / evaluationIntervalMs);
  };
  return [...found.values()].sort((a, b) => firstSeen(a) - firstSeen(b));
}
