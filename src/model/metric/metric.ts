/** What every kind of metric has: a name, a help text, labels with their domains, a unit. */
import { z } from "zod";
import type { VectorSelector } from "../../promql/ast.ts";
import { captureOrigin } from "../../source/origin.ts";
import { selector } from "../../vector/build.ts";
import type { Definition } from "../definition.ts";
import type { LabelDomain, Labels } from "../labels.ts";
import { labelName, metricName } from "../schema.ts";

export type MetricType = "counter" | "gauge" | "histogram" | "native histogram" | "summary" | "info";

/** What every metric is made of. */
export interface MetricSpec<D extends Labels = Labels> {
  /** One sentence: what is measured. */
  readonly help: string;
  /** The metric's own labels; `job` and `instance` come from the scrape. */
  readonly labels?: { readonly [K in keyof D]: LabelDomain<D[K]> };
  /** The unit of the values, where the name's ending does not say it: `"seconds"`, `"bytes"`, `"items"`. */
  readonly unit?: string;
}

/** The part of a metric that does not depend on which of its series are looked at. */
export interface MetricDefinition<S extends MetricSpec = MetricSpec> extends Definition<"Metric", S> {
  readonly type: MetricType;
  /** Whether its author said with `asIs` that the name is no slip. */
  readonly asIs?: true;
}

/** Anything whose series carry the labels `D`. */
export interface Metric<in out D extends Labels> {
  readonly "~labels": (labels: D) => D;
  readonly definition: MetricDefinition;
  readonly selector: VectorSelector;
}

/** A metric where the labels do not matter. */
export interface AnyMetric {
  readonly definition: MetricDefinition;
  readonly selector: VectorSelector;
}

/** The name of a metric that breaks the conventions and has to be taken as it is: `counter(asIs("http_requests"), …)`. */
export interface AsIs {
  readonly asIs: string;
}

/**
 * Takes a metric's real name as it is, against the conventions: a counter without `_total`, for one.
 *
 * ```ts
 * counter(asIs("http_requests"), { help: "Requests, named long ago." });
 * ```
 */
export function asIs(name: string): AsIs {
  return Object.freeze({ asIs: name });
}

export function defineMetric<S>(
  type: MetricType,
  name: string | AsIs,
  spec: S,
  factory: (...args: never[]) => unknown,
): MetricDefinition<MetricSpec & S> {
  return Object.freeze({
    kind: "Metric",
    type,
    name: isAsIs(name) ? name.asIs : name,
    ...(isAsIs(name) && { asIs: true as const }),
    spec: Object.freeze(spec) as MetricSpec & S,
    origin: captureOrigin(factory),
  });
}

function isAsIs(name: string | AsIs): name is AsIs {
  return typeof name === "object" && name !== null;
}

export const selectorOf = (definition: MetricDefinition): VectorSelector => selector(definition.name);

export const metricFields = {
  help: z.string().min(1),
  labels: z
    .record(labelName, z.object({ values: z.array(z.string()).min(1).optional(), cardinality: z.int().min(1) }))
    .optional(),
  unit: z.string().min(1).optional(),
};

export const metricSchema = z.object({ name: metricName, spec: z.strictObject(metricFields) });

/** What ends a counter's name by convention. https://prometheus.io/docs/practices/naming/ */
const TOTAL = "_total";

export const counterSchema = metricSchema
  .extend({ asIs: z.literal(true).optional() })
  .superRefine((metric, context) => {
    if (metric.name.endsWith(TOTAL) || metric.asIs === true) return;
    const [name, better] = [JSON.stringify(metric.name), JSON.stringify(metric.name + TOTAL)];
    context.addIssue({
      code: "custom",
      path: ["name"],
      message: `a counter's name ends in ${TOTAL}. Did you mean ${better}? Where it is really called so: counter(asIs(${name}), …)`,
    });
  });
