/** `count_values`: how many series have the same value, which goes into a label. */
import { formatNumber } from "../../promql/print/number.ts";
import { quote } from "../../promql/quote.ts";
import { ABSENT, type Column, FLOAT, histogramAt, inOrder, newColumn, setFloat } from "../evaluate/column.ts";
import type { Env } from "../evaluate/env.ts";
import { EvaluationError } from "../evaluate/error.ts";
import { type Histogram, hasCustomBuckets } from "../histogram/histogram.ts";
import { histogramText } from "../histogram/text.ts";
import { isLabelName, type Labels, type LabelTable } from "../labels/labels.ts";
import { Grouping } from "./grouping.ts";

/** The counts by group and value; `label` takes the value. */
export function countValues(
  env: Env,
  columns: readonly Column[],
  label: string,
  grouping: { readonly grouping: readonly string[]; readonly without: boolean },
  table: LabelTable,
): Iterable<Column> {
  if (!isLabelName(label)) throw new EvaluationError(`invalid label name ${quote(label)}`);
  const groups = new Grouping(table, {
    without: grouping.without,
    grouping: grouping.without ? grouping.grouping : [...grouping.grouping, label],
  });
  const counts = new Map<Labels, Column>();
  for (const column of columns) {
    for (let i = 0; i < env.count; i++) {
      const kind = column.present[i];
      if (kind === ABSENT) continue;
      const text = kind === FLOAT ? formatNumber(column.values[i] as number) : histogramValue(histogramAt(column, i));
      const labels = groups.of(table.with(column.labels, [[label, text]]));
      let count = counts.get(labels);
      if (count === undefined) {
        count = newColumn(labels, env.count);
        counts.set(labels, count);
      }
      setFloat(count, i, (count.values[i] as number) + 1);
    }
  }
  return inOrder(counts.values());
}

/** Scaling by an infinity or dividing by zero leaves custom buckets with a zero count, of which Prometheus has no text. */
function histogramValue(histogram: Histogram): string {
  if (hasCustomBuckets(histogram) && histogram.zeroCount !== 0) {
    throw new EvaluationError("histograms with custom buckets have no zero bucket");
  }
  return histogramText(histogram);
}
