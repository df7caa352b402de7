/** The web shop's Alertmanager, for tests to send alerts to. */
import { type AlertmanagerConfig, readConfig } from "../../src/alertmanager/config/config.ts";
import type { Notification, Timeline } from "../../src/alertmanager/notify/notification.ts";
import { deliveriesOf, type Firing } from "../../src/alertmanager/send/prometheus.ts";
import { Simulator, type SimulatorOptions } from "../../src/alertmanager/simulate/simulator.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const SHOP = `
route:
  receiver: desk
  group_by: [alertname]
  group_wait: 30s
  group_interval: 5m
  repeat_interval: 4h
  routes:
    - { matchers: [severity=page], receiver: page, group_wait: 10s, repeat_interval: 1h }
    - { matchers: [severity=ticket], receiver: ticket, active_time_intervals: [office] }
    - { matchers: [severity=info], receiver: info, mute_time_intervals: [night] }
inhibit_rules:
  - { source_matchers: [severity=page], target_matchers: ['severity=~"ticket|info"'], equal: [sku] }
time_intervals:
  - { name: office, time_intervals: [{ weekdays: ['monday:friday'], times: [{ start_time: '09:00', end_time: '17:00' }] }] }
  - { name: night, time_intervals: [{ times: [{ start_time: '00:00', end_time: '06:00' }] }] }
receivers:
  - { name: desk, webhook_configs: [{ url: 'http://desk.shop.example/' }] }
  - { name: page, pagerduty_configs: [{ routing_key: k }], webhook_configs: [{ url: 'http://page.shop.example/', max_alerts: 2 }] }
  - { name: ticket, slack_configs: [{ api_url: 'http://slack.shop.example/', channel: '#shop' }] }
  - { name: info, webhook_configs: [{ url: 'http://info.shop.example/', send_resolved: false }] }
`;

export function configOf(source: string): AlertmanagerConfig {
  const { config, diagnostics } = readConfig(source, { file: "alertmanager.yml" });
  if (config === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return config;
}

/** Stretches of firing in minutes after the start, by label values: alertname, sku, severity. */
export type Stretch = readonly [alertname: string, sku: string, severity: string, from: number, to?: number];

export function firing([alertname, sku, severity, from, to]: Stretch, start = 0): Firing {
  return {
    labels: { alertname, sku, severity },
    annotations: { summary: `${alertname} of ${sku}` },
    firedAt: start + from * MINUTE,
    resolvedAt: to === undefined ? undefined : start + to * MINUTE,
  };
}

/** Runs stretches through a configuration, evaluated every minute. */
export function simulate(
  stretches: readonly Stretch[],
  { source = SHOP, start = 0, length = DAY, ...options }: { source?: string; length?: number } & SimulatorOptions = {},
): Timeline {
  const simulator = new Simulator(configOf(source), { start, ...options });
  for (const stretch of stretches)
    for (const delivery of deliveriesOf(firing(stretch, start), { interval: MINUTE }, start + length))
      simulator.deliver(delivery);
  simulator.advance(start + length);
  return simulator.timeline();
}

/** A notification in one line: minutes since the start, receiver, kind, reason, alerts. */
export function inShort({ at, receiver, integration, reason, alerts, truncated }: Notification, start = 0): string {
  const list = alerts.map(
    ({ labels, status }) => `${status === "firing" ? "+" : "-"}${labels.alertname}/${labels.sku}`,
  );
  const more = truncated > 0 ? ` and ${truncated} more` : "";
  return `${((at - start) / MINUTE).toFixed(1)} ${receiver} ${integration.kind}: ${reason} ${list.join(" ")}${more}`;
}
