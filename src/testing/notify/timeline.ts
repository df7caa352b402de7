/** Who is told what in a scenario, and when: from its series to the texts that people read. */
import type { SuppressionReason, Timeline } from "../../alertmanager/notify/notification.ts";
import { matchRoutes, type Route } from "../../alertmanager/route/route.ts";
import { deliveriesOfRules, type RuleDeliveries } from "../../alertmanager/send/rule-alerts.ts";
import { Simulator } from "../../alertmanager/simulate/simulator.ts";
import { type TimelineData, timelineData } from "../../alertmanager/timeline/data.ts";
import { printTimeline } from "../../alertmanager/timeline/print.ts";
import { type LabelSet, labelKey } from "../../label/label-set.ts";
import type { AnyAlert } from "../../model/alert.ts";
import type { Receiver } from "../../model/receiver/receiver.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { alertmanagerOf, type PlannedAlertmanager } from "./alertmanager.ts";
import { Told } from "./told.ts";

/** An alert of which someone is not told, from the first time that this mattered to the last. Since the start. */
export interface HeldBack {
  readonly fromMs: number;
  readonly toMs: number;
  readonly receivers: readonly Receiver[];
  readonly receiverName: string;
  readonly labels: LabelSet;
  readonly reason: SuppressionReason;
  readonly route: Route;
}

/** Everything that a scenario's alerts lead to up to a time. */
export class NotificationTimeline {
  readonly alertmanager: PlannedAlertmanager;
  readonly notifications: readonly Told[];
  readonly heldBack: readonly HeldBack[];
  readonly #scenario: Scenario;
  readonly #sent: RuleDeliveries;
  readonly #timeline: Timeline;
  readonly #root: Route;
  readonly #starts = new Map<string, number[]>();

  constructor(scenario: Scenario, untilMs: number) {
    const { workspace, startMs, silences } = scenario;
    const alertmanager = alertmanagerOf(workspace);
    this.alertmanager = alertmanager;
    this.#scenario = scenario;
    this.#sent = send(scenario, untilMs);
    const simulator = new Simulator(alertmanager.config, { start: startMs, silences });
    for (const delivery of this.#sent.deliveries) {
      simulator.deliver(delivery);
      const key = labelKey(delivery.labels);
      const starts = this.#starts.get(key) ?? [];
      this.#starts.set(key, starts);
      if (starts.at(-1) !== delivery.startsAt - startMs) starts.push(delivery.startsAt - startMs);
    }
    simulator.advance(startMs + untilMs);
    this.#root = simulator.root;
    this.#timeline = simulator.timeline();
    this.notifications = this.#timeline.notifications.map((one) => new Told(one, startMs, alertmanager));
    this.heldBack = this.#timeline.suppressions.map(({ from, to, receiver, labels, reason, route }) => ({
      fromMs: from - startMs,
      toMs: to - startMs,
      receivers: alertmanager.definitionsOf(receiver),
      receiverName: receiver,
      labels,
      reason,
      route,
    }));
  }

  /** For people, and for snapshots. */
  get text(): string {
    return printTimeline(this.#timeline, { ...this.alertmanager, start: this.#scenario.startMs });
  }

  /** For programs, and for snapshots. */
  get data(): TimelineData {
    const { definitionOf, definitionsOf } = this.alertmanager;
    const texts = { ...this.alertmanager, start: this.#scenario.startMs };
    return timelineData(this.#timeline, texts, {
      integration: (name, { kind, index }) => {
        const definition = definitionOf(name, kind, index);
        return definition === undefined ? `${name} (${kind})` : receiverText(definition);
      },
      receiver: (name) => definitionsOf(name).map(receiverText),
    });
  }

  toString(): string {
    return this.text;
  }

  /** The rule that made an alert. */
  definitionOf(labels: LabelSet): AnyAlert | undefined {
    const rule = this.#sent.ruleOf.get(labelKey(labels));
    return rule && (this.#scenario.workspace.definitionOf.get(rule) as AnyAlert | undefined);
  }

  /** The routes that take an alert. */
  routesOf(labels: LabelSet): readonly Route[] {
    return matchRoutes(this.#root, labels);
  }

  /** When an alert last began to fire, at or before a time. Since the start. */
  lastStart(labels: LabelSet, atMs: number): number | undefined {
    return this.#starts.get(labelKey(labels))?.findLast((startMs) => startMs <= atMs);
  }
}

const timelines = new WeakMap<Scenario, Map<number, NotificationTimeline>>();

/** The timeline of a scenario; worked out once for each time, and only when someone asks. */
export function timelineOf(scenario: Scenario, untilMs: number): NotificationTimeline {
  const known = timelines.get(scenario) ?? new Map<number, NotificationTimeline>();
  timelines.set(scenario, known);
  const timeline = known.get(untilMs) ?? new NotificationTimeline(scenario, untilMs);
  known.set(untilMs, timeline);
  return timeline;
}

/** What a person calls a receiver: `slack "#storefront"`. */
export function receiverText({ type, name }: Receiver): string {
  return `${type} ${JSON.stringify(name)}`;
}

function send(scenario: Scenario, untilMs: number): RuleDeliveries {
  const { workspace, startMs } = scenario;
  const { externalLabels, externalUrl = "" } = workspace.plan.prometheus.global;
  return deliveriesOfRules({
    groups: workspace.groups,
    alerts: scenario.run(untilMs).alerts,
    startMs,
    endMs: startMs + untilMs,
    intervalOf: (group) => scenario.intervalOf(group),
    externalLabels,
    externalUrl,
  });
}
