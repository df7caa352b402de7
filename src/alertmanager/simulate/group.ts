/** An aggregation group: the alerts of one route that share their group labels, told of together. */

import { quote } from "../../gotemplate/go/quote.ts";
import { type LabelSet, labelKey } from "../../label/label-set.ts";
import { compareOrder } from "../alert/order.ts";
import type { AlertRecord } from "../alert/record.ts";
import { labelValue } from "../matcher/compile.ts";
import { compareText } from "../matcher/print.ts";
import type { Suppression } from "../notify/notification.ts";
import type { Route } from "../route/route.ts";

export class Group {
  readonly place: GroupPlace;
  /** Counts groups in the order in which they are made. */
  readonly number: number;
  readonly alerts = new Map<string, AlertRecord>();
  /** Once its last alert is resolved and told of, a group is dead: the next alert makes a new one. */
  destroyed = false;
  /** When it is flushed next, and the number by which a timer knows whether it still counts. */
  nextFlush: number;
  timer = 0;
  /** Set while all it holds are alerts that resolved and were told of long ago: there is nothing to flush. */
  idleSince: number | undefined;
  /** The last flush, from which the next ones are timed. */
  lastFlush: number | undefined;
  /** What was kept back at the last flush, by alert. */
  kept = new Map<string, { -readonly [K in keyof Suppression]: Suppression[K] }>();
  #sorted: readonly AlertRecord[] | undefined;

  constructor(place: GroupPlace, number: number, firstFlush: number) {
    this.place = place;
    this.number = number;
    this.nextFlush = firstFlush;
  }

  get route(): Route {
    return this.place.route;
  }

  get labels(): LabelSet {
    return this.place.labels;
  }

  get key(): string {
    return this.place.groupKey;
  }

  insert(alert: AlertRecord): void {
    if (this.alerts.has(alert.key)) return;
    this.alerts.set(alert.key, alert);
    this.#sorted = undefined;
  }

  remove(alert: AlertRecord): void {
    this.alerts.delete(alert.key);
    this.kept.delete(alert.key);
    this.#sorted = undefined;
    if (this.alerts.size === 0) this.destroyed = true;
  }

  /** Its alerts in the order in which they are shown. */
  get sorted(): readonly AlertRecord[] {
    this.#sorted ??= [...this.alerts.values()].sort((a, b) => compareOrder(a.order, b.order));
    return this.#sorted;
  }

  /** Flushes that could change nothing are left out; what they kept back, they kept back all the same. */
  keepUntil(now: number): void {
    const { lastFlush, kept } = this;
    if (kept.size === 0 || lastFlush === undefined) return;
    const { groupInterval } = this.route.options;
    const to = lastFlush + Math.floor((now - lastFlush) / groupInterval) * groupInterval;
    for (const suppression of kept.values()) suppression.to = Math.max(suppression.to, to);
  }

  /** The first instant from `from` on at which it is due to be flushed. */
  dueFrom(from: number): number {
    const { lastFlush } = this;
    if (lastFlush === undefined) return this.nextFlush;
    const { groupInterval } = this.route.options;
    return lastFlush + Math.max(1, Math.ceil((from - lastFlush) / groupInterval)) * groupInterval;
  }
}

/** Where a route puts an alert. */
export interface GroupPlace {
  readonly route: Route;
  /** The labels of `group_by` that the alert has. */
  readonly labels: LabelSet;
  /** What no other group of the route has. */
  readonly key: string;
  /** What identifies the group towards its receivers: `{}/{team="shop"}:{alertname="SoldOut"}`. */
  readonly groupKey: string;
}

/** The group of a route to which an alert belongs. */
export function groupPlace(route: Route, alert: LabelSet): GroupPlace {
  const labels = groupLabels(route, alert);
  const names = Object.keys(labels).sort(compareText);
  const groupKey = `${route.key}:{${names.map((name) => `${name}=${quote(labels[name] as string)}`).join(", ")}}`;
  return { route, labels, key: labelKey(labels), groupKey };
}

function groupLabels({ options }: Route, labels: LabelSet): LabelSet {
  const { groupBy } = options;
  if (groupBy === undefined) return labels;
  const result: Record<string, string> = {};
  for (const name of groupBy) {
    const value = labelValue(labels, name);
    if (value !== "") result[name] = value;
  }
  return result;
}
