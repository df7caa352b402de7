/** Labels and annotations of a rule's alerts: read once, expanded at each evaluation. */

import { histogramText } from "../../engine/histogram/text.ts";
import type { Labels, LabelTable } from "../../engine/labels/labels.ts";
import { type AlertData, expandAlertText } from "../../gotemplate/alert/alert-text.ts";
import type { QueryFunction } from "../../gotemplate/go/function.ts";
import { METRIC_NAME } from "../../label/label-set.ts";
import type { AlertingRule } from "../rule.ts";
import type { AlertSample } from "./alert.ts";

/** What texts may speak of besides the alert itself. */
export interface TextWorld {
  readonly externalLabels: Readonly<Record<string, string>>;
  /** What `$externalURL` holds. */
  readonly externalUrl: string;
  /** What the functions `externalURL` and `pathPrefix` go by; they fail where it is not known. */
  readonly serverUrl?: string | undefined;
  readonly query?: QueryFunction | undefined;
}

export const ALERT_NAME = "alertname";

/** Expands the texts of one rule. */
export class AlertTexts {
  readonly #rule: AlertingRule;
  readonly #table: LabelTable;
  readonly #world: TextWorld;
  readonly #labels: readonly (readonly [name: string, text: string])[];
  /** The alerts' labels by those of their samples, where no label's text depends on anything else. */
  readonly #known: Map<Labels, Labels> | undefined;

  constructor(rule: AlertingRule, table: LabelTable, world: TextWorld) {
    this.#rule = rule;
    this.#table = table;
    this.#world = world;
    this.#labels = Object.entries(rule.labels);
    this.#known = this.#labels.some(([, text]) => text.includes("{{")) ? undefined : new Map();
  }

  /** The labels of the alert that a sample stands for. */
  labels(sample: AlertSample): Labels {
    const known = this.#known?.get(sample.labels);
    if (known !== undefined) return known;
    const own = this.#labels.map(([name, text]) => [name, this.#expand(text, sample)] as const);
    const changes = [[METRIC_NAME, ""] as const, ...own, [ALERT_NAME, this.#rule.name] as const];
    const labels = this.#table.with(sample.labels, changes);
    this.#known?.set(sample.labels, labels);
    return labels;
  }

  annotations(sample: AlertSample): Readonly<Record<string, string>> {
    const result: [string, string][] = [];
    for (const [name, text] of Object.entries(this.#rule.annotations)) result.push([name, this.#expand(text, sample)]);
    return Object.fromEntries(result);
  }

  #expand(text: string, { labels, value, histogram, timeMs }: AlertSample): string {
    if (!text.includes("{{")) return text;
    const { externalLabels, externalUrl, serverUrl, query } = this.#world;
    const data: AlertData = {
      labels: labels.toRecord(),
      value: histogram === undefined ? value : { toString: () => histogramText(histogram) },
      externalLabels,
      externalURL: externalUrl,
      serverURL: serverUrl,
      now: timeMs,
      query,
    };
    return expandAlertText(this.#rule.name, text, data);
  }
}
