/** Which notifications a test can mean. */
import type { LabelSet } from "../../label/label-set.ts";
import type { Receiver } from "../../model/receiver/receiver.ts";
import type { Receivers } from "../../model/team.ts";
import type { NotificationTimeline } from "../notify/timeline.ts";
import { receiverText } from "../notify/timeline.ts";
import type { Told } from "../notify/told.ts";
import { Instant } from "../scenario/instant.ts";
import type { Period } from "../scenario/period.ts";
import { fitsAll, type Pattern } from "./pattern.ts";

/** What a notification is expected to say: a text that one of its texts holds, a pattern, or its fields by name. */
export type ExpectedText = Pattern | Readonly<Record<string, Pattern>>;

/** What else is expected of a notification. */
export interface ExpectedNotification {
  readonly status?: "firing" | "resolved";
  /** Labels of one of its alerts. */
  readonly labels?: Readonly<Record<string, Pattern>>;
  /** How many alerts it tells of. */
  readonly alerts?: number;
}

/** The notifications that count at a moment or in a time. */
export function notificationsIn(actual: Instant | Period): readonly Told[] {
  const timeline = timelineFor(actual);
  return timeline.notifications.filter((told) => counts(told, actual, timeline) && told.mistake === undefined);
}

export function timelineFor(actual: Instant | Period): NotificationTimeline {
  return (actual instanceof Instant ? actual : actual.end).timeline;
}

/** At a moment: those that tell of an alert which has not begun anew since. In a time: those within. */
function counts({ atMs, alerts }: Told, actual: Instant | Period, timeline: NotificationTimeline): boolean {
  if (!(actual instanceof Instant)) return atMs >= actual.fromMs && atMs <= actual.toMs;
  return alerts.some(({ labels }) => (timeline.lastStart(labels, actual.atMs) ?? 0) <= atMs);
}

/** Whether a notification is what was expected. */
export function says(told: Told, text: ExpectedText | undefined, expected: ExpectedNotification = {}): boolean {
  const { status, labels, alerts } = expected;
  if (status !== undefined && told.status !== status) return false;
  if (alerts !== undefined && told.alerts.length !== alerts) return false;
  if (labels !== undefined && !told.alerts.some((alert) => fitsAll(alert.labels, labels))) return false;
  if (text === undefined) return true;
  if (typeof text === "string") return Object.values(told.texts).some((one) => one.includes(text));
  if (text instanceof RegExp) return Object.values(told.texts).some((one) => new RegExp(text).test(one));
  return fitsAll(trimmed(told.texts), text);
}

/** Templates leave space around what they say. */
function trimmed(texts: LabelSet): LabelSet {
  return Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, text.trim()]));
}

export function receiverList(receivers: Receivers): readonly Receiver[] {
  return Array.isArray(receivers) ? receivers : [receivers as Receiver];
}

/** Throws where the plan leads to no such receiver: then a test that nobody is told would prove nothing. */
export function knowsReceivers(actual: Instant | Period, receivers: readonly Receiver[]): void {
  const { workspace } = actual.scenario;
  const { plan } = workspace;
  const known = plan.alertmanager.receivers.flatMap(({ integrations }) => integrations.map((one) => one.definition));
  const missing = receivers.find((receiver) => !known.includes(receiver));
  if (missing === undefined) return;
  const where = plan.environment === undefined ? "" : ` in environment ${JSON.stringify(plan.environment)}`;
  const others = [...new Set(known.map(receiverText))].join(", ") || "nobody";
  throw new Error(
    `${receiverText(missing)} hears of nothing${where}: is its team exported by what scenario() was given? There are: ${others}`,
  );
}

/** `"Only 9 of mug left", status firing` */
export function showExpected(text: ExpectedText | undefined, expected: ExpectedNotification = {}): string {
  const parts: string[] = [];
  if (text !== undefined) parts.push(typeof text === "string" ? JSON.stringify(text) : showText(text));
  if (expected.status !== undefined) parts.push(`status ${expected.status}`);
  if (expected.alerts !== undefined) parts.push(`${expected.alerts} alerts`);
  if (expected.labels !== undefined) parts.push(`an alert with ${showFields(expected.labels)}`);
  return parts.join(", ");
}

function showText(text: Exclude<ExpectedText, string>): string {
  return text instanceof RegExp ? String(text) : showFields(text);
}

function showFields(fields: Readonly<Record<string, Pattern>>): string {
  return Object.entries(fields)
    .map(([name, pattern]) => `${name}: ${typeof pattern === "string" ? JSON.stringify(pattern) : String(pattern)}`)
    .join(", ");
}
