/** Prometheus itself as a service. https://prometheus.io/docs/prometheus/latest/getting_started/ */
import { oneOf, upTo } from "../labels.ts";
import { counter } from "../metric/counter.ts";
import { gauge } from "../metric/gauge.ts";
import { asIs } from "../metric/metric.ts";
import type { RuleGroupSpec } from "../rule-group.ts";
import type { ScrapeSpec } from "../scrape/scrape.ts";
import { service } from "../service.ts";
import type { Team } from "../team.ts";

/** What the ready services let their user decide. */
export interface ReadySpec<S extends string> {
  readonly owner: Team<S>;
  readonly scrape: ScrapeSpec;
  readonly runbooks?: `https://${string}`;
  readonly rules?: RuleGroupSpec;
}

/**
 * Prometheus as a service, with the metrics that tell whether it can be relied on.
 *
 * ```ts
 * export const prometheus = prometheusService({ owner: platform, scrape: { targets: ["localhost:9090"] } });
 * ```
 */
export function prometheusService<S extends string>(spec: ReadySpec<S>) {
  return service("prometheus", {
    ...spec,
    description: "Collects metrics and evaluates rules.",
    metrics: {
      configReloadSuccessful: gauge("prometheus_config_last_reload_successful", {
        help: "Whether the last reload of the configuration succeeded.",
      }),
      headSeries: gauge("prometheus_tsdb_head_series", { help: "Series in memory." }),
      samplesAppended: counter("prometheus_tsdb_head_samples_appended_total", {
        help: "Samples taken in.",
        labels: { type: oneOf("float", "histogram") },
      }),
      ruleFailures: counter("prometheus_rule_evaluation_failures_total", {
        help: "Rules that could not be evaluated.",
        labels: { rule_group: upTo(1_000) },
      }),
      ruleGroupDuration: gauge("prometheus_rule_group_last_duration_seconds", {
        help: "How long the last evaluation of a group took.",
        labels: { rule_group: upTo(1_000) },
      }),
      ruleGroupInterval: gauge("prometheus_rule_group_interval_seconds", {
        help: "How often a group is evaluated.",
        labels: { rule_group: upTo(1_000) },
      }),
      notificationsDropped: counter("prometheus_notifications_dropped_total", {
        help: "Alerts that could not be handed to any Alertmanager.",
      }),
      alertmanagersDiscovered: gauge(asIs("prometheus_notifications_alertmanagers_discovered"), {
        help: "Alertmanagers that alerts are handed to.",
      }),
    },
  });
}
