/** A simulation as people read it. */
import type { LabelSet } from "../../label/label-set.ts";
import { printMatcher } from "../matcher/print.ts";
import type { Notification, Suppression, Timeline } from "../notify/notification.ts";
import { type NotificationTexts, textsOf } from "./texts.ts";

export interface TimelineTexts extends NotificationTexts {
  /** The instant from which times are counted, in milliseconds since 1970. */
  readonly start: number;
}

/** A timeline for people: what is sent, with what it says, and what is kept back. */
export function printTimeline({ notifications, suppressions }: Timeline, texts: TimelineTexts): string {
  const entries = [
    ...notifications.map((notification) => ({ at: notification.at, lines: notificationLines(notification, texts) })),
    ...suppressions.map((suppression) => ({ at: suppression.from, lines: suppressionLines(suppression, texts.start) })),
  ];
  entries.sort((a, b) => a.at - b.at);
  if (entries.length === 0) return "Nobody is told of anything.\n";
  return `${entries.flatMap(({ lines }) => lines).join("\n")}\n`;
}

function notificationLines(notification: Notification, texts: TimelineTexts): readonly string[] {
  const { at, receiver, integration, status, reason, alerts, truncated } = notification;
  const head = `${clock(at, texts.start)}  ${receiver} (${integration.kind}) ${status}: ${reason}`;
  const list = alerts.map(({ labels, status }) => `${INDENT}${status === "firing" ? "▲" : "▽"} ${printLabels(labels)}`);
  if (truncated > 0) list.push(`${INDENT}and ${truncated} more, cut off by max_alerts`);
  return [head, ...list, ...readLines(notification, texts)];
}

function readLines(notification: Notification, texts: TimelineTexts): readonly string[] {
  return textsOf(notification, texts).flatMap((field) => {
    if ("mistake" in field) return [`${INDENT}${field.path} cannot be rendered: ${field.mistake}`];
    // HTML is for mail programs, and a mail's text says the same.
    if (!field.read || field.text.trim() === "" || field.path === "html") return [];
    return [`${INDENT}${field.path}: ${field.text.trim().replaceAll("\n", `\n${INDENT}  `)}`];
  });
}

function suppressionLines({ from, to, receiver, labels, reason }: Suppression, start: number): readonly string[] {
  const by = reason.kind === "inhibited" ? printLabels(reason.by) : reason.by.join(", ");
  const until = to > from ? `, until ${clock(to, start)}` : "";
  return [
    `${clock(from, start)}  ${receiver} is not told of ${printLabels(labels)}: ${reason.kind} ${PREPOSITION[reason.kind]} ${by}${until}`,
  ];
}

const INDENT = "          ";

const PREPOSITION: Readonly<Record<Suppression["reason"]["kind"], string>> = {
  inhibited: "by",
  silenced: "by",
  muted: "during",
  inactive: "outside",
};

/** Hours, minutes and seconds since the start: `26:05:30`. */
function clock(at: number, start: number): string {
  const seconds = Math.floor((at - start) / 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function printLabels(labels: LabelSet): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => printMatcher({ name, op: "=", value }))
    .join(", ")}}`;
}
