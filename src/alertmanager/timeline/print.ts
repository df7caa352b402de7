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
  const { start } = texts;
  const entries = [
    ...notificationEntries(notifications, texts),
    ...suppressions.map((suppression) => ({ at: suppression.from, lines: suppressionLines(suppression, start) })),
  ];
  entries.sort((a, b) => a.at - b.at);
  if (entries.length === 0) return "Nobody is told of anything.\n";
  return `${entries.flatMap(({ lines }) => lines).join("\n")}\n`;
}

interface Entry {
  readonly at: number;
  readonly lines: readonly string[];
}

/** Notifications, of which those that only say again what was said are one line. */
function notificationEntries(notifications: readonly Notification[], texts: TimelineTexts): readonly Entry[] {
  const { start } = texts;
  const entries: Entry[] = [];
  const last = new Map<string, { readonly body: string; repeats: { count: number; to: number } | undefined }>();
  for (const notification of notifications) {
    const { at, receiver, integration, status, reason, groupKey } = notification;
    const key = `${groupKey} ${receiver} ${integration.kind} ${integration.index}`;
    const head = `${clock(at, start)}  ${receiver} (${integration.kind}) ${status}: ${reason}`;
    const body = bodyLines(notification, texts);
    const before = last.get(key);
    if (before?.body !== body.join("\n")) {
      last.set(key, { body: body.join("\n"), repeats: undefined });
      entries.push({ at, lines: [head, ...body] });
    } else if (before.repeats === undefined) {
      const repeats = { count: 0, to: at };
      before.repeats = repeats;
      entries.push({
        at,
        get lines() {
          const more = repeats.count === 0 ? "" : `, and ${repeats.count} times more until ${clock(repeats.to, start)}`;
          return [`${head}, as before${more}`];
        },
      });
    } else {
      before.repeats.count++;
      before.repeats.to = at;
    }
  }
  return entries;
}

function bodyLines(notification: Notification, texts: TimelineTexts): readonly string[] {
  const { alerts, truncated } = notification;
  const list = alerts.map(({ labels, status }) => `${INDENT}${status === "firing" ? "▲" : "▽"} ${printLabels(labels)}`);
  if (truncated > 0) list.push(`${INDENT}and ${truncated} more, cut off by max_alerts`);
  return [...list, ...readLines(notification, texts)];
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

/** `{sku="mug"}` */
export function printLabels(labels: LabelSet): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => printMatcher({ name, op: "=", value }))
    .join(", ")}}`;
}
