import { ramp, scenario, steady } from "tocsin/testing";
import { describe, expect, it } from "vitest";
import { deliveries, deliveriesOverdue, docksClosed } from "../../monitors/deliveries.ts";
import {
  alertmanager,
  certificateExpires,
  configRefused,
  frontDoor,
  frontDoorDown,
  notificationsFail,
  prometheus,
  rulesFail,
  watchdog,
} from "../../monitors/platform.ts";
import { shop } from "./shop.ts";

const start = scenario(shop, { environment: "production" });

describe("Watchdog", () => {
  it("fires whatever happens, and whether there are any series or not", () => {
    expect(start.at("0")).toFire(watchdog, {}, { annotations: { summary: /^Alerts arrive/ } });
    expect(start.during("0", "1h")).toFireTimes(watchdog, 1);
  });

  it("is silent where nobody listens for it", () => {
    expect(() => expect(scenario(shop, { environment: "local" }).at("1h")).toFire(watchdog)).toThrow(/Watchdog/);
  });
});

describe("RulesFail", () => {
  const { ruleFailures } = prometheus.metrics;
  const group = { rule_group: "catalog" } as const;

  it("pages when rules fail for five minutes", () => {
    const failing = start.given(ruleFailures, group, "0+1x60");
    expect(failing.at("5m")).toBePending(rulesFail, { rule_group: "catalog" });
    expect(failing.at("10m")).toFire(rulesFail, { rule_group: "catalog", severity: "page" });
  });

  it("forgets one failure after ten minutes", () => {
    const once = start.given(ruleFailures, group, "0x9 1x50");
    expect(once.at("18m")).toFire(rulesFail);
    expect(once.at("20m")).not.toFire(rulesFail);
    expect(start.given(ruleFailures, group, "3x60").at("20m")).not.toFire(rulesFail);
  });
});

describe("ConfigRefused", () => {
  const { configReloadSuccessful } = prometheus.metrics;

  it("opens a ticket after five minutes", () => {
    const refused = start.given(configReloadSuccessful, { instance: "p1" }, "1x4 0x30");
    expect(refused.at("9m")).toBePending(configRefused, { instance: "p1" });
    expect(refused.at("10m")).toFire(configRefused, { instance: "p1", severity: "ticket" });
    expect(start.given(configReloadSuccessful, {}, "1x60").at("1h")).not.toFire(configRefused);
  });
});

describe("NotificationsFail", () => {
  const { notifications, notificationsFailed } = alertmanager.metrics;
  const failing = (of100: number) =>
    start
      .given(notifications, { integration: "slack" }, "0+100x60")
      .given(notificationsFailed, { integration: "slack" } as never, `0+${of100}x60`);

  it("pages when more than one in twenty does not arrive for five minutes", () => {
    expect(failing(6).at("5m")).toBePending(notificationsFail, { integration: "slack" });
    const summary = "6% of notifications by slack do not arrive";
    expect(failing(6).at("10m")).toFire(notificationsFail, { integration: "slack" }, { annotations: { summary } });
  });

  it("bears one in twenty", () => {
    expect(failing(5).at("30m")).not.toFire(notificationsFail);
  });

  it("looks at ten minutes", () => {
    const burst = start
      .given(notifications, { integration: "slack" }, "0+10x60")
      .given(notificationsFailed, { integration: "slack" } as never, "0x9 40x50");
    expect(burst.at("18m")).toFire(notificationsFail);
    expect(burst.at("20m")).not.toFire(notificationsFail);
  });

  it("tells integrations apart", () => {
    const two = failing(6)
      .given(notifications, { integration: "email" }, "0+100x60")
      .given(notificationsFailed, { integration: "email" } as never, "0x60");
    expect(two.at("10m")).toFire(notificationsFail, { integration: "slack" });
    expect(two.at("10m")).not.toFire(notificationsFail, { integration: "email" });
  });
});

describe("FrontDoorDown", () => {
  const { success } = frontDoor.metrics;

  it("pages after a minute", () => {
    const down = start.given(success, { instance: "https://shop.example/" }, "1x4 0x30");
    expect(down.at("5m")).toBePending(frontDoorDown);
    expect(down.at("6m")).toFire(frontDoorDown, { instance: "https://shop.example/" });
    expect(start.given(success, {}, "1x60").at("1h")).not.toFire(frontDoorDown);
  });
});

describe("CertificateExpires", () => {
  const { certificateExpiry } = frontDoor.metrics;
  const DAY = 86_400;

  it("opens a ticket when less than two weeks are left", () => {
    const expiring = start.given(certificateExpiry, { instance: "shop" }, steady(14 * DAY + 60));
    expect(expiring.at("1m")).not.toFire(certificateExpires);
    const summary = "The certificate of shop expires in 13d 23h 59m 0s";
    expect(expiring.at("2m")).toFire(certificateExpires, { severity: "ticket" }, { annotations: { summary } });
  });

  it("stays quiet once it was renewed", () => {
    const renewed = start.given(certificateExpiry, {}, ramp(20 * DAY, 90 * DAY, "1h"));
    expect(renewed.at("1h")).toStayQuiet(certificateExpires);
  });
});

describe("DeliveriesOverdue", () => {
  const { overdue } = deliveries.metrics;
  const late = start
    .given(overdue, { warehouse: "fra", supplier: "pottery" }, "3x300")
    .given(overdue, { warehouse: "fra", supplier: "printer" }, "3x300");

  it("opens a ticket once more than five are late to a warehouse for four hours", () => {
    expect(late.at("239m")).toBePending(deliveriesOverdue, { warehouse: "fra" });
    const summary = "6 deliveries to fra are overdue";
    expect(late.at("4h")).toFire(deliveriesOverdue, { warehouse: "fra" }, { annotations: { summary } });
  });

  it("bears five, and what is late elsewhere", () => {
    const five = late.given(overdue, { warehouse: "fra", supplier: "printer" }, "2x300");
    expect(five.given(overdue, { warehouse: "iad", supplier: "printer" }, "4x300").at("5h")).not.toFire(
      deliveriesOverdue,
    );
  });
});

describe("DocksClosed", () => {
  const { docks } = deliveries.metrics;

  it("pages when no dock is open for ten minutes", () => {
    const closed = start.given(docks, { warehouse: "fra" }, "2x4 0x30").given(docks, { warehouse: "iad" }, "1x40");
    expect(closed.at("14m")).toBePending(docksClosed, { warehouse: "fra" });
    expect(closed.at("15m")).toFire(docksClosed, { warehouse: "fra", severity: "page" });
    expect(closed.at("15m")).not.toFire(docksClosed, { warehouse: "iad" });
  });
});
