/**
 * The data that notification templates see and webhooks get.
 * https://prometheus.io/docs/alerting/latest/notifications/
 */
import type { LabelSet } from "../../label/label-set.ts";
import { fingerprint } from "../alert/fingerprint.ts";
import type { Notification, NotifiedAlert } from "./notification.ts";

/** Alertmanager's template.Data, with the names that templates use. */
export interface TemplateData {
  readonly Receiver: string;
  readonly Status: "firing" | "resolved";
  readonly Alerts: readonly TemplateAlert[];
  readonly NotificationReason: string;
  readonly GroupLabels: LabelSet;
  readonly CommonLabels: LabelSet;
  readonly CommonAnnotations: LabelSet;
  /** The labels of the route, already rendered. */
  readonly RouteLabels: LabelSet;
  readonly ExternalURL: string;
}

export interface TemplateAlert {
  readonly Status: "firing" | "resolved";
  readonly Labels: LabelSet;
  readonly Annotations: LabelSet;
  /** Milliseconds since 1970. */
  readonly StartsAt: number;
  /** `undefined` while the alert fires, for which Go shows its zero time. */
  readonly EndsAt: number | undefined;
  readonly GeneratorURL: string;
  readonly Fingerprint: string;
}

/** The data of a notification. `externalUrl` is Alertmanager's own address, without a slash at its end. */
export function templateData(
  { receiver, status, reason, alerts, groupLabels, route }: Notification,
  externalUrl: string,
  routeLabels: LabelSet = route.options.labels,
): TemplateData {
  return {
    // Alertmanager quotes it as if for a regular expression.
    Receiver: receiver.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&"),
    Status: status,
    Alerts: alerts.map(templateAlert),
    NotificationReason: reason,
    GroupLabels: groupLabels,
    CommonLabels: common(alerts.map(({ labels }) => labels)),
    CommonAnnotations: common(alerts.map(({ annotations }) => annotations)),
    RouteLabels: routeLabels,
    ExternalURL: externalUrl,
  };
}

function templateAlert({ status, labels, annotations, startsAt, endsAt, generatorUrl }: NotifiedAlert): TemplateAlert {
  return {
    Status: status,
    Labels: labels,
    Annotations: annotations,
    StartsAt: startsAt,
    EndsAt: endsAt,
    GeneratorURL: generatorUrl,
    Fingerprint: fingerprint(labels),
  };
}

/** What all sets agree on. */
function common([first = {}, ...others]: readonly LabelSet[]): LabelSet {
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) =>
      others.every((other) => Object.hasOwn(other, name) && other[name] === value),
    ),
  );
}

/** What a webhook gets, as JSON. */
export function webhookMessage(notification: Notification, externalUrl: string, routeLabels?: LabelSet): unknown {
  const data = templateData(notification, externalUrl, routeLabels);
  return {
    receiver: data.Receiver,
    status: data.Status,
    alerts: data.Alerts.map((alert) => ({
      status: alert.Status,
      labels: alert.Labels,
      annotations: alert.Annotations,
      startsAt: goTime(alert.StartsAt),
      endsAt: goTime(alert.EndsAt),
      generatorURL: alert.GeneratorURL,
      fingerprint: alert.Fingerprint,
    })),
    notification_reason: data.NotificationReason,
    groupLabels: data.GroupLabels,
    commonLabels: data.CommonLabels,
    commonAnnotations: data.CommonAnnotations,
    routeLabels: data.RouteLabels,
    externalURL: data.ExternalURL,
    version: "4",
    groupKey: notification.groupKey,
    truncatedAlerts: notification.truncated,
  };
}

/** An instant as Go writes it: without a fraction that is zero. */
function goTime(ms: number | undefined): string {
  if (ms === undefined) return "0001-01-01T00:00:00Z";
  return new Date(ms).toISOString().replace(/\.?0*Z$/, "Z");
}
