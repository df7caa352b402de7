/** Says who was told what instead, and why someone was not told. */
import type { SuppressionReason } from "../../alertmanager/notify/notification.ts";
import { type LabelSet, labelKey } from "../../label/label-set.ts";
import { formatDuration } from "../../quantity/duration.ts";
import { type HeldBack, type NotificationTimeline, receiverText } from "../notify/timeline.ts";
import type { Told } from "../notify/told.ts";
import { Instant } from "../scenario/instant.ts";
import type { Period } from "../scenario/period.ts";
import { showLabels } from "./explain.ts";
import { timelineFor } from "./notified.ts";

const MOST = 8;

/** What became of every alert. */
export function explainNotifications(actual: Instant | Period): string {
  const timeline = timelineFor(actual);
  const end = actual instanceof Instant ? actual : actual.end;
  const { notifications, heldBack } = timeline;
  const sections = [
    section("told:", folded(notifications), toldLines),
    section("held back:", heldBack, heldBackLines),
    section("firing, and not told of yet:", waiting(end, timeline), ({ lines }) => lines),
    section("pending:", end.pending(), ({ name, labels, activeAtMs }) => [
      `  ${name}${showLabels(labels)} since ${formatDuration(activeAtMs - end.scenario.startMs)}`,
    ]),
  ];
  if (notifications.length === 0) sections.unshift(["told: nobody"]);
  return [...sections.flat(), ...hint(end, heldBack)].join("\n");
}

function section<T>(title: string, all: readonly T[], linesOf: (one: T) => readonly string[]): readonly string[] {
  if (all.length === 0) return [];
  // The last ones are the nearest to what was asked.
  const left = all.length > MOST ? [`  ${all.length - MOST} more before`] : [];
  return [title, ...left, ...all.slice(-MOST).flatMap(linesOf)];
}

/** A notification, and those after it that said the same to the same receiver. */
interface Folded {
  readonly first: Told;
  readonly repeats: Told[];
}

function folded(notifications: readonly Told[]): readonly Folded[] {
  const all: Folded[] = [];
  const last = new Map<Told["receiver"], Folded>();
  for (const told of notifications) {
    const before = last.get(told.receiver);
    if (before !== undefined && told.reason === "repeat interval elapsed" && saysTheSame(before.first, told)) {
      before.repeats.push(told);
      continue;
    }
    const fold = { first: told, repeats: [] };
    last.set(told.receiver, fold);
    all.push(fold);
  }
  return all;
}

function saysTheSame(a: Told, b: Told): boolean {
  const keys = ({ alerts }: Told) => alerts.map(({ labels }) => labelKey(labels)).join();
  return (
    a.status === b.status && a.mistake === b.mistake && keys(a) === keys(b) && labelKey(a.texts) === labelKey(b.texts)
  );
}

function toldLines({ first, repeats }: Folded): readonly string[] {
  const last = repeats.at(-1);
  const more = last === undefined ? [] : [`    and ${repeats.length} more like it, up to ${formatDuration(last.atMs)}`];
  return [...notificationLines(first), ...more];
}

function notificationLines({ atMs, receiver, status, reason, alerts, texts, mistake }: Told): readonly string[] {
  const head = `  ${formatDuration(atMs)} ${receiverText(receiver)} ${status}, ${reason}: ${alerts.map(({ labels }) => nameOf(labels)).join(", ")}`;
  if (mistake !== undefined) return [head, `    is not sent, because a text cannot be rendered: ${mistake}`];
  // HTML is for mail programs, and a mail's text says the same.
  const shown = Object.entries(texts).filter(([field, text]) => field !== "html" && text.trim() !== "");
  return [head, ...shown.map(([field, text]) => `    ${field}: ${JSON.stringify(short(text.trim()))}`)];
}

function heldBackLines({ fromMs, toMs, receivers, labels, reason }: HeldBack): readonly string[] {
  const until = toMs > fromMs ? ` to ${formatDuration(toMs)}` : "";
  return [
    `  ${nameOf(labels)} from ${receivers.map(receiverText).join(", ")}: ${showReason(reason)}, at ${formatDuration(fromMs)}${until}`,
  ];
}

/** `inhibited by SoldOut{sku="mug"}` */
export function showReason(reason: SuppressionReason): string {
  if (reason.kind === "inhibited") return `inhibited by ${nameOf(reason.by)}`;
  const by = reason.by.join(", ");
  return reason.kind === "inactive" ? `muted outside of ${by}` : `${reason.kind} by ${by}`;
}

/** Alerts that fire and have neither been told of nor held back: their groups wait. */
function waiting(end: Instant, timeline: NotificationTimeline): readonly { readonly lines: readonly string[] }[] {
  const { startMs } = end.scenario;
  return end.firing().flatMap(({ labels, firedAtMs = 0 }) => {
    const sent = { ...end.externalLabels, ...labels };
    const key = labelKey(sent);
    const since = firedAtMs - startMs;
    const isKnown =
      timeline.notifications.some(
        ({ atMs, alerts }) => atMs >= since && alerts.some((alert) => labelKey(alert.labels) === key),
      ) || timeline.heldBack.some(({ toMs, labels: held }) => toMs >= since && labelKey(held) === key);
    if (isKnown) return [];
    const routes = timeline.routesOf(sent).map(({ options: { receiver, groupWait, groupInterval } }) => {
      const receivers = timeline.alertmanager.definitionsOf(receiver).map(receiverText).join(", ");
      if (receivers === "") return `    for nobody: ${receiver} has no receivers`;
      return `    for ${receivers}: told ${formatDuration(groupWait)} after its group begins, or every ${formatDuration(groupInterval)}`;
    });
    return [{ lines: [`  ${nameOf(sent)} since ${formatDuration(since)}`, ...routes] }];
  });
}

/** Hours decide, and nobody said what time it is. */
function hint({ scenario: { startMs } }: Instant, heldBack: readonly HeldBack[]): readonly string[] {
  const isTimed = heldBack.some(({ reason }) => reason.kind === "muted" || reason.kind === "inactive");
  if (!isTimed || startMs !== 0) return [];
  return ["", `The scenario starts at ${new Date(0).toISOString()}: give it another start, scenario(…, { start })`];
}

export function nameOf(labels: LabelSet): string {
  return `${labels.alertname ?? ""}${showLabels(labels)}`;
}

function short(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
