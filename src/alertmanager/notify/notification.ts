/** What the simulation finds out: who is told what and when, and who is not told and why. */
import type { LabelSet } from "../../label/label-set.ts";
import type { ReceiverKind } from "../config/receiver.ts";
import type { Route } from "../route/route.ts";

/** Why a notification is sent, in Alertmanager's words, which templates can print. */
export type NotificationReason =
  | "first notification"
  | "new alerts added"
  | "some alerts resolved"
  | "all alerts resolved"
  | "repeat interval elapsed";

/** An alert as a receiver is told of it. Instants are milliseconds since 1970. */
export interface NotifiedAlert {
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
  readonly status: "firing" | "resolved";
  readonly startsAt: number;
  /** `undefined` while it fires. */
  readonly endsAt: number | undefined;
  readonly generatorUrl: string;
}

/** Which of a receiver's integrations: the second Slack channel is `{ kind: "slack", index: 1 }`. */
export interface Integration {
  readonly kind: ReceiverKind;
  readonly index: number;
}

export interface Notification {
  /** When the group was flushed, in milliseconds since 1970. */
  readonly at: number;
  readonly receiver: string;
  readonly integration: Integration;
  readonly route: Route;
  readonly groupKey: string;
  readonly groupLabels: LabelSet;
  /** Firing while any of its alerts is. */
  readonly status: "firing" | "resolved";
  readonly reason: NotificationReason;
  /** In the order in which they are shown. */
  readonly alerts: readonly NotifiedAlert[];
  /** How many alerts `max_alerts` cut off. */
  readonly truncated: number;
}

/** Why an alert of a group was kept back. */
export type SuppressionReason =
  | { readonly kind: "inhibited"; readonly by: LabelSet; readonly rule: number }
  | { readonly kind: "silenced"; readonly by: readonly string[] }
  /** A mute time interval holds. */
  | { readonly kind: "muted"; readonly by: readonly string[] }
  /** None of the active time intervals holds. */
  | { readonly kind: "inactive"; readonly by: readonly string[] };

/** An alert that was kept back at one flush of its group, or at many in a row. */
export interface Suppression {
  /** The first flush that would have told of it. */
  readonly from: number;
  /** The last one for the same reason. */
  readonly to: number;
  readonly receiver: string;
  readonly route: Route;
  readonly groupKey: string;
  readonly labels: LabelSet;
  readonly reason: SuppressionReason;
}

/** Everything that happened, in order. */
export interface Timeline {
  readonly notifications: readonly Notification[];
  readonly suppressions: readonly Suppression[];
}
