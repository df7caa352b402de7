/** Where the shop runs, and what differs there. */
import { environment, type Override, override, probeThrough, timeInterval } from "tocsin";
import { catalog, catalogDown, hourly, inventoryLow, lowStock, soldOut } from "./catalog.ts";
import { checkout, checkoutCrowded, checkoutDown } from "./checkout.ts";
import { deliveries, deliveriesOverdue, docksClosed } from "./deliveries.ts";
import { machines, memoryFull } from "./machines.ts";
import { alertmanager, frontDoor, frontDoorDown, prometheus, watchdog } from "./platform.ts";
import { buyers, platform, storefront, warehouse } from "./teams.ts";

const mail = { smarthost: "mail.shop.example:587", from: "tocsin@shop.example", authUsername: "tocsin" };

export const production = environment("production", {
  prometheus: {
    externalLabels: { region: "eu" },
    externalUrl: "https://prometheus.shop.example/",
    alertmanagers: ["alertmanager:9093"],
  },
  alertmanager: {
    secrets: "/etc/alertmanager/secrets",
    smtp: { ...mail, authPasswordFile: "/etc/alertmanager/secrets/mail-password" },
    wechat: { corpId: "shop" },
    severities: { ticket: { repeatInterval: "1d" } },
  },
  grafana: { url: "https://grafana.shop.example/", prometheusUrl: "http://prometheus:9090" },
});

export const staging = environment("staging", {
  prometheus: {
    scrapeInterval: "1m",
    evaluationInterval: "1m",
    externalLabels: { region: "eu" },
    alertmanagers: ["alertmanager.staging:9093"],
  },
  alertmanager: {
    secrets: "/etc/alertmanager/secrets",
    smtp: { ...mail, authPasswordFile: "/etc/alertmanager/secrets/mail-password" },
    wechat: { corpId: "shop" },
  },
  overrides: [
    override(lowStock, 2),
    override(catalog, { scrape: { targets: ["catalog.staging:8080"] } }),
    override(deliveries, { scrape: { targets: ["deliveries.staging:8080"] } }),
    override(frontDoor, { scrape: { targets: ["https://staging.shop.example/"] } }),
    override(storefront.receivers.page, { enabled: false }),
  ],
});

/** Always, as far as a run on a laptop can tell; not for good, which the build would warn of. */
export const theseYears = timeInterval("these-years", { years: "2025:2035" });

/** Flushed half way between evaluations, and never just when a repetition is due: nothing is a close race. */
const everySeconds = { groupWait: "1s500ms", groupInterval: "2s" } as const;

/** A laptop, and the end-to-end run: everything on the loopback, everything within seconds. */
export const local = onLoopback("local", [
  override(catalog, { scrape: onPort(19101), rules: { interval: "1s" } }),
  override(machines, { scrape: onPort(19103) }),
  override(warehouse.receivers.page, { except: undefined }),
]);

/** The same on Debian 12's servers: they know no native histograms, labels of groups, or files with WeChat's secret. */
export const debian = onLoopback("debian", [
  override(catalog, { scrape: { ...onPort(19101), scrapeNativeHistograms: undefined }, rules: { interval: "1s" } }),
  override(machines, { scrape: onPort(19103), rules: { labels: undefined } }),
  override(warehouse.receivers.page, { enabled: false }),
]);

function onLoopback(name: string, overrides: readonly Override[]) {
  return environment(name, {
    prometheus: {
      scrapeInterval: "1s",
      scrapeTimeout: "1s",
      evaluationInterval: "1s",
      alertmanagers: ["127.0.0.1:19093"],
    },
    alertmanager: {
      secrets: "/tmp/tocsin-local",
      pagerdutyUrl: "http://127.0.0.1:19180/pagerduty",
      smtp: { smarthost: "127.0.0.1:19125", from: "tocsin@localhost", requireTls: false },
      wechat: { corpId: "shop", apiUrl: "http://127.0.0.1:19180/wechat/" },
      notifications: { ...everySeconds, repeatInterval: "1h" },
      severities: { page: { ...everySeconds, repeatInterval: "7s" }, ticket: everySeconds },
    },
    overrides: [
      ...overrides,
      override(checkout, {
        scrape: { ...onPort(19102), scheme: "http", relabel: [], authorization: undefined, tls: undefined },
      }),
      override(deliveries, { scrape: onPort(19104) }),
      override(prometheus, { scrape: onPort(19090) }),
      override(alertmanager, { scrape: onPort(19093) }),
      override(frontDoor, {
        scrape: { targets: ["http://127.0.0.1:19102/cart"], relabel: probeThrough("127.0.0.1:19115") },
      }),
      override(hourly, { interval: "2s" }),
      override(inventoryLow, { for: "3s" }),
      override(soldOut, { for: "2s" }),
      override(catalogDown, { for: "3s" }),
      override(checkoutCrowded, { for: "2s" }),
      override(checkoutDown, { for: "3s" }),
      override(deliveriesOverdue, { for: "2s" }),
      override(docksClosed, { for: "2s" }),
      override(frontDoorDown, { for: "3s" }),
      override(memoryFull, { for: "2s" }),
      // Nobody listens there.
      override(watchdog, { enabled: false }),
      override(buyers, { enabled: false }),
      override(storefront.receivers.ticket, { during: theseYears }),
      override(platform.receivers.ticket, { during: undefined, except: theseYears }),
      override(warehouse.receivers.ticket, { url: "http://127.0.0.1:19180/webhook" }),
    ],
  });
}

function onPort(port: number) {
  return { targets: [`127.0.0.1:${port}`], interval: "1s" } as const;
}
