/** Every name and default that a build makes up, in one place. */
import type { AnyAlert } from "../model/alert.ts";
import type { NotificationSpec } from "../model/environment.ts";

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

export const SEVERITY_NOTIFICATIONS: Readonly<Record<string, NotificationSpec>> = {
  page: { groupWait: "10s", groupInterval: "1m", repeatInterval: "1h" },
  ticket: { repeatInterval: "3d" },
};

/** The receiver of what no team hears of, where the environment names none: it tells nobody. */
export const NOBODY = "nobody";

export const ruleFile = (service: string): string => `${service}.yml`;

/** The file of a group that a user defined; the plus sign keeps it apart from any service's file. */
export const receiverName = (team: string, severity: string, part?: number): string =>
  part === undefined ? `${team}-${severity}` : `${team}-${severity}-${part + 1}`;

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

/** Where secrets lie in an environment's directory, where a receiver names no file. */
export const SECRET_FILE = {
  slack: () => "slack-url",
  pagerduty: (name: string) => `pagerduty-${slug(name)}`,
  wechat: () => "wechat-secret",
} as const;

/** FNV-1a over UTF-16 units: the same on every machine. */
export function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value.toString(16).padStart(8, "0");
}
