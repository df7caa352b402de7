/** What a workspace knows of the series that its expressions read: the metrics of its services, and what its rules record. */
import { METRIC_NAME } from "../label/label-set.ts";
import type { LabelDomain } from "../model/labels.ts";
import type { MetricDefinition, MetricType } from "../model/metric/metric.ts";
import type { AnyRecordingRule } from "../model/recording-rule.ts";
import type { AnyService } from "../model/service.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Expr } from "../promql/ast.ts";
import { walkExpr } from "../promql/map.ts";
import type { LabelOfMetric, MetricCatalog, MetricFacts } from "../promql/type/flow/catalog.ts";
import { metricName } from "../promql/type/flow/selector.ts";
import { type LabelFlow, labelFlow } from "../promql/type/label-flow.ts";
import { memoized, remembered } from "../util/memo.ts";

/**
 * The series of a workspace by name. From build to build the facts of a series are the very same object for as long as
 * nothing that they come from has changed: so they tell what depends on them whether to be made anew.
 */
export const catalogOf = memoized(({ definitions }: Workspace): MetricCatalog => {
  const sources = new Map<string, (MetricFacts | AnyRecordingRule)[]>();
  const add = (name: string, source: MetricFacts | AnyRecordingRule) => {
    const others = sources.get(name);
    if (others === undefined) sources.set(name, [source]);
    else others.push(source);
  };
  for (const service of definitions.Service) for (const { name, facts } of seriesIn(service)) add(name, facts);
  for (const rule of definitions.RecordingRule) add(rule.name, rule);
  const known = new Map<string, MetricFacts | undefined>();
  const catalog: MetricCatalog = (name) => {
    if (known.has(name)) return known.get(name);
    // A rule that records what it reads itself knows nothing of it.
    known.set(name, undefined);
    const facts = sources.get(name)?.map((source) => ("spec" in source ? recorded(source, catalog) : source));
    const joined = facts && joinAll(facts);
    known.set(name, joined);
    return joined;
  };
  return catalog;
});

/** The names of the series that an expression reads. */
export const seriesRead = memoized((expr: Expr): readonly string[] => {
  const names = new Set<string>();
  walkExpr(expr, (node) => {
    const name = node.kind === "VectorSelector" ? metricName(node) : undefined;
    if (name !== undefined) names.add(name);
  });
  return [...names];
});

/** What is known of an expression's results, given what a workspace knows of its series; the same while that is. */
export const flowIn = memoized((catalog: MetricCatalog) =>
  memoized((expr: Expr): LabelFlow => flowWith(expr, seriesRead(expr).map(catalog), catalog)),
);

const flows = remembered<Expr, LabelFlow>();

function flowWith(expr: Expr, facts: readonly unknown[], catalog: MetricCatalog): LabelFlow {
  return flows(expr, facts, () => labelFlow(expr, { catalog }));
}

/** The names of the labels that all results of an expression surely have, in order. */
export function sureLabels({ labels }: LabelFlow): readonly string[] {
  return [...labels.named]
    .filter(([name, { status }]) => status === "has" && name !== METRIC_NAME)
    .map(([name]) => name)
    .sort();
}

const TARGET_LABELS: Readonly<Record<string, LabelOfMetric>> = { job: {}, instance: {} };
const UP: MetricFacts = { type: "gauge", labels: TARGET_LABELS };
const UP_AND_MORE: MetricFacts = { ...UP, open: true };

/** The series that a service's targets have. */
const seriesIn = memoized((service: AnyService): readonly Series[] => {
  const open = hasOtherLabels(service);
  const declared = Object.values(service.spec.metrics ?? {}).flatMap(({ definition }) => seriesOf(definition));
  return [
    ...(open ? declared.map(({ name, facts }) => ({ name, facts: { ...facts, open } })) : declared),
    { name: "up", facts: open ? UP_AND_MORE : UP },
  ];
});

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

function recorded(rule: AnyRecordingRule, catalog: MetricCatalog): MetricFacts {
  const expr = rule.spec.expr.ast;
  const facts = seriesRead(expr).map(catalog);
  return recordings(rule, facts, () => recordedAs(rule, flowWith(expr, facts, catalog)));
}

const recordings = remembered<AnyRecordingRule, MetricFacts>();

function recordedAs({ spec }: AnyRecordingRule, { labels, value }: LabelFlow): MetricFacts {
  const known: Record<string, LabelOfMetric> = {};
  for (const [name, { status, values }] of labels.named) {
    if (status !== "cannot" && name !== METRIC_NAME) known[name] = { values, optional: status === "may" };
  }
  for (const [name, text] of Object.entries(spec.labels ?? {})) known[name] = { values: [text] };
  return { type: "gauge", unit: value.unit, labels: known, open: labels.others.status !== "cannot" };
}

/** What holds for all series of one name, whoever provides them. */
function joinAll(facts: readonly MetricFacts[]): MetricFacts | undefined {
  const [first, ...others] = new Set(facts);
  if (first === undefined || others.length === 0) return first;
  return joined(first, others, () => others.reduce(join, first));
}

const joined = remembered<MetricFacts, MetricFacts>();

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
