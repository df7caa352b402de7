/** Data that nobody measured: a few series for every metric that a plan's services declare, so that a page has something to show. */
import { labelKey, METRIC_NAME } from "../../label/label-set.ts";
import type { LabelDomain } from "../../model/labels.ts";
import type { MetricDefinition } from "../../model/metric/metric.ts";
import type { AnyService } from "../../model/service.ts";
import { hash } from "../../plan/conventions.ts";
import { aspectOf, unitOf } from "../../plan/dashboard/generate-parts.ts";
import type { Plan } from "../../plan/plan.ts";
import { parseSamples } from "../../promql/series/parse-series.ts";
import type { SeriesItem } from "../../promql/series/series.ts";
import type { InputSeries } from "../../rule/input.ts";

/** How many samples there are, and how far apart. */
export interface MadeUpRange {
  readonly count: number;
  readonly startMs: number;
  readonly intervalMs: number;
}

/** Makes up series for all metrics, but for those of which `given` has some. */
export function madeUpSeries(
  plan: Plan,
  range: MadeUpRange,
  given: readonly InputSeries[] = [],
): readonly InputSeries[] {
  const known = new Set(given.map(({ labels }) => labels[METRIC_NAME]?.replace(/_(?:bucket|sum|count)$/, "")));
  const ups = new Set(given.filter(({ labels }) => labels[METRIC_NAME] === "up").map(({ labels }) => labels.job));
  const made = plan.services.flatMap((service) => [
    ...(service.spec.scrape === undefined || ups.has(service.name)
      ? []
      : INSTANCES.map((n) => series("up", targetOf(service, n), flat(1, range), range))),
    ...Object.values(service.spec.metrics ?? {}).flatMap(({ definition }) =>
      known.has(definition.name) ? [] : seriesOf(definition, service, range),
    ),
  ]);
  // Services may share a metric; the first one's series stand.
  const all = new Map(made.map((one) => [labelKey(one.labels), one]));
  return [...all.values()];
}

const INSTANCES = [1, 2] as const;
/** More values of a label than this make no better picture. */
const FEW = 4;

type Labels = Readonly<Record<string, string>>;

function targetOf({ name }: AnyService, n: number): Labels {
  return { job: name, instance: `${name}-${n}` };
}

function seriesOf(metric: MetricDefinition, service: AnyService, range: MadeUpRange): readonly InputSeries[] {
  const combinations = Object.entries<LabelDomain>(metric.spec.labels ?? {}).reduce<readonly Labels[]>(
    (all, [label, domain]) =>
      all.flatMap((one) => valuesOf(label, domain).map((value) => ({ ...one, [label]: value }))),
    [{}],
  );
  return INSTANCES.flatMap((n) =>
    combinations.slice(0, 40).flatMap((own) => SERIES[metric.type](metric, { ...targetOf(service, n), ...own }, range)),
  );
}

function valuesOf(label: string, { values, cardinality }: LabelDomain): readonly string[] {
  if (values !== undefined) return values.slice(0, FEW);
  const some = NAMES[label] ?? Array.from({ length: FEW }, (_, i) => `${label}-${i + 1}`);
  return some.slice(0, Math.min(FEW, cardinality));
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  code: ["200", "404", "500"],
  status: ["200", "404", "500"],
  method: ["GET", "POST"],
  version: ["1.4.2"],
  sku: ["mug", "cap", "bag", "pin"],
};

type Make = (metric: MetricDefinition, labels: Labels, range: MadeUpRange) => readonly InputSeries[];

const SERIES: { readonly [K in MetricDefinition["type"]]: Make } = {
  counter: (metric, labels, range) => [series(metric.name, labels, counted(paceOf(metric, labels), range), range)],
  gauge: (metric, labels, range) => [series(metric.name, labels, gauge(metric, labels, range), range)],
  info: (metric, labels, range) => [series(metric.name, labels, flat(1, range), range)],
  histogram: (metric, labels, range) => classic(metric, labels, range),
  "native histogram": (metric, labels, range) => [
    { labels: { [METRIC_NAME]: metric.name, ...labels }, items: native(range), intervalMs: range.intervalMs },
  ],
  summary: (metric, labels, range) => {
    const pace = paceOf(metric, labels);
    const typical = unitOf(metric) === "bytes" ? 4096 : 0.2;
    return [
      ...["0.5", "0.99"].map((quantile) =>
        series(
          metric.name,
          { ...labels, quantile },
          waving(typical * (quantile === "0.5" ? 1 : 6), 0.2, labels, range),
          range,
        ),
      ),
      series(`${metric.name}_count`, labels, counted(pace, range), range),
      series(`${metric.name}_sum`, labels, counted(pace * typical, range), range),
    ];
  },
};

function classic(metric: MetricDefinition, labels: Labels, range: MadeUpRange): readonly InputSeries[] {
  const bounds = (metric.spec as { readonly buckets?: readonly number[] }).buckets ?? [1];
  const pace = paceOf(metric, labels);
  // All parts of a histogram count the same observations.
  const all = counted(pace, range);
  const part = (share: number) => all.map((value) => value * share);
  return [
    ...bounds.map((bound, i) =>
      series(`${metric.name}_bucket`, { ...labels, le: bucketLabel(bound) }, part(1 - 0.5 ** (3 * (i + 1))), range),
    ),
    series(`${metric.name}_bucket`, { ...labels, le: "+Inf" }, all, range),
    series(`${metric.name}_count`, labels, all, range),
    series(`${metric.name}_sum`, labels, part((bounds[0] ?? 1) * 0.7), range),
  ];
}

function bucketLabel(bound: number): string {
  return Number.isInteger(bound) ? `${bound}.0` : String(bound);
}

/** Observations that double in width from bucket to bucket, most of them in the middle. */
function native({ count }: MadeUpRange): readonly SeriesItem[] {
  const step = "{{schema:0 offset:-5 count:40 sum:9 buckets:[4 12 14 7 3]}}";
  return parseSamples(`${step}+${step}x${count - 1}`).series?.items ?? [];
}

function gauge(metric: MetricDefinition, labels: Labels, range: MadeUpRange): readonly number[] {
  const { startMs } = range;
  if (aspectOf(metric) === "state") return flat(1, range);
  if (/_timestamp_seconds$/.test(metric.name)) return flat(startMs / 1000 - 1800, range);
  if (/_expiry/.test(metric.name)) return flat(startMs / 1000 + 40 * 86_400, range);
  const unit = unitOf(metric);
  const typical = unit === "bytes" ? 2 ** 33 : unit === "ratio" ? 0.5 : unit === "seconds" ? 0.2 : 60;
  return waving(
    /total/i.test(metric.name) ? typical * 2 : typical,
    /total/i.test(metric.name) ? 0 : 0.3,
    labels,
    range,
  );
}

/** How many per second a counter counts; what goes wrong is seldom. */
function paceOf({ name }: MetricDefinition, labels: Labels): number {
  const bad = /fail|error|declin|spam|reject|timeout|^5\d\d$/i;
  const isBad = bad.test(name) || Object.values(labels).some((value) => bad.test(value));
  return (isBad ? 0.02 : 2) * (1 + chance(labels));
}

/** A counter whose pace comes and goes. */
function counted(perSecond: number, range: MadeUpRange): readonly number[] {
  const seconds = range.intervalMs / 1000;
  let sum = 0;
  return waving(perSecond * seconds, 0.4, { perSecond: String(perSecond) }, range).map((more) => {
    sum += Math.max(0, more);
    return sum;
  });
}

/** A wave of some height around a level, which some chance shifts. */
function waving(level: number, height: number, labels: Labels, { count }: MadeUpRange): readonly number[] {
  const shift = chance(labels);
  const own = level * (0.7 + 0.6 * shift);
  return Array.from({ length: count }, (_, i) => {
    const slow = Math.sin((i / count) * Math.PI * 4 + shift * 7);
    const fast = Math.sin(i * 0.9 + shift * 40) * 0.2;
    return Number((own * (1 + height * (slow + fast))).toPrecision(6));
  });
}

function flat(value: number, { count }: MadeUpRange): readonly number[] {
  return new Array<number>(count).fill(value);
}

/** Between 0 and 1, the same each time. */
function chance(labels: Labels): number {
  return Number.parseInt(hash(labelKey(labels)), 16) / 2 ** 32;
}

function series(name: string, labels: Labels, values: readonly number[], { intervalMs }: MadeUpRange): InputSeries {
  const items = values.map((value): SeriesItem => ({ kind: "float", value, step: 0, times: 0 }));
  return { labels: { [METRIC_NAME]: name, ...labels }, items, intervalMs };
}
