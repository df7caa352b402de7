/** A simulation as plain data. */
import type { LabelSet } from "../../label/label-set.ts";
import { formatDuration } from "../../quantity/duration.ts";
import type { Integration, Notification, SuppressionReason, Timeline } from "../notify/notification.ts";
import type { TimelineTexts } from "./print.ts";
import { type NotificationTexts, textsOf } from "./texts.ts";

/** A timeline as plain data, for snapshots and comparisons. Times are durations since the start: `"12m30s"`. */
export interface TimelineData {
  readonly notifications: readonly {
    readonly at: string;
    /** `slack "#storefront"` */
    readonly receiver: string;
    readonly status: "firing" | "resolved";
    readonly reason: string;
    readonly alerts: readonly { readonly status: "firing" | "resolved"; readonly labels: LabelSet }[];
    readonly texts: Readonly<Record<string, string>>;
  }[];
  readonly heldBack: readonly {
    readonly from: string;
    readonly to: string;
    readonly receivers: readonly string[];
    readonly labels: LabelSet;
    readonly reason: SuppressionReason;
  }[];
}

/** How receivers are called. */
export interface ReceiverNames {
  /** An integration of a receiver. */
  integration(receiver: string, integration: Integration): string;
  /** All integrations of a receiver. */
  receiver(receiver: string): readonly string[];
}

/** A timeline for programs. */
export function timelineData(
  { notifications, suppressions }: Timeline,
  texts: TimelineTexts,
  names: ReceiverNames,
): TimelineData {
  const since = (at: number) => formatDuration(at - texts.start);
  return {
    notifications: notifications.map((one) => ({
      at: since(one.at),
      receiver: names.integration(one.receiver, one.integration),
      status: one.status,
      reason: one.reason,
      alerts: one.alerts.map(({ status, labels }) => ({ status, labels })),
      texts: readTexts(one, texts).texts,
    })),
    heldBack: suppressions.map(({ from, to, receiver, labels, reason }) => ({
      from: since(from),
      to: since(to),
      receivers: names.receiver(receiver),
      labels,
      reason,
    })),
  };
}

/** What a person reads of a notification. */
export interface ReadTexts {
  /** By the field of the receiver's configuration: `title`, `text`, `headers.Subject`. */
  readonly texts: Readonly<Record<string, string>>;
  /** Why nothing is sent after all: a text that cannot be rendered. */
  readonly mistake: string | undefined;
}

/** Renders what a person reads of a notification. */
export function readTexts(notification: Notification, how: NotificationTexts): ReadTexts {
  const texts: Record<string, string> = {};
  let mistake: string | undefined;
  for (const field of textsOf(notification, how)) {
    if ("mistake" in field) mistake ??= `${field.path}: ${field.mistake}`;
    else if (field.read && field.text.trim() !== "") texts[field.path] = field.text;
  }
  return { texts, mistake };
}
