/**
 * `tocsin timeline FILE`: a scenario of alerts over time, and who reads what at which minute.
 *
 *     config: alertmanager.yml
 *     start: 2026-03-02T08:00:00Z
 *     length: 12h
 *     evaluation_interval: 1m
 *     alerts:
 *       - labels: { alertname: SoldOut, severity: page }
 *         annotations: { summary: mug is sold out }
 *         fires: 5m
 *         resolves: 2h
 *     silences:
 *       - matchers: ['sku="mug"']
 *         from: 30m
 *         to: 1h
 */
import type { AlertmanagerConfig } from "../alertmanager/config/config.ts";
import { matchersShape } from "../alertmanager/config/matchers.ts";
import type { IntegrationConfig } from "../alertmanager/config/receiver.ts";
import { duration } from "../alertmanager/config/value/shapes.ts";
import { printMatcher } from "../alertmanager/matcher/print.ts";
import { dataOf } from "../alertmanager/notify/data.ts";
import type { Notification, Suppression, Timeline } from "../alertmanager/notify/notification.ts";
import { renderTexts } from "../alertmanager/notify/render.ts";
import { deliveriesOf } from "../alertmanager/send/prometheus.ts";
import { Simulator } from "../alertmanager/simulate/simulator.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { NotificationTemplates } from "../gotemplate/notification/render.ts";
import type { LabelSet } from "../label/label-set.ts";
import { readYaml } from "../yaml/read.ts";
import { list, mapOf, optional, otherwise, Reading, readShape, type Shaped, struct, text } from "../yaml/shape.ts";
import { instant } from "./route-suite.ts";

const HOUR = 3_600_000;
const MONDAY = Date.UTC(2026, 2, 2);

const scenarioShape = struct("scenario", {
  config: text,
  start: otherwise(instant, MONDAY),
  length: otherwise(duration, 24 * HOUR),
  evaluation_interval: otherwise(duration, 60_000),
  alerts: list(
    struct("alert", { labels: mapOf(text), annotations: mapOf(text), fires: duration, resolves: optional(duration) }),
  ),
  silences: list(struct("silence", { matchers: matchersShape("fallback"), from: duration, to: optional(duration) })),
});

export type Scenario = Shaped<typeof scenarioShape>;

/** Reads a scenario; its instants count from its start, and its alerts begin and end at an evaluation. */
export function readScenario(
  source: string,
  file: string,
): { readonly scenario: Scenario; readonly diagnostics: readonly Diagnostic[] } {
  const { root, diagnostics } = readYaml(source, file);
  const reading = new Reading(source, file);
  const scenario = root === undefined ? scenarioShape.zero : readShape(scenarioShape, root, reading);
  return { scenario, diagnostics: [...diagnostics, ...reading.diagnostics] };
}

/** Runs a scenario. */
export function runScenario(config: AlertmanagerConfig, scenario: Scenario): Timeline {
  const { start, length, evaluation_interval: interval, alerts, silences } = scenario;
  const simulator = new Simulator(config, {
    start,
    silences: silences.map(({ matchers, from, to }, i) => ({
      id: `silence ${i + 1}`,
      matchers,
      startsAt: start + from,
      endsAt: start + (to ?? length),
    })),
  });
  // Only an evaluation sees that something has changed.
  const evaluation = (after: number) => start + Math.ceil(after / interval) * interval;
  for (const { labels, annotations, fires, resolves } of alerts) {
    const resolvedAt = resolves === undefined ? undefined : evaluation(resolves);
    for (const delivery of deliveriesOf(
      { labels, annotations, firedAt: evaluation(fires), resolvedAt },
      { interval },
      start + length,
    ))
      simulator.deliver(delivery);
  }
  simulator.advance(start + length);
  return simulator.timeline();
}

export interface TimelineTexts {
  readonly config: AlertmanagerConfig;
  readonly templates: NotificationTemplates;
  readonly externalURL: string;
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

function readLines(notification: Notification, { config, templates, externalURL }: TimelineTexts): readonly string[] {
  const { receiver, integration } = notification;
  const configs = config.receivers.find(({ name }) => name === receiver)?.[`${integration.kind}_configs`];
  const own = configs?.[integration.index] as IntegrationConfig | undefined;
  if (own === undefined) return [];
  const data = dataOf(notification, templates, externalURL);
  return renderTexts(integration.kind, own, { templates, data, now: notification.at }).flatMap((field) => {
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
