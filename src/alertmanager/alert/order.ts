/** The order of alerts within a notification: by job, instance, and then all labels. */
import type { LabelSet } from "../../label/label-set.ts";
import { compareText } from "../matcher/print.ts";

/** Orders two label sets as Alertmanager orders the alerts of a notification. */
export function compareAlertLabels(a: LabelSet, b: LabelSet): number {
  for (const name of ["job", "instance"]) {
    const x = a[name];
    const y = b[name];
    if (x === y) continue;
    // Who has the label goes first.
    if (x === undefined) return 1;
    if (y === undefined) return -1;
    return compareText(x, y);
  }
  return compareLabelSets(a, b);
}

/** Fewer labels first, then by the first label that differs. */
export function compareLabelSets(a: LabelSet, b: LabelSet): number {
  const names = Object.keys(a).sort(compareText);
  const others = Object.keys(b).sort(compareText);
  if (names.length !== others.length) return names.length - others.length;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const other = others[i] as string;
    // The one that lacks the smaller name goes first.
    if (name !== other) return compareText(name, other) < 0 ? 1 : -1;
    const order = compareText(a[name] as string, b[name] as string);
    if (order !== 0) return order;
  }
  return 0;
}
