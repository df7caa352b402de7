/** Alertmanager itself as a service. https://prometheus.io/docs/alerting/latest/alertmanager/ */
import { oneOf, upTo } from "../labels.ts";
import { counter } from "../metric/counter.ts";
import { gauge } from "../metric/gauge.ts";
import { asIs } from "../metric/metric.ts";
import { service } from "../service.ts";
import type { ReadySpec } from "./prometheus.ts";

/**
 * Alertmanager as a service, with the metrics that tell whether notifications get through.
 *
 * ```ts
 * export const alertmanager = alertmanagerService({ owner: platform, scrape: { targets: ["localhost:9093"] } });
 * ```
 */
export function alertmanagerService<S extends string>(spec: ReadySpec<S>) {
  return service("alertmanager", {
    ...spec,
    description: "Tells people about alerts.",
    metrics: {
      configReloadSuccessful: gauge("alertmanager_config_last_reload_successful", {
        help: "Whether the last reload of the configuration succeeded.",
      }),
      alerts: gauge(asIs("alertmanager_alerts"), {
        help: "Alerts it knows of.",
        labels: { state: oneOf("active", "suppressed", "unprocessed") },
      }),
      notifications: counter("alertmanager_notifications_total", {
        help: "Notifications it tried to send.",
        labels: { integration: upTo(20) },
      }),
      notificationsFailed: counter("alertmanager_notifications_failed_total", {
        help: "Notifications that could not be sent.",
        labels: { integration: upTo(20) },
      }),
    },
  });
}
