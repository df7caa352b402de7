/** Every name and default that a build makes up, in one place. */
import type { AnyAlert } from "../model/alert.ts";
import type { NotificationSpec } from "../model/notification.ts";
import type { ReceiverKind } from "../model/receiver/receiver.ts";
import { type DurationText, formatDuration } from "../quantity/duration.ts";

/** The labels that every alert carries, and that routes look at. */
export const LABEL = { severity: "severity", team: "team", service: "service", environment: "environment" } as const;

export const ANNOTATION = { summary: "summary", description: "description", runbook: "runbook_url" } as const;

/** How often Prometheus scrapes and evaluates where an environment does not say. */
export const DEFAULT_INTERVAL = "30s";

/**
 * How notifications are paced where nobody says otherwise: alerts of one name and service are told together.
 * The waits are Alertmanager's own defaults; pages wait less, since a person is waiting.
 */
export const NOTIFICATIONS: Required<NotificationSpec> = {
  groupBy: ["alertname", LABEL.service],
  groupWait: "30s",
  groupInterval: "5m",
  repeatInterval: "4h",
};

/** Somebody is woken: hardly any wait for company, and again within the hour, in case nobody woke. */
const URGENT: NotificationSpec = { groupWait: "10s", groupInterval: "1m", repeatInterval: "1h" };

/**
 * What differs for severities that go by a common name. What is urgent is told within seconds and again soon; what has
 * time is told again only when it would otherwise be forgotten, since repeats teach people not to read.
 */
export const SEVERITY_NOTIFICATIONS: Readonly<Record<string, NotificationSpec>> = {
  page: URGENT,
  critical: URGENT,
  // Within a working day.
  warning: { repeatInterval: "12h" },
  // A ticket stays where it is: again after a weekend.
  ticket: { repeatInterval: "3d" },
  // Nobody has to do anything.
  info: { groupWait: "5m", groupInterval: "1h", repeatInterval: "1w" },
};

/**
 * The pace of a dead man's switch that must be heard at least every so many milliseconds. Alertmanager looks at a group
 * once each `group_interval`, and tells again when `repeat_interval` has passed since the last time, which it notes a
 * little after it looked: with both the same, every second look would pass. So it looks four times, and tells after three.
 */
export function heartbeat(every: number): Required<NotificationSpec> {
  const look = Math.max(1, Math.floor(every / 4));
  const [groupInterval, repeatInterval] = [look, 3 * look].map(formatDuration) as [DurationText, DurationText];
  return { groupBy: ["alertname", LABEL.service], groupWait: "0s", groupInterval, repeatInterval };
}

/** The receiver of what no team hears of, where the environment names none: it tells nobody. */
export const NOBODY = "nobody";

export const ruleFile = (service: string): string => `${service}.yml`;

/** The receiver of a team's severity; with a number where receivers of other hours follow. */
export const receiverName = (team: string, severity: string, part?: number): string =>
  part === undefined ? `${team}-${severity}` : `${team}-${severity}-${part + 1}`;

/** The receiver of something below a team: a service's severity, or a route of its own. No team's name holds a slash. */
export const receiverBelow = (...names: readonly (string | number)[]): string => names.join("/");

/** One of several receivers of one place, which have other hours each. */
export const receiverPart = (name: string, part?: number): string =>
  part === undefined ? name : `${name}#${part + 1}`;

/** The node above a route that an environment writes for all teams. */
export const ALL_TEAMS = "all";

/** The file of an alert's page, and its address below the service's base. */
export const runbookFile = (alert: string): string => `${alert}.md`;

export function runbookUrl({ name }: Pick<AnyAlert, "name">, base: string | undefined): string | undefined {
  return base === undefined ? undefined : `${base.replace(/\/+$/, "")}/${encodeURIComponent(name)}`;
}

/** A short name for files and addresses: lower case letters, digits and dashes. */
export function slug(title: string): string {
  const plain = title
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return plain === "" || plain.length > 60 ? `${plain.slice(0, 50)}${plain === "" ? "" : "-"}${hash(title)}` : plain;
}

type SecretFiles = Readonly<Record<string, (receiver: string) => string>>;

const shared = (file: string) => () => file;
const each = (kind: string) => (receiver: string) => `${kind}-${slug(receiver)}`;

/** Where secrets lie in an environment's directory, by the property that would name the file. */
export const SECRET_FILE: Readonly<Record<ReceiverKind, SecretFiles>> = {
  webhook: {},
  email: {},
  pagerduty: { routingKeyFile: each("pagerduty") },
  opsgenie: { apiKeyFile: shared("opsgenie-key") },
  wechat: { apiSecretFile: shared("wechat-secret") },
  slack: { apiUrlFile: shared("slack-url") },
  victorops: { apiKeyFile: shared("victorops-key") },
  pushover: { userKeyFile: each("pushover"), tokenFile: shared("pushover-token") },
  sns: {},
  telegram: { botTokenFile: shared("telegram-token") },
  discord: { webhookUrlFile: each("discord") },
  webex: {},
  msteams: { webhookUrlFile: each("msteams") },
  msteamsv2: { webhookUrlFile: each("msteamsv2") },
  jira: {},
  incidentio: { alertSourceTokenFile: each("incidentio") },
  rocketchat: { tokenIdFile: shared("rocketchat-token-id"), tokenFile: shared("rocketchat-token") },
  mattermost: { webhookUrlFile: shared("mattermost-url") },
};

/** The same for kinds whose secret is the authorization of their HTTP client. */
export const AUTHORIZATION_FILE = { slack: "slack-token", webex: "webex-token", jira: "jira-token" } as const;

/** FNV-1a over UTF-16 units: the same on every machine. */
export function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value.toString(16).padStart(8, "0");
}
