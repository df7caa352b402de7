/**
 * What Alertmanager holds of an alert: the last post of its labels, merged with the one before.
 * https://github.com/prometheus/alertmanager/blob/v0.34.0/alert/alert.go
 */
import { type LabelSet, labelKey } from "../../label/label-set.ts";
import type { Delivery } from "./alert.ts";
import { type OrderKey, orderKey } from "./order.ts";

/** An alert in memory. It is the same object for as long as the simulation runs. */
export class AlertRecord {
  readonly key: string;
  readonly labels: LabelSet;
  annotations: LabelSet = {};
  generatorUrl = "";
  startsAt = 0;
  updatedAt = 0;
  /** Whether its end is only `resolve_timeout`'s guess. */
  timeout = false;
  #order: OrderKey | undefined;
  /** The delivery whose posts count. */
  delivery: Delivery | undefined;
  #endsAt = 0;

  constructor(labels: LabelSet) {
    this.labels = labels;
    this.key = labelKey(labels);
  }

  /** Its place among other alerts. */
  get order(): OrderKey {
    this.#order ??= orderKey(this.labels);
    return this.#order;
  }

  /** When it ends, as far as the posts up to `now` say. */
  endsAt(now: number): number {
    const { delivery } = this;
    if (delivery?.validFor === undefined) return this.#endsAt;
    return Math.max(this.#endsAt, lastPost(delivery, now) + delivery.validFor);
  }

  /** When it ends once all posts of its delivery have come. */
  get finallyEndsAt(): number {
    return this.endsAt(Number.POSITIVE_INFINITY);
  }

  resolvedAt(now: number): boolean {
    return this.endsAt(now) <= now;
  }

  /** Takes a post. `known` is false where Alertmanager has forgotten the alert, or never knew it. */
  post(delivery: Delivery, now: number, resolveTimeout: number, known: boolean): void {
    const validUntil = delivery.validFor === undefined ? delivery.endsAt : now + delivery.validFor;
    const timeout = validUntil === undefined;
    let endsAt = validUntil ?? now + resolveTimeout;
    let { startsAt } = delivery;
    const old = { startsAt: this.startsAt, endsAt: this.endsAt(now), timeout: this.timeout };
    const overlaps =
      (endsAt > old.startsAt && endsAt < old.endsAt) || (startsAt > old.startsAt && startsAt < old.endsAt);
    if (known && overlaps) {
      startsAt = Math.min(startsAt, old.startsAt);
      if (endsAt <= now ? old.endsAt <= now && old.endsAt > endsAt : old.endsAt > endsAt && !old.timeout)
        endsAt = old.endsAt;
    }
    this.annotations = delivery.annotations;
    this.generatorUrl = delivery.generatorUrl ?? "";
    this.startsAt = startsAt;
    this.#endsAt = endsAt;
    this.timeout = timeout;
    this.updatedAt = now;
    this.delivery = delivery;
  }
}

/** The last post of a delivery up to `now`. */
export function lastPost({ at, every, until }: Delivery, now: number): number {
  if (every === undefined || until === undefined) return at;
  return at + Math.floor((Math.min(now, until) - at) / every) * every;
}

/** The first post of a delivery after `now`, if there is one. */
export function nextPost(delivery: Delivery, now: number): number | undefined {
  const { at, every, until } = delivery;
  if (now < at) return at;
  if (every === undefined || until === undefined) return undefined;
  const next = lastPost(delivery, now) + every;
  return next <= until ? next : undefined;
}
