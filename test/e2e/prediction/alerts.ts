/** What Prometheus must have sent to Alertmanager: the rules of `out/`, evaluated when it evaluated them. */
import type { Delivery } from "../../../src/alertmanager/alert/alert.ts";
import { deliveriesOfRules } from "../../../src/alertmanager/send/rule-alerts.ts";
import type { LabelSet } from "../../../src/label/label-set.ts";
import { readsOf } from "../../../src/rule/dependencies.ts";
import type { InputSeries } from "../../../src/rule/input.ts";
import { ALERTS, type RuleGroup } from "../../../src/rule/rule.ts";
import { runRules } from "../../../src/rule/run.ts";
import type { KeptSample, KeptSeries } from "./kept.ts";

export interface Evaluation {
  readonly kept: readonly KeptSeries[];
  readonly intervalOf: (group: RuleGroup) => number;
  /** The time of an evaluation, where a group left no trace of its own in the series. */
  readonly evaluatedAt: (group: RuleGroup) => number;
  readonly externalLabels: LabelSet;
  readonly externalUrl: string;
  /** In milliseconds since 1970, as all times here. */
  readonly startMs: number;
  readonly endMs: number;
}

/** Everything that the rules of the groups make Prometheus post. */
export function postedAlerts(groups: readonly RuleGroup[], evaluation: Evaluation): readonly Delivery[] {
  return groups.flatMap((group) => postsOfGroup(group, evaluation));
}

/** Each group has its own times: they lie anywhere between those of another. */
function postsOfGroup(group: RuleGroup, evaluation: Evaluation): readonly Delivery[] {
  const { kept, startMs, endMs, externalLabels, externalUrl } = evaluation;
  const interval = evaluation.intervalOf(group);
  const own = kept.filter(({ labels }) => isWrittenBy(group, labels));
  const evaluatedMs = own[0]?.samples[0]?.timeMs ?? evaluation.evaluatedAt(group);
  const firstMs = startMs + modulo(evaluatedMs - startMs, interval);
  const read = kept.filter((series) => !own.includes(series) && isReadBy(group, series.labels));
  const clock = { groups: [group], startMs: firstMs, endMs, intervalOf: () => interval };
  const { alerts, failures } = runRules({
    ...clock,
    inputs: read.map((series) => toInput(series, firstMs, interval)),
    query: {},
    isWatched: () => true,
    reads: () => false,
    texts: { externalLabels, externalUrl, serverUrl: externalUrl },
    stopAtFailure: false,
  });
  for (const { rule, message } of failures) throw new Error(`${rule.name} cannot be evaluated: ${message}`);
  return deliveriesOfRules({ ...clock, alerts, externalLabels, externalUrl }).deliveries;
}

function isWrittenBy({ rules }: RuleGroup, { __name__: metric, alertname }: LabelSet): boolean {
  return rules.some(({ kind, name }) =>
    kind === "recording" ? name === metric : metric === ALERTS && name === alertname,
  );
}

function isReadBy({ rules }: RuleGroup, { __name__: metric = "" }: LabelSet): boolean {
  return rules.some(({ expr }) => readsOf(expr)(metric));
}

/** A series in series notation, to the millisecond. */
function toInput({ labels, samples }: KeptSeries, firstMs: number, interval: number): InputSeries {
  const items: InputSeries["items"][number][] = [];
  const beginMs = samples[0] === undefined ? firstMs : timeFor(samples[0], firstMs, interval);
  let nextMs = beginMs;
  for (const sample of samples) {
    const timeMs = timeFor(sample, firstMs, interval);
    if (timeMs > nextMs) items.push({ kind: "omitted", times: timeMs - nextMs });
    const { value } = sample;
    items.push(value === "stale" ? { kind: "stale" } : { kind: "float", value, step: 0, times: 0 });
    nextMs = timeMs + 1;
  }
  return { labels, items, intervalMs: 1, offsetMs: beginMs - firstMs };
}

/** The time of a sample, or just behind the evaluation that came too early to see it. */
function timeFor({ timeMs, seenMs }: KeptSample, firstMs: number, interval: number): number {
  const evaluatedMs = seenMs - modulo(seenMs - firstMs, interval);
  return timeMs <= evaluatedMs && evaluatedMs < seenMs ? Math.floor(evaluatedMs) + 1 : timeMs;
}

function modulo(a: number, b: number): number {
  return ((a % b) + b) % b;
}
