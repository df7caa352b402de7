import { scenario } from "tocsin/testing";
import { describe, expect, it } from "vitest";
import { catalog, inventoryLow, soldOut } from "../../monitors/catalog.ts";
import { checkout, checkoutDown, checkoutSlow } from "../../monitors/checkout.ts";
import { deliveries, deliveriesOverdue, docksClosed } from "../../monitors/deliveries.ts";
import { diskLow, machines } from "../../monitors/machines.ts";
import { frontDoor, frontDoorDown, heartbeats, watchdog } from "../../monitors/platform.ts";
import { officeHours, payments, platform, stocktaking, storefront, warehouse } from "../../monitors/teams.ts";
import { shop } from "./shop.ts";

const { inventory, clicks } = catalog.metrics;
const { overdue, docks } = deliveries.metrics;
const { page, ticket } = storefront.receivers;
const mug = { sku: "mug", warehouse: "fra" } as const;
const home = { sku: "mug", page: "home" } as const;
const at = (start: string) => scenario(shop, { environment: "production", start });

/** A Monday, ten o'clock in Berlin. */
const morning = at("2026-03-02T09:00:00Z");
/** Two hours before midnight there. */
const evening = at("2026-03-02T21:00:00Z");

describe("stock that falls", () => {
  const emptying = morning.given(inventory, mug, "40 25 9x60");

  it("opens a ticket with the storefront, and pages nobody", () => {
    const later = emptying.at("15m");
    expect(later).toNotify(ticket, "Only 9 of mug left");
    expect(later).toNotify(ticket, { title: "Only 9 of mug left", text: /^- Only 9 of mug left\n.*\n.*InventoryLow$/ });
    expect(later).not.toNotify(ticket, /shirt/);
    expect(later).not.toNotify(page, /mug/);
    expect(later).not.toNotify([payments.receivers.ticket, ...payments.receivers.page]);
  });

  it("waits half a minute for other products, and tells of them together", () => {
    const both = emptying.given(inventory, { ...mug, sku: "shirt" }, "40 25 9x60");
    expect(both.at("12m")).toFire(inventoryLow, { sku: "mug" });
    expect(both.at("12m")).not.toNotify(ticket);
    const later = both.at("13m");
    expect(later).toNotify(ticket, "(2) InventoryLow", { alerts: 2 });
    expect(later.alert(inventoryLow, { sku: "mug" })).toBeGroupedWith(inventoryLow, { sku: "shirt" });
    expect(later.alert(inventoryLow, { sku: "mug" })).not.toBeGroupedWith(inventoryLow, { sku: "mug" });
  });

  it("tells when it is over", () => {
    const delivered = morning.given(inventory, mug, "9x20 50x30");
    expect(delivered.at("20m")).not.toNotify(ticket, "Resolved");
    expect(delivered.at("30m")).toNotify(ticket, "Resolved: Only 9 of mug left", { status: "resolved" });
    expect(delivered.during("0", "20m")).toNotify(ticket, undefined, { status: "firing", labels: { sku: "mug" } });
    expect(delivered.during("20m", "50m")).not.toNotify(ticket, undefined, { status: "firing" });
  });

  it("is told again a day later", () => {
    const low = morning.given(inventory, mug, "9x1500");
    expect(low.during("1h", "24h")).not.toNotify(ticket);
    expect(low.during("24h", "25h")).toNotify(ticket, "Only 9 of mug left");
  });
});

describe("the night", () => {
  const low = evening.given(inventory, mug, "9x900");

  it("keeps tickets until the office opens", () => {
    const night = low.at("5h");
    expect(night).toFire(inventoryLow, { sku: "mug" });
    expect(night).not.toNotify(ticket);
    expect(night.alert(inventoryLow)).toBeMutedBy(officeHours);
    expect(low.during("0", "10h59m")).not.toNotify(ticket);
    expect(low.during("11h", "11h5m")).toNotify(ticket, "Only 9 of mug left");
  });

  it("does not keep pages", () => {
    const empty = evening.given(inventory, mug, "0x60").given(clicks, home, "0+60x60");
    expect(empty.at("20m")).toNotify(page, "mug is sold out");
    expect(empty.at("20m").alert(soldOut)).not.toBeMutedBy(officeHours);
  });
});

describe("a product that is sold out", () => {
  const empty = morning.given(inventory, mug, "9x15 0x60").given(clicks, home, "0+60x80");

  it("pages, and takes the place of its ticket", () => {
    const later = empty.at("30m");
    expect(later).toFire(inventoryLow, { sku: "mug" });
    expect(later).toNotify(page, { description: /^mug is sold out/ });
    expect(later.alert(inventoryLow, { sku: "mug" })).toBeInhibitedBy(soldOut, { sku: "mug" });
    expect(empty.at("15m").alert(inventoryLow)).not.toBeInhibitedBy(soldOut);
  });

  it("leaves the tickets of other products alone", () => {
    const other = empty.given(inventory, { ...mug, sku: "shirt" }, "9x80");
    expect(other.at("30m").alert(inventoryLow, { sku: "shirt" })).not.toBeInhibitedBy(soldOut);
    expect(other.at("30m").alert(inventoryLow, { sku: "mug" })).toBeInhibitedBy(soldOut);
  });

  it("shows as a story", () => {
    const story = morning.given(inventory, mug, "9x15 0x30 50x60").given(clicks, home, "0+60x110");
    const { notifications, heldBack } = story.timeline("70m").data;
    const people = notifications.filter(({ receiver }) => receiver !== 'webhook "heartbeats"');
    const told = people.map(({ at, receiver, texts }) => `${at} ${receiver}: ${texts.title ?? texts.description}`);
    expect(told).toEqual([
      '10m30s msteamsv2 "buyers": Only 9 of mug left',
      '10m30s slack "#storefront": Only 9 of mug left',
      '21m10s pagerduty "storefront-primary": mug is sold out, and customers keep asking for it',
      '21m30s msteamsv2 "buyers": mug is sold out, and customers keep asking for it',
      '47m10s pagerduty "storefront-primary": Resolved: mug is sold out, and customers keep asking for it',
      '50m30s msteamsv2 "buyers": Resolved: Only 0 of mug left',
      '50m30s slack "#storefront": Resolved: Only 0 of mug left',
      '51m30s msteamsv2 "buyers": Resolved: mug is sold out, and customers keep asking for it',
    ]);
    expect(heldBack).toMatchObject([
      { from: "25m30s", to: "45m30s", receivers: ['msteamsv2 "buyers"'] },
      { from: "25m30s", to: "45m30s", receivers: ['slack "#storefront"'] },
    ]);
  });
});

describe("the checkout", () => {
  it("pages everyone of payments when it is down, and keeps quiet about what follows from that", () => {
    const { latency } = checkout.metrics;
    const down = morning
      .given(checkout.up, { instance: "a" }, "1x4 0x50")
      .given(latency.bucket(1), { route: "/pay", code: "200" }, "0x60")
      .given(latency.bucket(3), { route: "/pay", code: "200" }, "0+60x60")
      .given(
        'checkout_request_duration_seconds_bucket{job="checkout",instance="checkout-1",route="/pay",code="200",le="+Inf"}',
        "0+60x60",
      );
    const later = down.at("40m");
    expect(later).toNotify(payments.receivers.page, "a does not answer");
    expect(later).toFire(checkoutSlow);
    expect(later.alert(checkoutSlow)).toBeInhibitedBy(checkoutDown);
    expect(later).not.toNotify(payments.receivers.ticket);
  });
});

describe("the warehouse", () => {
  it("gets its tickets on its own desk", () => {
    const late = morning.given(overdue, { warehouse: "fra", supplier: "pottery" }, "6x300");
    expect(late.at("5h")).toFire(deliveriesOverdue, { warehouse: "fra" });
    expect(late.at("5h")).toNotify(warehouse.receivers.ticket, undefined, { labels: { warehouse: "fra" } });
  });

  it("is not paged while stock is taken", () => {
    const closed = at("2026-03-31T18:00:00Z").given(docks, { warehouse: "fra" }, "0x400");
    expect(closed.at("1h").alert(docksClosed)).toBeMutedBy(stocktaking);
    expect(closed.during("0", "4h")).not.toNotify(warehouse.receivers.page);
    expect(closed.during("4h", "5h")).toNotify(warehouse.receivers.page, "No dock of fra is open");
  });
});

describe("a disk that fills up", () => {
  const root = { mountpoint: "/", fstype: "ext4", instance: "db" } as const;
  const filling = morning.given(machines.metrics.diskFree, root, "19e9x60 1e9x60");

  it("is a ticket for the platform, and then a page that takes the ticket's place", () => {
    expect(filling.at("45m")).toNotify(platform.receivers.ticket, /^db has 17\.7GiB left on \/$/);
    expect(filling.during("0", "1h")).not.toNotify(platform.receivers.page);
    expect(filling.at("65m")).toNotify(platform.receivers.page, /^db has 953\.7MiB left/);
    expect(filling.at("70m").alert(diskLow.ticket)).toBeInhibitedBy(diskLow.page, { instance: "db" });
  });

  it("does not silence the tickets of other disks", () => {
    const both = filling.given(machines.metrics.diskFree, { ...root, mountpoint: "/var" }, "19e9x120");
    const later = both.at("70m");
    expect(later.alert(diskLow.ticket, { mountpoint: "/var" })).not.toBeInhibitedBy(diskLow.page);
    expect(later.alert(diskLow.ticket, { mountpoint: "/" })).toBeInhibitedBy(diskLow.page);
  });

  it("is nobody else's business", () => {
    const others = [storefront, payments, warehouse].flatMap(({ receivers }) => [receivers.page, receivers.ticket]);
    expect(filling.given(inventory, mug, "40x120").during("0", "2h")).not.toNotify(others.flat());
  });
});

describe("the heartbeat", () => {
  it("is heard every four minutes, also at night", () => {
    for (const quiet of [morning, evening])
      for (const [from, to] of [
        ["0", "4m"],
        ["4m", "8m"],
        ["8m", "12m"],
      ] as const)
        expect(quiet.during(from, to)).toNotify(heartbeats, undefined, { labels: { alertname: "Watchdog" } });
  });

  it("is for those alone who listen for it", () => {
    const teams = [storefront, payments, platform, warehouse].flatMap(({ receivers }) => [
      receivers.page,
      receivers.ticket,
    ]);
    expect(morning.at("1h")).toFire(watchdog);
    expect(morning.during("0", "1h").alert(watchdog)).not.toBeMutedBy(officeHours);
    expect(morning.given(inventory, mug, "40x60").during("0", "1h")).not.toNotify(teams.flat());
  });
});

describe("the front door", () => {
  it("pages the storefront a minute after it closes, and tells when it opens again", () => {
    const closed = evening.given(frontDoor.metrics.success, { instance: "https://shop.example/" }, "1x4 0x9 1x50");
    expect(closed.during("0", "6m")).not.toNotify(page);
    expect(closed.at("8m")).toFire(frontDoorDown);
    expect(closed.at("8m")).toNotify(page, "https://shop.example/ cannot be reached from outside");
    expect(closed.during("14m", "20m")).toNotify(page, /^Resolved: /, { status: "resolved" });
    expect(closed.during("0", "40m")).not.toNotify([ticket, payments.receivers.ticket, ...payments.receivers.page]);
  });
});
