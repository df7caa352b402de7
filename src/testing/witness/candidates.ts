/** The series that might make an alert fire: their labels, and what they could be over time. */
import { labelKey, METRIC_NAME } from "../../label/label-set.ts";
import { matcherTest } from "../../label/matcher.ts";
import type { LabelDomain } from "../../model/labels.ts";
import type { AnyMetric } from "../../model/metric/metric.ts";
import type { AnyService } from "../../model/service.ts";
import type { VectorSelector } from "../../promql/ast.ts";
import { numberText } from "../export/notation.ts";
import { type GivenSeries, seriesLabels } from "../scenario/input.ts";
import type { Demand } from "./demand.ts";
import { sampleOf } from "./sample-regex.ts";

/** Series that belong together, and the ways in which they could go: what is likelier, and simpler, comes first. */
export type Choice = readonly (readonly GivenSeries[])[];

export interface Horizon {
  /** How many samples there are, a minute apart. */
  readonly samples: number;
}

export interface Choices {
  readonly choices: readonly Choice[];
  /** Why a selector has no series at all, where there is such a one: others may do. */
  readonly unmet: string | undefined;
}

/** The choices for all demands. */
export function choicesFor(demands: readonly Demand[], services: readonly AnyService[], horizon: Horizon): Choices {
  let unmet: string | undefined;
  const choices = new Map<string, Choice>();
  for (const demand of demands) {
    const metric = metricOf(demand.selector, services);
    const labels = labelsFor(demand.selector, metric, services);
    if (typeof labels === "string") {
      unmet ??= labels;
      continue;
    }
    const key = labelKey(withoutBound(labels));
    // Who wants something absent gives way to who wants the same thing there.
    const before = choices.get(key);
    if (before !== undefined && demand.direction === "absent") continue;
    choices.set(key, waysOf(labels, demand, metric, horizon));
  }
  return { choices: [...choices.values()], unmet };
}

function withoutBound({ le: _, ...labels }: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return labels;
}

function metricOf({ name }: VectorSelector, services: readonly AnyService[]): AnyMetric | undefined {
  const all = services.flatMap(({ spec }) => Object.values(spec.metrics ?? {}));
  return (
    all.find(({ definition }) => definition.name === name) ??
    all.find(({ definition }) => isPart(name, definition.name))
  );
}

function isPart(series: string | undefined, metric: string): boolean {
  return series !== undefined && ["_bucket", "_count", "_sum"].some((suffix) => series === metric + suffix);
}

/** Labels that the selector accepts, with those that the metric declares. */
function labelsFor(
  selector: VectorSelector,
  metric: AnyMetric | undefined,
  services: readonly AnyService[],
): Readonly<Record<string, string>> | string {
  const declared: Readonly<Record<string, LabelDomain>> = metric?.definition.spec.labels ?? {};
  const names = new Set([...Object.keys(declared), ...selector.matchers.map(({ name }) => name)]);
  const labels: Record<string, string> = {};
  for (const name of names) {
    if (name === METRIC_NAME) continue;
    const matchers = selector.matchers.filter((matcher) => matcher.name === name);
    const tests = matchers.map(matcherTest);
    const samples = matchers.flatMap(({ op, value }) =>
      op === "=" ? [value] : op === "=~" ? [sampleOf(value) ?? ""] : [],
    );
    const domain = declared[name]?.values ?? [];
    const value = [...samples, ...domain, `some-${name}`, "other", ""].find((text) =>
      tests.every((test) => test(text)),
    );
    if (value === undefined)
      return `no value of the label ${JSON.stringify(name)} fits ${matchers.map(({ op, value }) => `${name}${op}${JSON.stringify(value)}`).join(" and ")}`;
    if (domain.length > 0 && !domain.includes(value))
      return `${selector.name} has the label ${name} with ${domain.join(", ")} only, and none of these is selected`;
    labels[name] = value;
  }
  const named = { ...selector, matchers: [] };
  const owner: AnyMetric =
    metric === undefined ? { definition: NOBODYS, selector: named } : { ...metric, selector: named };
  return seriesLabels({ definition: owner.definition, selector: named }, labels, services);
}

const NOBODYS = { kind: "Metric", type: "gauge", name: "", spec: { help: "" }, origin: {} } as const;

function waysOf(
  labels: Readonly<Record<string, string>>,
  demand: Demand,
  metric: AnyMetric | undefined,
  { samples }: Horizon,
): Choice {
  const one = (values: string): readonly GivenSeries[] => [{ labels, values }];
  if (demand.direction === "absent") return [[]];
  if (metric?.definition.type === "native histogram")
    return native(demand).map((at) => one(nativeNotation(at, samples)));
  if (labels.le !== undefined || demand.selector.name?.endsWith("_bucket"))
    return buckets(labels, metric, demand, samples);
  return (demand.counts ? slopes(demand) : levels(demand)).map(({ from, step }) =>
    one(
      step === 0
        ? `${numberText(from)}x${samples}`
        : `${numberText(from)}${step > 0 ? "+" : "-"}${numberText(Math.abs(step))}x${samples}`,
    ),
  );
}

interface Line {
  readonly from: number;
  /** From one sample to the next. */
  readonly step: number;
}

function levels({ direction, values }: Demand): readonly Line[] {
  const near = values.flatMap((value) => [value, value + 1, value - 1, value * 2, value / 2]);
  const sorted = [...new Set([...near, 0, 1, 100, 1e9, -1e9])].filter(Number.isFinite);
  const high = direction === "high";
  // The nearest value beyond what it is compared with is what a person would choose.
  const score = (value: number) => {
    const beyond = values.every((one) => (high ? value > one : value < one));
    // Whole things are more usual than half ones.
    const fraction = Number.isInteger(value) || values.some((one) => !Number.isInteger(one)) ? 0 : 10;
    return (
      fraction + (direction === "present" || beyond ? 0 : 1e12) + Math.abs(value - (values[0] ?? (high ? 100 : 0)))
    );
  };
  const flat = sorted.sort((a, b) => score(a) - score(b)).map((from) => ({ from, step: 0 }));
  return flat;
}

function slopes({ direction, values }: Demand): readonly Line[] {
  const rising = [60, 1, 6000, 6e6].map((step) => ({ from: 0, step }));
  const falling = [
    { from: 1000, step: -1 },
    { from: 1e6, step: -1e3 },
  ];
  const flat = [0, 1, ...values].map((from) => ({ from, step: 0 }));
  if (direction === "low") return [...flat, { from: 0, step: 1 }, ...falling, ...rising];
  return [...rising, ...flat, ...falling];
}

/** Where most observations lie. */
function native({ direction, values }: Demand): readonly number[] {
  const around = values.filter((value) => value > 0).flatMap((value) => [value * 2, value / 2, value * 100]);
  const sorted = [...around, 1, 1000, 0.001].sort((a, b) => (direction === "low" ? a - b : b - a));
  return direction === "present" ? around.concat(1) : sorted;
}

function nativeNotation(at: number, samples: number): string {
  const index = Math.ceil(Math.log2(at) * 2);
  const histogram = (count: number) =>
    `{{schema:1 count:${count} sum:${numberText(count * at)} offset:${index} buckets:[${count}]}}`;
  return `${histogram(0)}+${histogram(60)}x${samples}`;
}

/** A classic histogram: all observations in one of its buckets. */
function buckets(
  labels: Readonly<Record<string, string>>,
  metric: AnyMetric | undefined,
  { direction, values }: Demand,
  samples: number,
): Choice {
  const declared =
    (metric?.definition.spec as { readonly buckets?: readonly number[] } | undefined)?.buckets ?? around(values);
  const bounds = [...declared.map(numberText), "+Inf"];
  const ways = bounds.map((_, full) =>
    bounds.map((le, i) => ({ labels: { ...labels, le }, values: i < full ? `0x${samples}` : `0+60x${samples}` })),
  );
  return direction === "low" ? ways : ways.reverse();
}

/** Bounds that lie on both sides of what a quantile is compared with. */
function around(values: readonly number[]): readonly number[] {
  const beyond = values.filter((value) => value > 0 && Number.isFinite(value)).map((value) => value * 2);
  return [...new Set([0.1, 1, 10, ...beyond])].sort((a, b) => a - b);
}
