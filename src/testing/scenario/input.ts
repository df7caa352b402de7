/** The series that a scenario is given. */
import { type LabelSet, labelKey, METRIC_NAME } from "../../label/label-set.ts";
import type { AnyMetric } from "../../model/metric/metric.ts";
import type { AnyService } from "../../model/service.ts";
import { formatPromqlError } from "../../promql/error.ts";
import { parseMetric, parseSamples } from "../../promql/series/parse-series.ts";
import type { SeriesItem } from "../../promql/series/series.ts";
import type { InputSeries } from "../../rule/input.ts";
import type { SeriesFunction, SeriesValues } from "../series.ts";

/** A series as a test gives it. */
export interface GivenSeries {
  readonly labels: LabelSet;
  readonly values: SeriesValues;
}

/** The labels of a metric's series: what the metric's selector fixes, the target labels, and those given, which win. */
export function seriesLabels(metric: AnyMetric, given: LabelSet, services: readonly AnyService[]): LabelSet {
  const { selector, definition } = metric;
  const owner = services.find(({ spec }) =>
    Object.values(spec.metrics ?? {}).some((one) => one.definition === definition),
  );
  const fixed: Record<string, string> = {};
  for (const { name, op, value } of selector.matchers) {
    if (op === "=") fixed[name] = value;
    // A whole bound of a bucket is matched as either Prometheus writes it; the newer one ends in ".0".
    else if (op === "=~" && name === "le") fixed[name] = (value.split("|").at(-1) ?? "").replaceAll("\\", "");
  }
  const job = given.job ?? fixed.job ?? owner?.name ?? "test";
  const { name } = selector;
  return withoutEmpty({ [METRIC_NAME]: name ?? definition.name, job, instance: `${job}-1`, ...fixed, ...given });
}

/** The labels that a text such as `up{job="shop"}` stands for. */
export function writtenLabels(series: string): LabelSet {
  const { series: read, error } = parseMetric(series);
  if (read === undefined) throw new Error(`${series} is no series: ${formatPromqlError(series, error)}`);
  return read.labels;
}

/** Adds a series, or replaces the one with these labels. */
export function withSeries(all: readonly GivenSeries[], one: GivenSeries): readonly GivenSeries[] {
  const key = labelKey(one.labels);
  return [...all.filter(({ labels }) => labelKey(labels) !== key), one];
}

/** The samples up to a time, as notation writes them. */
export function toInput(
  { labels, values }: GivenSeries,
  startMs: number,
  endMs: number,
  intervalMs: number,
): InputSeries {
  return {
    labels,
    intervalMs,
    items: typeof values === "string" ? read(values) : sample(values, startMs, endMs, intervalMs),
  };
}

/** Reads a notation; throws where it is none. */
export function read(values: string): readonly SeriesItem[] {
  const { series, error } = parseSamples(values);
  if (series === undefined)
    throw new Error(`${JSON.stringify(values)} are no samples: ${formatPromqlError(values, error)}`);
  return series.items;
}

const STALE: SeriesItem = Object.freeze({ kind: "stale" });
const OMITTED: SeriesItem = Object.freeze({ kind: "omitted", times: 1 });

function sample(values: SeriesFunction, startMs: number, endMs: number, intervalMs: number): readonly SeriesItem[] {
  const items: SeriesItem[] = [];
  let wasThere = false;
  for (let timeMs = startMs; timeMs <= endMs; timeMs += intervalMs) {
    const value = values({ sinceStartMs: timeMs - startMs, timeMs });
    if (typeof value === "number") items.push({ kind: "float", value, step: 0, times: 0 });
    // One marker ends a series; more say nothing.
    else items.push(value === "stale" && wasThere ? STALE : OMITTED);
    wasThere = typeof value === "number";
  }
  return items;
}

function withoutEmpty(labels: LabelSet): LabelSet {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
}
