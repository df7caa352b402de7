/** The order of alerts within a notification: by job, instance, and then all labels. */
import type { LabelSet } from "../../label/label-set.ts";
import { compareText } from "../matcher/print.ts";

/** What an alert's place in the order depends on, worked out once. */
export interface OrderKey {
  readonly job: string | undefined;
  readonly instance: string | undefined;
  /** Names and values in turn, by name. */
  readonly labels: readonly string[];
}

export function orderKey(labels: LabelSet): OrderKey {
  const names = Object.keys(labels).sort(compareText);
  const { job, instance } = labels;
  return { job, instance, labels: names.flatMap((name) => [name, labels[name] as string]) };
}

/** Orders two alerts as Alertmanager does. */
export function compareOrder(a: OrderKey, b: OrderKey): number {
  return compareOptional(a.job, b.job) || compareOptional(a.instance, b.instance) || compareLabels(a.labels, b.labels);
}

/** Who has the label goes first. */
function compareOptional(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  return b === undefined ? -1 : compareText(a, b);
}

/** Fewer labels first, then by the first label that differs. */
function compareLabels(a: readonly string[], b: readonly string[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const order = compareText(a[i] as string, b[i] as string);
    // Of two names, the alert that lacks the smaller one goes first.
    if (order !== 0) return i % 2 === 0 ? -order : order;
  }
  return 0;
}
