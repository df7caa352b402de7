/**
 * What a notification tells: to templates, and to webhooks as JSON.
 * https://prometheus.io/docs/alerting/latest/notifications/
 */
import { type NotificationData, notificationData } from "../../gotemplate/notification/data.ts";
import { fingerprint } from "../../gotemplate/notification/fingerprint.ts";
import type { NotificationTemplates } from "../../gotemplate/notification/render.ts";
import { renderRouteLabels } from "../../gotemplate/notification/route-labels.ts";
import type { Notification } from "./notification.ts";

/** The data of a notification. `externalURL` is Alertmanager's own address, without a slash at its end. */
export function dataOf(
  { at, receiver, reason, alerts, groupLabels, route }: Notification,
  templates: NotificationTemplates,
  externalURL: string,
): NotificationData {
  const data = notificationData({
    receiver,
    alerts: alerts.map(({ generatorUrl: generatorURL, ...alert }) => ({ ...alert, generatorURL })),
    groupLabels,
    externalURL,
    notificationReason: reason,
  });
  const { labels } = route.options;
  if (Object.keys(labels).length === 0) return data;
  // A label that cannot be rendered is left out, and logged by Alertmanager. They do not know the reason.
  const unknowing = { ...data, notificationReason: "unknown" };
  const rendered = Object.entries(renderRouteLabels(templates, labels, unknowing, { now: at }));
  return {
    ...data,
    routeLabels: Object.fromEntries(
      rendered.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    ),
  };
}

/** What a webhook gets, as JSON. */
export function webhookMessage(notification: Notification, data: NotificationData): unknown {
  return {
    receiver: data.receiver,
    status: data.status,
    alerts: data.alerts.map(({ status, labels, annotations, startsAt, endsAt, generatorURL }) => ({
      status,
      labels,
      annotations,
      startsAt: goTime(startsAt),
      endsAt: goTime(endsAt),
      generatorURL,
      fingerprint: fingerprint(labels),
    })),
    notification_reason: data.notificationReason,
    groupLabels: data.groupLabels,
    commonLabels: data.commonLabels,
    commonAnnotations: data.commonAnnotations,
    routeLabels: data.routeLabels ?? {},
    externalURL: data.externalURL,
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
