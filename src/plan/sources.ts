/** Where series come from: which service provides each, and what is said of it. */

import { METRIC_NAME } from "../label/label-set.ts";
import type { LabelDomain } from "../model/labels.ts";
import type { MetricDefinition } from "../model/metric/metric.ts";
import type { AnyRecordingRule } from "../model/recording-rule.ts";
import type { AnyService } from "../model/service.ts";
import type { Workspace } from "../model/workspace.ts";
import { walkExpr } from "../promql/map.ts";
import { print } from "../promql/print/print.ts";
import type { LabelFlow } from "../promql/type/label-flow.ts";
import { memoized, remembered } from "../util/memo.ts";
import { catalogOf, flowIn } from "./catalog.ts";
import type { Cardinalities } from "./dashboard/cost.ts";

/** What a series is, and whose. */
export interface Source {
  /** One sentence: what is measured, or what is recorded. */
  readonly help: string;
  readonly service: string;
}

/** By the name of the series; a source stays the same object until its definition is another. */
export type Sources = ReadonlyMap<string, Source>;

const PARTS = ["", "_bucket", "_count", "_sum"] as const;

export const sourcesOf = memoized(({ definitions }: Workspace): Sources => {
  const sources = new Map<string, Source>();
  for (const service of definitions.Service)
    for (const [series, source] of declared(service)) sources.set(series, source);
  for (const rule of definitions.RecordingRule) sources.set(rule.name, recorded(rule));
  return sources;
});

const declared = memoized(({ name, spec }: AnyService): readonly (readonly [string, Source])[] =>
  Object.values(spec.metrics ?? {}).flatMap(({ definition }) => {
    const source: Source = { help: definition.spec.help, service: name };
    return PARTS.map((part) => [definition.name + part, source] as const);
  }),
);

const recorded = memoized(({ spec }: AnyRecordingRule): Source => {
  let help: string | undefined;
  return {
    // Hardly any is ever shown.
    get help() {
      help ??= `Recorded: ${print(spec.expr.ast)}.`;
      return help;
    },
    service: spec.service.name,
  };
});

/** The names of all series that a workspace's metrics and rules provide. */
export const knownSeries = memoized(
  (workspace: Workspace): ReadonlySet<string> => new Set(sourcesOf(workspace).keys()),
);

/** How many instances a service is taken to have where discovery finds them. */
const INSTANCES = 10;

/** The cardinalities that the workspace's metrics declare; of a series the same object until one of them is another. */
export const cardinalitiesOf = memoized((workspace: Workspace): Cardinalities => {
  const { definitions } = workspace;
  const known = new Map<string, Labels>();
  let targets = 0;
  for (const service of definitions.Service) {
    targets = Math.max(targets, instancesOf(service));
    for (const [series, labels] of declaredLabels(service)) known.set(series, labels);
  }
  if (targets > 0) known.set("up", upLabels(targets));
  const recordings = new Map(definitions.RecordingRule.map((rule) => [rule.name, rule]));
  const flowOf = flowIn(catalogOf(workspace));
  const cardinalities: Cardinalities = (series) => {
    const rule = recordings.get(series);
    if (known.has(series) || rule === undefined) return known.get(series);
    // A rule that records what it reads itself knows nothing of it.
    known.set(series, {});
    const read: (Labels | undefined)[] = [];
    walkExpr(rule.spec.expr.ast, (node) => {
      if (node.kind === "VectorSelector") read.push(cardinalities(node.name ?? ""));
    });
    const flow = flowOf(rule.spec.expr.ast);
    const labels = recordedLabels(rule, [flow, ...read], () => surviving(flow, read));
    known.set(series, labels);
    return labels;
  };
  return cardinalities;
});

type Labels = Readonly<Record<string, number>>;

const recordedLabels = remembered<AnyRecordingRule, Labels>();

/** Each label that the results have, with as many values as it has among the series that are read. */
function surviving({ labels }: LabelFlow, read: readonly (Labels | undefined)[]): Labels {
  const all: Record<string, number> = {};
  for (const one of read)
    for (const [name, count] of Object.entries(one ?? {})) all[name] = Math.max(all[name] ?? 0, count);
  return Object.fromEntries(
    [...labels.named]
      .filter(([name, { status }]) => status !== "cannot" && name !== METRIC_NAME)
      .map(([name]) => [name, all[name] ?? INSTANCES]),
  );
}

function instancesOf({ spec }: AnyService): number {
  return spec.scrape?.targets?.length ?? INSTANCES;
}

const ups = new Map<number, Labels>();

function upLabels(instance: number): Labels {
  const labels = ups.get(instance) ?? { job: 1, instance };
  ups.set(instance, labels);
  return labels;
}

const declaredLabels = memoized((service: AnyService): readonly (readonly [string, Labels])[] =>
  Object.values(service.spec.metrics ?? {}).flatMap(({ definition }) => {
    const labels: Record<string, number> = { job: 1, instance: instancesOf(service) };
    for (const [name, { cardinality }] of Object.entries<LabelDomain>(definition.spec.labels ?? {}))
      labels[name] = cardinality;
    const isHistogram = definition.type === "histogram";
    return PARTS.map((part) => {
      const own = isHistogram && part === "_bucket" ? { ...labels, le: bucketsOf(definition) } : labels;
      return [definition.name + part, own] as const;
    });
  }),
);

function bucketsOf({ spec }: MetricDefinition): number {
  return ((spec as { readonly buckets?: readonly number[] }).buckets?.length ?? INSTANCES) + 1;
}
