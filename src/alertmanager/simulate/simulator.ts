/**
 * Alertmanager on a clock of its own: alerts come in, and out comes who is told what, when, or why not. Nothing happens
 * between events, so that a quiet day costs nothing.
 *
 * Follows the dispatcher and the notification pipeline of Alertmanager 0.34, with receivers that answer at once.
 * https://github.com/prometheus/alertmanager/blob/v0.34.0/dispatch/dispatch.go
 * https://github.com/prometheus/alertmanager/blob/v0.34.0/notify/notify.go
 */
import { type LabelSet, labelKey } from "../../label/label-set.ts";
import type { Delivery } from "../alert/alert.ts";
import { AlertRecord, nextPost } from "../alert/record.ts";
import type { AlertmanagerConfig } from "../config/config.ts";
import { type IntegrationConfig, RECEIVER_KINDS, type ReceiverConfig, type ReceiverKind } from "../config/receiver.ts";
import { Inhibitor } from "../inhibit/inhibitor.ts";
import { compileInhibitRules } from "../inhibit/rule.ts";
import type {
  Integration,
  Notification,
  NotificationReason,
  NotifiedAlert,
  Suppression,
  SuppressionReason,
  Timeline,
} from "../notify/notification.ts";
import { NotificationLog, reasonToNotify } from "../notify/notification-log.ts";
import { compileRoutes, matchRoutes, type Route, walkRoutes } from "../route/route.ts";
import { type Silence, Silencer } from "../silence/silence.ts";
import { IntervalClock } from "../time-interval/interval-clock.ts";
import { EventQueue } from "./event-queue.ts";
import { Group, type GroupPlace, groupPlace } from "./group.ts";

export interface SimulatorOptions {
  /** When Alertmanager starts, in milliseconds since 1970. Its periodic clean-ups are timed from here. */
  readonly start?: number;
  readonly silences?: readonly Silence[];
  /** Alertmanager's flags, in milliseconds: `--alerts.gc-interval`, `--data.retention`, `--data.maintenance-interval`. */
  readonly alertGcInterval?: number;
  readonly retention?: number;
  readonly maintenanceInterval?: number;
}

interface ReceiverIntegration extends Integration {
  readonly sendResolved: boolean;
  readonly maxAlerts: number;
}

type Event =
  | { readonly kind: "post"; readonly delivery: Delivery }
  | { readonly kind: "repost"; readonly alert: AlertRecord; readonly delivery: Delivery }
  | { readonly kind: "collect" }
  | { readonly kind: "flush"; readonly group: Group; readonly timer: number };

/** At the same instant alerts come in before groups are flushed. */
const RANK: Readonly<Record<Event["kind"], number>> = { post: 0, repost: 0, collect: 1, flush: 2 };

const INHIBITOR_GC = 900_000;

/** An Alertmanager that runs on simulated time. */
export class Simulator {
  readonly root: Route;
  readonly #resolveTimeout: number;
  readonly #integrations: ReadonlyMap<string, readonly ReceiverIntegration[]>;
  readonly #inhibitor: Inhibitor;
  readonly #silencer: Silencer;
  readonly #clock: IntervalClock;
  readonly #log: NotificationLog;
  readonly #start: number;
  readonly #alertGcInterval: number;
  /** Routes that share their key with another, and with it what the notification log says. */
  readonly #sharedKeys: ReadonlySet<string>;

  readonly #queue = new EventQueue<Event>();
  readonly #alerts = new Map<string, AlertRecord>();
  readonly #groups = new Map<Route, Map<string, Group>>();
  readonly #places = new WeakMap<AlertRecord, readonly GroupPlace[]>();
  readonly #reposting = new Set<AlertRecord>();
  #collecting = false;
  #groupCount = 0;
  #now: number;
  #notifications: Notification[] = [];
  readonly #suppressions: Suppression[] = [];

  constructor(config: AlertmanagerConfig, options: SimulatorOptions = {}) {
    this.#start = options.start ?? 0;
    this.#now = Number.NEGATIVE_INFINITY;
    this.root = compileRoutes(config.route);
    this.#resolveTimeout = config.global.resolve_timeout;
    this.#integrations = new Map(config.receivers.map((receiver) => [receiver.name, integrationsOf(receiver)]));
    this.#inhibitor = new Inhibitor(compileInhibitRules(config.inhibit_rules), (source) => this.#watch(source));
    this.#silencer = new Silencer(options.silences ?? []);
    const intervals = [...config.mute_time_intervals, ...config.time_intervals];
    this.#clock = new IntervalClock(new Map(intervals.map(({ name, time_intervals }) => [name, time_intervals])));
    this.#alertGcInterval = options.alertGcInterval ?? 1_800_000;
    this.#log = new NotificationLog({
      start: this.#start,
      retention: options.retention ?? 432_000_000,
      maintenance: options.maintenanceInterval ?? 900_000,
    });
    this.#sharedKeys = sharedKeys(this.root);
  }

  /** Takes a delivery. Its first post must not lie in the past. */
  deliver(delivery: Delivery): void {
    this.#schedule(delivery.at, { kind: "post", delivery });
  }

  /** Lets time pass up to and including `until`, and gives the notifications of that time. */
  advance(until: number): readonly Notification[] {
    const before = this.#notifications.length;
    while (this.#queue.nextAt <= until) {
      this.#now = this.#queue.nextAt;
      const event = this.#queue.take() as Event;
      if (event.kind === "flush") this.#flushDue(event.group, event.timer);
      else if (event.kind === "post") this.#post(event.delivery);
      else if (event.kind === "repost") this.#repost(event.alert, event.delivery);
      else this.#collect();
    }
    this.#now = until;
    return this.#notifications.slice(before);
  }

  /** Everything so far. */
  timeline(): Timeline {
    for (const groups of this.#groups.values()) for (const group of groups.values()) group.keepUntil(this.#now);
    return { notifications: [...this.#notifications], suppressions: [...this.#suppressions] };
  }

  #schedule(at: number, event: Event): void {
    this.#queue.add(at, RANK[event.kind], event);
  }

  // ——— Alerts come in ———

  #post(delivery: Delivery): void {
    const now = this.#now;
    const labels = withoutEmpty(delivery.labels);
    const key = labelKey(labels);
    let alert = this.#alerts.get(key);
    const known = alert !== undefined && !this.#forgotten(alert, now);
    if (alert === undefined) {
      alert = new AlertRecord(labels);
      this.#alerts.set(key, alert);
    }
    alert.post(delivery, now, this.#resolveTimeout, known);
    this.#accept(alert, now);
    // Repeating what fires only moves its end, which the record knows. What has ended can make a new group each time.
    if (delivery.validFor === undefined) {
      const next = nextPost(delivery, now);
      if (next !== undefined) this.#schedule(next, { kind: "repost", alert, delivery });
    }
  }

  #repost(alert: AlertRecord, delivery: Delivery): void {
    if (alert.delivery !== delivery) return;
    this.#reposting.delete(alert);
    if (delivery.validFor !== undefined) {
      if (this.#inhibitor.posted(alert, this.#now)) this.#watch(alert);
      return;
    }
    alert.post(delivery, this.#now, this.#resolveTimeout, !this.#forgotten(alert, this.#now));
    this.#accept(alert, this.#now);
    const next = nextPost(delivery, this.#now);
    if (next !== undefined) this.#schedule(next, { kind: "repost", alert, delivery });
  }

  /** Resolved alerts are dropped every half hour, after which nothing is merged with them. */
  #forgotten(alert: AlertRecord, now: number): boolean {
    const last = this.#start + Math.floor((now - this.#start) / this.#alertGcInterval) * this.#alertGcInterval;
    return alert.updatedAt < last && alert.endsAt(last) <= last;
  }

  #accept(alert: AlertRecord, now: number): void {
    if (this.#inhibitor.posted(alert, now)) this.#watch(alert);
    this.#collectLater(now);
    for (const place of this.#placesOf(alert)) this.#group(alert, place, now);
  }

  /** Makes the next post of a source count, because another one stands in the inhibitor's index. */
  #watch(source: AlertRecord): void {
    const { delivery } = source;
    if (delivery?.validFor === undefined || this.#reposting.has(source)) return;
    const next = nextPost(delivery, this.#now);
    if (next === undefined) return;
    this.#reposting.add(source);
    this.#schedule(next, { kind: "repost", alert: source, delivery });
  }

  #collectLater(now: number): void {
    if (this.#collecting || !this.#inhibitor.hasSources) return;
    this.#collecting = true;
    const next = this.#start + (Math.floor((now - this.#start) / INHIBITOR_GC) + 1) * INHIBITOR_GC;
    this.#schedule(next, { kind: "collect" });
  }

  #collect(): void {
    this.#collecting = false;
    if (this.#inhibitor.collectGarbage(this.#now)) this.#collectLater(this.#now);
  }

  // ——— Alerts are grouped ———

  #placesOf(alert: AlertRecord): readonly GroupPlace[] {
    let places = this.#places.get(alert);
    if (places === undefined) {
      places = matchRoutes(this.root, alert.labels).map((route) => groupPlace(route, alert.labels));
      this.#places.set(alert, places);
    }
    return places;
  }

  #group(alert: AlertRecord, place: GroupPlace, now: number): void {
    let groups = this.#groups.get(place.route);
    if (groups === undefined) {
      groups = new Map();
      this.#groups.set(place.route, groups);
    }
    const existing = groups.get(place.key);
    if (existing !== undefined && !existing.destroyed && (existing.idleSince ?? now) === now) {
      existing.insert(alert);
      const idle = existing.idleSince !== undefined;
      if (idle && this.#changesNothing(existing, alert, now)) return;
      existing.idleSince = undefined;
      const due = idle ? now : existing.dueFrom(now);
      if (idle || due < existing.nextFlush) this.#flushAt(existing, due);
      return;
    }
    const { groupWait } = place.route.options;
    // An alert that has waited long enough elsewhere waits no more.
    const old = alert.startsAt + groupWait < now;
    const group = new Group(place, this.#groupCount++, old ? now : now + groupWait);
    group.insert(alert);
    groups.set(place.key, group);
    // Prometheus repeats what has resolved for a while. Each time a group is made for it that is flushed at once, in vain.
    if (old && this.#changesNothing(group, alert, now)) group.idleSince = now;
    else this.#flushAt(group, group.nextFlush);
  }

  /** Whether an alert is resolved, and none of the receivers knows of anything that fires in its group. */
  #changesNothing(group: Group, alert: AlertRecord, now: number): boolean {
    if (!alert.resolvedAt(now)) return false;
    const integrations = this.#integrations.get(group.route.options.receiver) ?? [];
    return integrations.every((integration) => !this.#log.get(logKey(group, integration), now)?.firing.size);
  }

  #flushAt(group: Group, at: number): void {
    group.nextFlush = at;
    group.timer++;
    if (at === Number.POSITIVE_INFINITY) return;
    // At the same instant the older group goes first, whenever its timer was set.
    this.#queue.add(at, RANK.flush, { kind: "flush", group, timer: group.timer }, group.number);
  }

  // ——— Groups are flushed ———

  #flushDue(group: Group, timer: number): void {
    if (group.timer !== timer || group.destroyed) return;
    const now = this.#now;
    group.keepUntil(now - 1);
    group.lastFlush = now;
    const alerts = group.sorted;
    const { passed, reasons } = this.#filter(group, alerts, now);
    this.#recordKept(group, reasons, now);
    if (passed.length > 0) this.#notify(group, passed, now);
    for (const alert of alerts) if (alert.resolvedAt(now)) group.remove(alert);
    if (group.destroyed) {
      this.#groups.get(group.route)?.delete(group.place.key);
      return;
    }
    this.#flushAt(group, group.dueFrom(this.#nextConcern(group, now)));
  }

  /** The alerts that get past inhibition, time intervals and silences, and why the others do not. */
  #filter(group: Group, alerts: readonly AlertRecord[], now: number): Filtered {
    const reasons = new Map<AlertRecord, SuppressionReason>();
    let passed = alerts.filter((alert) => {
      const inhibition = this.#inhibitor.inhibitedBy(alert, now);
      if (inhibition === undefined) return true;
      reasons.set(alert, { kind: "inhibited", by: inhibition.source.labels, rule: inhibition.rule.index });
      return false;
    });
    const timed = this.#timeReason(group.route, now);
    if (timed !== undefined) {
      for (const alert of passed) reasons.set(alert, timed);
      return { passed: [], reasons };
    }
    passed = passed.filter((alert) => {
      const silences = this.#silencer.mutedBy(alert.labels, now);
      if (silences.length === 0) return true;
      reasons.set(alert, { kind: "silenced", by: silences.map(({ id }) => id) });
      return false;
    });
    return { passed, reasons };
  }

  #timeReason({ options }: Route, now: number): SuppressionReason | undefined {
    const { activeTimeIntervals: active, muteTimeIntervals: mute } = options;
    if (active.length > 0 && this.#clock.during(active, now).length === 0) return { kind: "inactive", by: active };
    const muting = this.#clock.during(mute, now);
    return muting.length > 0 ? { kind: "muted", by: muting } : undefined;
  }

  #recordKept(group: Group, reasons: ReadonlyMap<AlertRecord, SuppressionReason>, now: number): void {
    if (reasons.size === 0 && group.kept.size === 0) return;
    const kept: Group["kept"] = new Map();
    for (const [alert, reason] of reasons) {
      let suppression = group.kept.get(alert.key);
      if (suppression === undefined || !sameReason(suppression.reason, reason)) {
        const { route, key: groupKey } = group;
        suppression = {
          from: now,
          to: now,
          receiver: route.options.receiver,
          route,
          groupKey,
          labels: alert.labels,
          reason,
        };
        this.#suppressions.push(suppression);
      }
      suppression.to = now;
      kept.set(alert.key, suppression);
    }
    group.kept = kept;
  }

  #notify(group: Group, alerts: readonly AlertRecord[], now: number): void {
    const { options } = group.route;
    const firing = new Set<string>();
    const resolved = new Set<string>();
    for (const alert of alerts) (alert.resolvedAt(now) ? resolved : firing).add(alert.key);
    for (const integration of this.#integrations.get(options.receiver) ?? []) {
      const key = logKey(group, integration);
      const { sendResolved } = integration;
      const entry = this.#log.get(key, now);
      const reason = reasonToNotify(entry, firing, resolved, { sendResolved, repeat: options.repeatInterval, now });
      if (reason === undefined) continue;
      if (sendResolved || firing.size > 0) this.#send(group, integration, reason, alerts, now);
      this.#log.set(key, now, firing, resolved, options.repeatInterval);
    }
  }

  #send(
    group: Group,
    { kind, index, sendResolved, maxAlerts }: ReceiverIntegration,
    reason: NotificationReason,
    alerts: readonly AlertRecord[],
    now: number,
  ): void {
    const all = alerts.filter((alert) => sendResolved || !alert.resolvedAt(now)).map((alert) => notified(alert, now));
    const shown = maxAlerts > 0 && all.length > maxAlerts ? all.slice(0, maxAlerts) : all;
    const { route, key: groupKey, labels } = group;
    this.#notifications.push({
      at: now,
      receiver: route.options.receiver,
      integration: { kind, index },
      route,
      groupKey,
      groupLabels: labels,
      // Cut off or not, what is shown decides.
      status: shown.some(({ status }) => status === "firing") ? "firing" : "resolved",
      reason,
      alerts: shown,
      truncated: all.length - shown.length,
    });
  }

  /** The first instant after `now` at which a flush of a group could do something, unless alerts come in before. */
  #nextConcern(group: Group, now: number): number {
    const { route } = group;
    const { options } = route;
    // What others do decides here, so every flush counts.
    if (this.#sharedKeys.has(route.key) || group.sorted.some((alert) => this.#inhibitor.concerns(alert))) return now;
    let next = this.#clock.nextChange([...options.muteTimeIntervals, ...options.activeTimeIntervals], now);
    for (const alert of group.sorted) {
      if (this.#silencer.concerns(alert.labels)) return now;
      next = Math.min(next, alert.finallyEndsAt);
    }
    if (group.kept.size > 0) return next;
    for (const integration of this.#integrations.get(options.receiver) ?? []) {
      const entry = this.#log.get(logKey(group, integration), now);
      if (entry === undefined) return now;
      // More than the repeat interval must have passed, so the flush at its very end is one too early.
      next = Math.min(next, entry.at + options.repeatInterval + 1, this.#log.forgottenAt(entry));
    }
    return next;
  }
}

interface Filtered {
  readonly passed: readonly AlertRecord[];
  readonly reasons: ReadonlyMap<AlertRecord, SuppressionReason>;
}

function notified(alert: AlertRecord, now: number): NotifiedAlert {
  const resolved = alert.resolvedAt(now);
  const { labels, annotations, startsAt, generatorUrl } = alert;
  const status = resolved ? "resolved" : "firing";
  return { labels, annotations, status, startsAt, endsAt: resolved ? alert.endsAt(now) : undefined, generatorUrl };
}

function logKey(group: Group, { kind, index }: Integration): string {
  return `${group.key}:${group.route.options.receiver}/${kind}/${index}`;
}

function integrationsOf(receiver: ReceiverConfig): readonly ReceiverIntegration[] {
  return (Object.keys(RECEIVER_KINDS) as ReceiverKind[]).flatMap((kind) =>
    receiver[`${kind}_configs`].flatMap((config: IntegrationConfig | undefined, index: number) =>
      config === undefined
        ? []
        : [
            {
              kind,
              index,
              sendResolved: config.send_resolved,
              maxAlerts: "max_alerts" in config ? config.max_alerts : 0,
            },
          ],
    ),
  );
}

function sharedKeys(root: Route): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { key } of walkRoutes(root)) (seen.has(key) ? shared : seen).add(key);
  return shared;
}

/** An empty label is none. */
function withoutEmpty(labels: LabelSet): LabelSet {
  for (const name in labels)
    if (labels[name] === "") return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
  return labels;
}

// Sources take turns in the inhibitor's index; the first that was seen stands for all.
function sameReason(a: SuppressionReason, b: SuppressionReason): boolean {
  if (a.kind === "inhibited") return b.kind === "inhibited" && a.rule === b.rule;
  if (b.kind === "inhibited" || a.kind !== b.kind) return false;
  return a.by.length === b.by.length && a.by.every((name, i) => name === b.by[i]);
}
