/** What a workspace knows of the series that its expressions read: the metrics of its services, and what its rules record. */
import { METRIC_NAME } from "../label/label-set.ts";
import type { LabelDomain } from "../model/labels.ts";
import type { MetricDefinition, MetricType } from "../model/metric/metric.ts";
import type { AnyRecordingRule } from "../model/recording-rule.ts";
import type { AnyService } from "../model/service.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Expr } from "../promql/ast.ts";
import type { LabelOfMetric, MetricCatalog, MetricFacts } from "../promql/type/flow/catalog.ts";
import { type LabelFlow, labelFlow } from "../promql/type/label-flow.ts";
import { memoized } from "../util/memo.ts";

/** The series of a workspace by name. */
export const catalogOf = memoized(({ definitions }: Workspace): MetricCatalog => {
  const sources = new Map<string, (() => MetricFacts)[]>();
  const add = (name: string, facts: () => MetricFacts) => {
    const others = sources.get(name);
    if (others === undefined) sources.set(name, [facts]);
    else others.push(facts);
  };
  for (const service of definitions.Service) {
    const open = hasOtherLabels(service);
    for (const { definition } of Object.values(service.spec.metrics ?? {})) {
      for (const { name, facts } of seriesOf(definition)) add(name, () => (open ? { ...facts, open } : facts));
    }
    add("up", () => ({ type: "gauge", labels: TARGET_LABELS, open }));
  }
  for (const rule of definitions.RecordingRule) add(rule.name, () => recorded(rule, catalog));
  const known = new Map<string, MetricFacts | undefined>();
  const catalog: MetricCatalog = (name) => {
    if (known.has(name)) return known.get(name);
    // A rule that records what it reads itself knows nothing of it.
    known.set(name, undefined);
    const facts = sources.get(name)?.map((source) => source());
    const joined = facts?.reduce(join);
    known.set(name, joined);
    return joined;
  };
  return catalog;
});

/** What is known of an expression's results, given what a workspace knows of its series; worked out once for each. */
export const flowIn = memoized((catalog: MetricCatalog) =>
  memoized((expr: Expr): LabelFlow => labelFlow(expr, { catalog })),
);

/** The names of the labels that all results of an expression surely have, in order. */
export function sureLabels({ labels }: LabelFlow): readonly string[] {
  return [...labels.named]
    .filter(([name, { status }]) => status === "has" && name !== METRIC_NAME)
    .map(([name]) => name)
    .sort();
}

const TARGET_LABELS: Readonly<Record<string, LabelOfMetric>> = { job: {}, instance: {} };

interface Series {
  readonly name: string;
  readonly facts: MetricFacts;
}

const seriesOf = memoized((metric: MetricDefinition): readonly Series[] => {
  const labels: Record<string, LabelOfMetric> = { ...TARGET_LABELS };
  for (const [label, { values }] of Object.entries<LabelDomain>(metric.spec.labels ?? {})) labels[label] = { values };
  const { unit } = metric.spec;
  const one = (
    suffix: string,
    type: NonNullable<MetricFacts["type"]>,
    more: Readonly<Record<string, LabelOfMetric>> = {},
  ): Series => ({
    name: metric.name + suffix,
    facts: { type, unit, labels: { ...labels, ...more } },
  });
  return SERIES[metric.type](one);
});

type Make = (
  suffix: string,
  type: NonNullable<MetricFacts["type"]>,
  more?: Readonly<Record<string, LabelOfMetric>>,
) => Series;

const SERIES: { readonly [K in MetricType]: (one: Make) => readonly Series[] } = {
  counter: (one) => [one("", "counter")],
  gauge: (one) => [one("", "gauge")],
  info: (one) => [one("", "gauge")],
  histogram: (one) => [one("_bucket", "counter", { le: {} }), one("_sum", "counter"), one("_count", "counter")],
  "native histogram": (one) => [one("", "histogram")],
  summary: (one) => [one("", "gauge", { quantile: {} }), one("_sum", "counter"), one("_count", "counter")],
};

/** Whether scraping may add labels to a service's series that no metric declares. */
function hasOtherLabels({ spec: { scrape } }: AnyService): boolean {
  if (scrape === undefined) return true;
  return [scrape.discovery, scrape.labels, scrape.relabel, scrape.metricRelabel].some((part) => part !== undefined);
}

function recorded({ spec }: AnyRecordingRule, catalog: MetricCatalog): MetricFacts {
  const { labels, value } = labelFlow(spec.expr.ast, { catalog });
  const known: Record<string, LabelOfMetric> = {};
  for (const [name, { status, values }] of labels.named) {
    if (status !== "cannot" && name !== METRIC_NAME) known[name] = { values, optional: status === "may" };
  }
  for (const [name, text] of Object.entries(spec.labels ?? {})) known[name] = { values: [text] };
  return { type: "gauge", unit: value.unit, labels: known, open: labels.others.status !== "cannot" };
}

/** What holds for series of either of two metrics of one name. */
function join(a: MetricFacts, b: MetricFacts): MetricFacts {
  const names = new Set([...Object.keys(a.labels ?? {}), ...Object.keys(b.labels ?? {})]);
  const labels: Record<string, LabelOfMetric> = {};
  for (const name of names) {
    const [one, other] = [a.labels?.[name], b.labels?.[name]];
    const values = one?.values && other?.values ? [...new Set([...one.values, ...other.values])] : undefined;
    labels[name] = { values, optional: one === undefined || other === undefined || one.optional || other.optional };
  }
  return {
    type: a.type === b.type ? a.type : undefined,
    unit: a.unit === b.unit ? a.unit : undefined,
    labels,
    open: a.open === true || b.open === true,
  };
}
