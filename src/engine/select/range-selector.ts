/** Range vector selectors: for every step the samples of a window. */
import type { MatrixSelector } from "../../promql/ast.ts";
import { durationMs } from "../evaluate/duration.ts";
import type { Env } from "../evaluate/env.ts";
import type { RangeNode, RangeSeries, Windows } from "../evaluate/node.ts";
import type { MemoryStorage } from "../storage/memory-storage.ts";
import { statsOf } from "./histogram-stats.ts";
import { atMs, offsetMs } from "./reference.ts";
import { matchersOf } from "./vector-selector.ts";

/** A range selector; with `statsOnly`, native histograms come without their buckets. */
export function rangeSelector(expr: MatrixSelector, storage: MemoryStorage, statsOnly: boolean): RangeNode {
  const { selector } = expr;
  const matchers = matchersOf(selector);
  const search = storage.search(matchers);

  const windows = (env: Env): Windows => {
    const offset = offsetMs(selector, env);
    const at = atMs(selector, env);
    return {
      range: durationMs(expr.range, env.query, "positive"),
      offset,
      fixedEnd: at === undefined ? undefined : at - offset,
    };
  };

  const each = (env: Env, visit: (series: RangeSeries) => void) => {
    const { range, offset, fixedEnd } = windows(env);
    const first = fixedEnd ?? env.start - offset;
    const backMs = range + (selector.extended === undefined ? 0 : env.settings.lookbackMs);
    const stepMs = fixedEnd === undefined ? env.interval : 0;
    const reading = { after: first - backMs, first, stepMs, steps: env.count, backMs };
    for (const series of search.results()) {
      const histograms = statsOnly && series.kinds !== undefined ? statsOf(series, reading) : series.histograms();
      visit({ labels: series.labels, dropName: false, floats: series.floats(), histograms });
    }
  };

  return {
    kind: "range",
    invariant: selector.at !== undefined,
    span: expr.span,
    windows,
    each,
    extended: selector.extended,
    matchers,
  };
}
