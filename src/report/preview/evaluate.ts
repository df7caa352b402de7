/** Evaluates what dashboards ask, as Grafana would ask it: with values for variables, step by step. */
import { allBuckets } from "../../engine/histogram/buckets.ts";
import type { Histogram } from "../../engine/histogram/histogram.ts";
import { compileQuery, type Query } from "../../engine/query.ts";
import type { MatrixSeries } from "../../engine/result.ts";
import type { MemoryStorage } from "../../engine/storage/memory-storage.ts";
import { type LabelSet, METRIC_NAME } from "../../label/label-set.ts";
import { interpolate } from "../../plan/dashboard/interpolate.ts";
import type { PlannedDashboard, PlannedPanel, PlannedQuery } from "../../plan/dashboard/planned.ts";
import { formatDuration } from "../../quantity/duration.ts";
import type { SeriesData } from "./payload.ts";
import { lookFor } from "./series-look.ts";

export interface Asked {
  readonly storage: MemoryStorage;
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
  /** From one sample to the next. */
  readonly intervalMs: number;
}

/** The series of a panel, and what went wrong. */
export interface Answer {
  readonly series: readonly SeriesData[];
  readonly trouble: string | undefined;
}

/** More series than this nobody looks at. */
const MOST = 100;

/** Answers the queries of a panel. */
export function answer(panel: PlannedPanel, dashboard: PlannedDashboard, asked: Asked): Answer {
  const series: SeriesData[] = [];
  const troubles: string[] = [];
  for (const query of panel.queries) {
    if (query.skipped !== undefined || query.hidden) continue;
    try {
      const text = filled(query.text, dashboard, asked);
      const found = panel.as === "heatmap" ? spread(compile(text), asked) : plain(compile(text), query, asked);
      series.push(...found.map((one) => looking({ ...one, refId: query.refId }, panel)));
    } catch (error) {
      troubles.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { series: series.slice(0, MOST), trouble: troubles.length === 0 ? undefined : troubles.join("\n") };
}

/** The series with what differs for it. */
function looking(series: SeriesData, { series: looks }: PlannedPanel): SeriesData {
  const look = lookFor(looks, [series.name], series.refId);
  return look === undefined ? series : { ...series, name: look.name ?? series.name, look };
}

const compiled = new Map<string, Query>();

function compile(text: string): Query {
  const before = compiled.get(text);
  if (before !== undefined) return before;
  const query = compileQuery(text);
  compiled.set(text, query);
  return query;
}

/** The text with values for variables: Grafana's own, those that are chosen, else all. */
export function filled(
  text: string,
  { variables }: Pick<PlannedDashboard, "variables">,
  { startMs, endMs, stepMs, intervalMs }: Omit<Asked, "storage">,
): string {
  const rangeMs = Math.max(stepMs, endMs - startMs);
  // https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval
  const rateMs = Math.max(stepMs + intervalMs, 4 * intervalMs);
  const own: Readonly<Record<string, string>> = {
    __rate_interval: formatDuration(rateMs),
    __interval: formatDuration(stepMs),
    __interval_ms: String(stepMs),
    __range: formatDuration(rangeMs),
    __range_s: String(Math.round(rangeMs / 1000)),
    __range_ms: String(rangeMs),
    __from: String(startMs),
    __to: String(endMs),
    __auto: formatDuration(stepMs),
  };
  return interpolate(text, (name) => {
    if (Object.hasOwn(own, name)) return own[name];
    const variable = variables.find((one) => one.name === name);
    if (variable === undefined) return undefined;
    const { current, allValue, kind } = variable;
    return current !== undefined && current !== "$__all" ? current : (allValue ?? (kind === "query" ? ".+" : ".*"));
  });
}

type Unasked = Omit<SeriesData, "refId">;

function plain(query: Query, { instant, legend }: PlannedQuery, asked: Asked): readonly Unasked[] {
  const { storage, startMs, endMs, stepMs } = asked;
  if (!instant) {
    const { series } = query.range(storage, { startMs, endMs, stepMs });
    return series.map((one) => ({ ...named(one.labels, legend), values: onSteps(one, asked) }));
  }
  const result = query.instant(storage, endMs);
  if (result.type === "scalar") return [{ ...named({}, legend), values: [rounded(result.value)] }];
  if (result.type !== "vector") return [];
  return result.samples.map(({ labels, value }) => ({
    ...named(labels, legend),
    values: [typeof value === "number" ? rounded(value) : rounded(value.count)],
  }));
}

/** How many observations each bucket has: of classic buckets, which count what is below them, the differences. */
function spread(query: Query, asked: Asked): readonly Unasked[] {
  const { storage, startMs, endMs, stepMs } = asked;
  const { series } = query.range(storage, { startMs, endMs, stepMs });
  const natives = series.filter(({ histograms }) => histograms !== undefined);
  if (natives.length > 0) return fromNative(natives, asked);
  const rows = series
    .map((one) => ({ bound: toBound(one.labels.le), values: onSteps(one, asked) }))
    .filter(({ bound }) => !Number.isNaN(bound))
    .sort((a, b) => a.bound - b.bound);
  return rows.map(({ bound, values }, i) => ({
    name: bound === Number.POSITIVE_INFINITY ? "+Inf" : String(bound),
    labels: {},
    bound: Number.isFinite(bound) ? bound : undefined,
    values: values.map((value, t) =>
      value === null ? null : rounded(Math.max(0, value - (rows[i - 1]?.values[t] ?? 0))),
    ),
  }));
}

function toBound(le: string | undefined): number {
  return le === undefined ? Number.NaN : le === "+Inf" ? Number.POSITIVE_INFINITY : Number(le);
}

function fromNative(series: readonly MatrixSeries[], { startMs, endMs, stepMs }: Asked): readonly Unasked[] {
  const steps = Math.floor((endMs - startMs) / stepMs) + 1;
  const rows = new Map<number, (number | null)[]>();
  const add = (histogram: Histogram, step: number) => {
    for (const { upper, count } of allBuckets(histogram)) {
      const row = rows.get(upper) ?? new Array<number | null>(steps).fill(null);
      row[step] = (row[step] ?? 0) + count;
      rows.set(upper, row);
    }
  };
  for (const { timesMs, histograms } of series) {
    for (const [i, histogram] of (histograms ?? []).entries()) {
      if (histogram !== undefined) add(histogram, Math.round(((timesMs[i] ?? startMs) - startMs) / stepMs));
    }
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([bound, values]) => ({
      name: String(rounded(bound)),
      labels: {},
      bound,
      values: values.map((value) => (value === null ? null : rounded(value))),
    }));
}

function onSteps({ timesMs, values }: MatrixSeries, { startMs, endMs, stepMs }: Asked): (number | null)[] {
  const steps = new Array<number | null>(Math.floor((endMs - startMs) / stepMs) + 1).fill(null);
  for (let i = 0; i < timesMs.length; i++) {
    const step = Math.round(((timesMs[i] as number) - startMs) / stepMs);
    steps[step] = rounded(values[i] as number);
  }
  return steps;
}

/** Six digits are more than anyone sees, and keep the page small. */
function rounded(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
}

function named(labels: LabelSet, legend: string | undefined): Pick<SeriesData, "name" | "labels"> {
  const own = Object.fromEntries(Object.entries(labels).filter(([name]) => name !== METRIC_NAME));
  const name = legend?.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, label: string) => labels[label] ?? "").trim();
  return { name: name === undefined || name === "" ? written(labels) : name, labels: own };
}

function written({ [METRIC_NAME]: name = "", ...labels }: LabelSet): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? name || "value" : `${name}{${pairs.join(", ")}}`;
}
