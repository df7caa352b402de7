/** A notification of a scenario, as a test sees it. */
import type { ReceiverKind } from "../../alertmanager/config/receiver.ts";
import type { Notification, NotificationReason, NotifiedAlert } from "../../alertmanager/notify/notification.ts";
import { type ReadTexts, readTexts } from "../../alertmanager/timeline/data.ts";
import type { LabelSet } from "../../label/label-set.ts";
import type { Receiver } from "../../model/receiver/receiver.ts";
import type { PlannedAlertmanager } from "./alertmanager.ts";

/** A notification to one receiver. */
export class Told {
  /** Since the scenario's start, in milliseconds. */
  readonly atMs: number;
  /** Whom, as the model defines it. */
  readonly receiver: Receiver;
  /** The receiver's name in alertmanager.yml, where it may stand with others, and its kind. */
  readonly receiverName: string;
  readonly kind: ReceiverKind;
  readonly status: "firing" | "resolved";
  readonly reason: NotificationReason;
  /** In the order in which they are shown. Their times are since 1970. */
  readonly alerts: readonly NotifiedAlert[];
  readonly groupLabels: LabelSet;
  readonly #render: () => ReadTexts;
  #rendered: ReadTexts | undefined;

  constructor(notification: Notification, startMs: number, alertmanager: PlannedAlertmanager) {
    const { at, receiver, integration, status, reason, alerts, groupLabels } = notification;
    const definition = alertmanager.definitionOf(receiver, integration.kind, integration.index);
    if (definition === undefined) throw new Error(`the plan has no ${integration.kind} receiver in ${receiver}`);
    this.atMs = at - startMs;
    this.receiver = definition;
    this.receiverName = receiver;
    this.kind = integration.kind;
    this.status = status;
    this.reason = reason;
    this.alerts = alerts;
    this.groupLabels = groupLabels;
    this.#render = () => readTexts(notification, alertmanager);
  }

  /** What a person reads, by the field of the receiver's configuration: `title`, `text`, `headers.Subject`. */
  get texts(): Readonly<Record<string, string>> {
    return this.#result.texts;
  }

  /** Why nothing is sent after all: a text that cannot be rendered. */
  get mistake(): string | undefined {
    return this.#result.mistake;
  }

  // Only what is looked at is rendered.
  get #result(): ReadTexts {
    this.#rendered ??= this.#render();
    return this.#rendered;
  }
}
