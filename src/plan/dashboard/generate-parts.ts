/** What generated dashboards are put together from: which part of a service a metric tells of. */

import type { Matcher } from "../../label/matcher.ts";
import { quoteRegex } from "../../label/regex.ts";
import type { LabelDomain } from "../../model/labels.ts";
import type { MetricDefinition } from "../../model/metric/metric.ts";

/** What a metric tells of. https://sre.google/sre-book/monitoring-distributed-systems/#xref_monitoring_golden-signals */
export type Aspect = "requests" | "errors" | "duration" | "saturation" | "state" | "business" | "about";

const ERRORS =
  /(?:^|_)(?:errors?|fail(?:ed|ures?)?|exceptions?|timeouts?|dropped|drops|rejected|retries|crashes|panics?)(?:_|$)/;
const REQUESTS = /(?:^|_)(?:requests?|calls?|quer(?:y|ies)|rpcs?|http|grpc|messages?|probes?|searches|search)(?:_|$)/;
const FULL =
  /(?:^|_)(?:in_?flight|queued?|pending|backlog|open|active|connections?|threads?|goroutines|utili[sz]ation|saturation|usage|used|memory|filesystem|disk|avail(?:able)?|free|load1?5?)(?:_|$)/i;

/** Which part of a service a metric tells of, by its kind, its unit and its name. */
export function aspectOf(metric: MetricDefinition): Aspect {
  const { type, name } = metric;
  if (type === "info") return "about";
  const unit = unitOf(metric);
  if (type === "histogram" || type === "native histogram" || type === "summary")
    return unit === "seconds" ? "duration" : "business";
  if (type === "counter") {
    if (unit === "seconds") return "saturation";
    if (ERRORS.test(name)) return "errors";
    return REQUESTS.test(name) ? "requests" : "business";
  }
  if (isState(metric)) return "state";
  if (/_timestamp_seconds$/.test(name)) return "business";
  return unit === "bytes" || unit === "ratio" || FULL.test(name) ? "saturation" : "business";
}

/** The unit that a metric is said to have, or that its name ends with. */
export function unitOf({ name, spec }: MetricDefinition): string | undefined {
  return spec.unit ?? /_(seconds|bytes|ratio|percent|celsius)(?:_total)?$/.exec(name)?.[1];
}

/** Whether a gauge is 1 for true and 0 for false. */
function isState({ name, spec }: MetricDefinition): boolean {
  return /^whether\b/i.test(spec.help) || /_(?:success|up|successful|healthy|enabled|ready)$/.test(name);
}

/** More series than this cannot be told apart on one panel. */
const READABLE = 12;

export interface MainLabel {
  readonly name: string;
  /** Whether it has too many values to show them all. */
  readonly many: boolean;
}

/** The label that splits a metric best: the first that can be read whole, else the smallest. */
export function mainLabel({ spec }: MetricDefinition): MainLabel | undefined {
  const labels = Object.entries<LabelDomain>(spec.labels ?? {}).filter(([, { cardinality }]) => cardinality > 1);
  const readable = labels.find(([, { cardinality }]) => cardinality <= READABLE);
  if (readable !== undefined) return { name: readable[0], many: false };
  const [least] = labels.sort(([, a], [, b]) => a.cardinality - b.cardinality);
  return least === undefined ? undefined : { name: least[0], many: true };
}

const CODE = /^(?:code|status|status_?code|http_status|http_code|response_code)$/;
const OUTCOME = /^(?:outcome|result|status|state|success|error)$/;
const FAILED = /fail|error|timeout|abort|exception|crash|panic|^5(?:\d\d|xx|\.\.)?$/i;

/** Which of a metric's series count what went wrong, where a label tells. */
export function failures({ spec }: MetricDefinition): Matcher | undefined {
  for (const [name, { values }] of Object.entries<LabelDomain>(spec.labels ?? {})) {
    const failed = values?.filter((value) => FAILED.test(value)) ?? [];
    if ((CODE.test(name) || OUTCOME.test(name)) && failed.length > 0 && failed.length < (values?.length ?? 0))
      return { name, op: "=~", value: failed.map(quoteRegex).join("|") };
    if (CODE.test(name) && values === undefined) return { name, op: "=~", value: "5.." };
  }
  return undefined;
}

/** `catalog_inventory_items` as words: "Inventory items". */
export function wordsOf({ name }: MetricDefinition, service: string): string {
  const prefix = `${service.replace(/\W+/g, "_")}_`;
  const plain = (name.startsWith(prefix) ? name.slice(prefix.length) : name)
    .replace(/_(?:total|seconds|bytes|ratio|info|timestamp_seconds)$/g, "")
    .replace(/_(?:timestamp|seconds|bytes|duration)$/g, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_:]+/g, " ")
    .trim();
  const words = plain === "" ? name : plain;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
