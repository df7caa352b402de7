/** Who watches the watchers: Prometheus, Alertmanager, and the shop's front door from outside. */
import {
  alert,
  alertmanagerService,
  blackboxService,
  by,
  deadMansSwitch,
  prometheusService,
  time,
  webhook,
} from "tocsin";
import { platform, storefront } from "./teams.ts";

export const prometheus = prometheusService({
  owner: platform,
  scrape: { targets: ["localhost:9090"] },
  runbooks: "https://runbooks.shop.example/prometheus",
});

export const alertmanager = alertmanagerService({
  owner: platform,
  scrape: { targets: ["alertmanager:9093"] },
  runbooks: "https://runbooks.shop.example/alertmanager",
});

export const frontDoor = blackboxService("front-door", {
  owner: storefront,
  runbooks: "https://runbooks.shop.example/front-door",
  targets: ["https://shop.example/", "https://shop.example/cart"],
  module: "http_2xx",
  exporter: "blackbox:9115",
});

/** Somebody outside who expects to hear of us every few minutes, and calls when we fall silent. */
export const heartbeats = webhook("heartbeats", {
  urlFile: "/etc/alertmanager/secrets/heartbeat-url",
  timeout: "10s",
});

export const watchdog = deadMansSwitch("Watchdog", {
  service: prometheus,
  receiver: heartbeats,
  every: "4m",
});

export const rulesFail = alert("RulesFail", {
  service: prometheus,
  when: prometheus.metrics.ruleFailures.increase("10m").sum(by("rule_group")).above(0),
  for: "5m",
  severity: "page",
  summary: ({ rule_group }) => `Rules of ${rule_group} cannot be evaluated, so their alerts cannot fire`,
});

export const configRefused = alert("ConfigRefused", {
  service: prometheus,
  when: prometheus.metrics.configReloadSuccessful.equals(0),
  for: "5m",
  severity: "ticket",
  summary: ({ instance }) => `${instance} refuses its new configuration and runs the old one`,
});

export const notificationsFail = alert("NotificationsFail", {
  service: alertmanager,
  when: alertmanager.metrics.notificationsFailed
    .rate("10m")
    .sum(by("integration"))
    .div(alertmanager.metrics.notifications.rate("10m").sum(by("integration")))
    .above("5%"),
  for: "5m",
  severity: "page",
  summary: ({ integration }, share) => `${share.percent} of notifications by ${integration} do not arrive`,
});

export const frontDoorDown = alert("FrontDoorDown", {
  service: frontDoor,
  when: frontDoor.metrics.success.equals(0),
  for: "1m",
  severity: "page",
  summary: ({ instance }) => `${instance} cannot be reached from outside`,
});

export const certificateExpires = alert("CertificateExpires", {
  service: frontDoor,
  when: frontDoor.metrics.certificateExpiry.sub(time()).below("14d"),
  severity: "ticket",
  summary: ({ instance }, left) => `The certificate of ${instance} expires in ${left.duration}`,
});
