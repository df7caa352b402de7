/**
 * What Prometheus posts while its rules are evaluated: firing alerts again and again, resolved ones for a quarter of an hour.
 * https://github.com/prometheus/prometheus/blob/v3.14.0/rules/alerting.go
 */
import { type LabelSet, labelKey } from "../../label/label-set.ts";
import { memoized } from "../../util/memo.ts";
import type { Delivery } from "../alert/alert.ts";

/** An alert as an evaluation left it. */
export interface EvaluatedAlert {
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
  readonly state: "pending" | "firing";
  /** When it began to fire, in milliseconds since 1970; for a pending alert it does not matter. */
  readonly firedAt: number;
  readonly generatorUrl?: string | undefined;
}

export interface SenderOptions {
  /** How often the rule's group is evaluated, in milliseconds. */
  readonly interval: number;
  /** `--rules.alert.resend-delay`, in milliseconds. */
  readonly resendDelay?: number;
}

/** The labels of an alert are the same object at each evaluation. */
const keyOf = memoized(labelKey);

const RESEND_DELAY = 60_000;
const RESOLVED_RETENTION = 900_000;

interface Sent {
  /** As the last evaluation that found it left it. */
  alert: EvaluatedAlert;
  lastSentAt: number;
  resolvedAt: number | undefined;
}

/** The alerts of one rule on their way to Alertmanager. */
export class AlertSender {
  readonly #sent = new Map<string, Sent>();
  readonly #resendDelay: number;
  readonly #validFor: number;

  constructor({ interval, resendDelay = RESEND_DELAY }: SenderOptions) {
    this.#resendDelay = resendDelay;
    this.#validFor = 4 * Math.max(interval, resendDelay);
  }

  /** What an evaluation at `at`, which left these alerts active, makes Prometheus post. */
  evaluated(at: number, active: Iterable<EvaluatedAlert>): readonly Delivery[] {
    const posts: Delivery[] = [];
    const seen = new Set<string>();
    for (const alert of active) {
      const key = keyOf(alert.labels);
      seen.add(key);
      if (alert.state === "pending") {
        // An alert that is pending again is a new one: the resolved one before it is no longer repeated.
        this.#sent.delete(key);
        continue;
      }
      const sent = this.#sent.get(key);
      if (sent !== undefined && sent.resolvedAt === undefined && sent.lastSentAt + this.#resendDelay >= at) {
        sent.alert = alert;
        continue;
      }
      this.#sent.set(key, { alert, lastSentAt: at, resolvedAt: undefined });
      posts.push(toDelivery(alert, at, at + this.#validFor));
    }
    for (const [key, sent] of this.#sent) {
      if (seen.has(key)) continue;
      if (sent.resolvedAt !== undefined && at - sent.resolvedAt > RESOLVED_RETENTION) {
        this.#sent.delete(key);
        continue;
      }
      const first = sent.resolvedAt === undefined;
      sent.resolvedAt ??= at;
      if (!first && sent.lastSentAt + this.#resendDelay >= at) continue;
      sent.lastSentAt = at;
      posts.push(toDelivery(sent.alert, at, sent.resolvedAt));
    }
    return posts;
  }
}

function toDelivery(alert: EvaluatedAlert, at: number, endsAt: number): Delivery {
  const { labels, annotations, firedAt: startsAt, generatorUrl } = alert;
  return { at, labels, annotations, startsAt, endsAt, generatorUrl };
}

/** One stretch of firing, for those who know it beforehand. Instants are milliseconds since 1970. */
export interface Firing {
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
  /** The evaluation at which it begins to fire. */
  readonly firedAt: number;
  /** The evaluation that finds it gone; left out, it fires as long as anyone looks. */
  readonly resolvedAt?: number | undefined;
  readonly generatorUrl?: string | undefined;
}

/** What Prometheus posts for a stretch of firing: the same as {@link AlertSender}, in two deliveries. */
export function deliveriesOf(
  firing: Firing,
  { interval, resendDelay = RESEND_DELAY }: SenderOptions,
  horizon: number,
): readonly Delivery[] {
  const { labels, annotations, firedAt, resolvedAt, generatorUrl } = firing;
  // Repeated at the first evaluation at which more than the delay has passed.
  const every = interval * (Math.floor(resendDelay / interval) + 1);
  const common = { labels, annotations, startsAt: firedAt, generatorUrl, every };
  const last = resolvedAt === undefined ? horizon : resolvedAt - interval;
  const posts: Delivery[] = [{ ...common, at: firedAt, until: last, validFor: 4 * Math.max(interval, resendDelay) }];
  if (resolvedAt !== undefined)
    posts.push({ ...common, at: resolvedAt, until: resolvedAt + RESOLVED_RETENTION, endsAt: resolvedAt });
  return posts;
}
