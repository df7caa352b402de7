import { alert, by, gauge, oneOf, service, slack, team, timeInterval, upTo, webhook } from "tocsin";
import { scenario } from "tocsin/testing";
import { describe, expect, it } from "vitest";

const officeHours = timeInterval("office-hours", { weekdays: "monday:friday", times: "09:00-17:00" });
const stranger = webhook("stranger", { url: "https://elsewhere.example/" });
const storefront = team("storefront", {
  page: [slack("#alarm", { apiUrlFile: "/slack" }), webhook("desk", { url: "https://desk.shop.example/" })],
  ticket: slack("#storefront", { apiUrlFile: "/slack", during: officeHours }),
});
const catalog = service("catalog", {
  owner: storefront,
  metrics: {
    inventory: gauge("catalog_inventory_items", {
      help: "Items in stock.",
      labels: { sku: upTo(2_000), warehouse: oneOf("fra", "iad") },
    }),
  },
});
const { inventory } = catalog.metrics;
const stock = inventory.sum(by("sku"));
const inventoryLow = alert("InventoryLow", {
  service: catalog,
  when: stock.below(10),
  for: "5m",
  severity: "ticket",
  summary: ({ sku }, left) => `Only ${left} of ${sku} left`,
});
const soldOut = alert("SoldOut", {
  service: catalog,
  when: stock.below(1),
  severity: "page",
  inhibits: [inventoryLow],
  summary: ({ sku }) => `${sku} is sold out`,
});
const monitors = { storefront, catalog, inventoryLow, soldOut };
const { page, ticket } = storefront.receivers;
const mug = { sku: "mug", warehouse: "fra" } as const;

const office = scenario(monitors, { start: "2026-03-02T10:00:00Z" });
const falling = office.given(inventory, mug, "20 9x60");

/** What a failing assertion prints. */
function said(assert: () => void): string {
  try {
    assert();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("this should have failed");
}

describe("toNotify", () => {
  it("counts what was told until the moment, by any of its texts", () => {
    expect(falling.at("6m")).not.toNotify(ticket);
    expect(falling.at("7m")).toNotify(ticket);
    expect(falling.at("7m")).toNotify(ticket, "9 of mug");
    expect(falling.at("1h")).toNotify(ticket, /^Only \d+ of mug left$/);
    expect(falling.at("1h")).not.toNotify(ticket, /^\d/);
  });

  it("takes a field for all that it says", () => {
    expect(falling.at("7m")).toNotify(ticket, { title: "Only 9 of mug left" });
    expect(falling.at("7m")).not.toNotify(ticket, { title: "9 of mug" });
    expect(falling.at("7m")).not.toNotify(ticket, { title: "Only 9 of mug left", text: /shirt/ });
    expect(falling.at("7m")).not.toNotify(ticket, { nonsense: /./ });
  });

  it("looks at nothing but the period", () => {
    expect(falling.during("0", "7m")).toNotify(ticket);
    expect(falling.during("7m", "1h")).not.toNotify(ticket);
  });

  it("forgets what was told before an alert began anew", () => {
    const again = office.given(inventory, mug, "9x9 20x19 9x20");
    expect(again.at("29m")).toNotify(ticket, "Resolved", { status: "resolved" });
    // Since half an hour stock is low again, but the ticket is not due.
    expect(again.at("35m")).toFire(inventoryLow);
    expect(again.at("35m")).not.toNotify(ticket);
    expect(again.at("36m")).toNotify(ticket, "Only 9 of mug left", { status: "firing" });
  });

  it("wants all of several receivers told, and with not, none", () => {
    const empty = office.given(inventory, mug, "0x60");
    expect(empty.at("1m")).toNotify(page, "mug is sold out");
    expect(empty.at("1m")).toNotify(page[1] ?? [], { "alerts[0].annotations.summary": "mug is sold out" });
    expect(said(() => expect(empty.at("1m")).toNotify([...page, ticket]))).toMatch(
      /^slack "#storefront" is not told by 1m\n/,
    );
    expect(said(() => expect(empty.at("1m")).not.toNotify([...page, ticket]))).toMatch(
      /^slack "#alarm" and webhook "desk" are told by 1m\n/,
    );
  });

  it("says who was told what instead", () => {
    expect(said(() => expect(falling.at("30m")).toNotify(ticket, "Only 8"))).toMatchInlineSnapshot(`
      "slack "#storefront" is not told by 30m: "Only 8"

      told:
        6m30s slack "#storefront" firing, first notification: InventoryLow{service="catalog", severity="ticket", sku="mug", team="storefront"}
          title: "Only 9 of mug left"
          text: "- Only 9 of mug left"
          fallback: "Only 9 of mug left""
    `);
    expect(said(() => expect(falling.at("30m")).not.toNotify(ticket))).toMatch(/^slack "#storefront" is told by 30m\n/);
  });

  it("says once what was repeated", () => {
    const long = office.given(inventory, mug, "0x900");
    const text = said(() => expect(long.at("15h")).toNotify(page, "Only 8"));
    expect(text.match(/firing, first notification/g)).toHaveLength(page.length);
    expect(text).not.toContain("repeat interval elapsed");
    expect(text).toMatch(/^ {4}and \d+ more like it, up to \d+h/m);
  });

  it("says who is waiting, and for what", () => {
    expect(said(() => expect(falling.at("6m")).toNotify(ticket))).toMatchInlineSnapshot(`
      "slack "#storefront" is not told by 6m

      told: nobody
      firing, and not told of yet:
        InventoryLow{service="catalog", severity="ticket", sku="mug", team="storefront"} since 6m
          for slack "#storefront": told 30s after its group begins, or every 5m"
    `);
    expect(said(() => expect(falling.at("3m")).toNotify(ticket, { title: /mug/ }))).toMatchInlineSnapshot(`
      "slack "#storefront" is not told by 3m: title: /mug/

      told: nobody
      pending:
        InventoryLow{service="catalog", severity="ticket", sku="mug", team="storefront"} since 1m"
    `);
  });

  it("says who is kept from hearing, and by what", () => {
    const night = scenario(monitors).given(inventory, mug, "20 9x60");
    expect(said(() => expect(night.at("30m")).toNotify(ticket))).toMatchInlineSnapshot(`
      "slack "#storefront" is not told by 30m

      told: nobody
      held back:
        InventoryLow{service="catalog", severity="ticket", sku="mug", team="storefront"} from slack "#storefront": muted outside of office-hours, at 6m30s to 26m30s

      The scenario starts at 1970-01-01T00:00:00.000Z: give it another start, scenario(…, { start })"
    `);
    const empty = office.given(inventory, mug, "0x60");
    expect(said(() => expect(empty.at("30m")).toNotify(ticket))).toContain(
      'InventoryLow{service="catalog", severity="ticket", sku="mug", team="storefront"} from slack "#storefront": inhibited by SoldOut{',
    );
  });

  it("refuses a receiver that hears of nothing", () => {
    expect(() => expect(falling.at("30m")).not.toNotify(stranger)).toThrow(
      'webhook "stranger" hears of nothing: is its team exported by what scenario() was given? There are: slack "#alarm", webhook "desk", slack "#storefront"',
    );
    expect(() => expect(falling).toNotify(ticket)).toThrow("toNotify asks an instant or a period");
  });
});

describe("an alert that is held back", () => {
  const empty = office.given(inventory, mug, "0x30 9x30");

  it("is inhibited while its source fires", () => {
    expect(empty.at("10m").alert(inventoryLow)).toBeInhibitedBy(soldOut, { sku: "mug" });
    expect(empty.at("10m").alert(inventoryLow)).not.toBeInhibitedBy(soldOut, { sku: "shirt" });
    expect(empty.at("10m").alert(inventoryLow, { sku: "shirt" })).not.toBeInhibitedBy(soldOut);
    expect(empty.at("10m").alert(soldOut)).not.toBeInhibitedBy(inventoryLow);
    expect(empty.at("50m").alert(inventoryLow)).not.toBeInhibitedBy(soldOut);
    expect(empty.during("0", "50m").alert(inventoryLow)).toBeInhibitedBy(soldOut);
    expect(empty.during("45m", "50m").alert(inventoryLow)).not.toBeInhibitedBy(soldOut);
  });

  it("is muted outside of its receiver's hours", () => {
    const night = scenario(monitors, { start: "2026-03-02T08:00:00Z" }).given(inventory, mug, "9x90");
    expect(night.at("30m").alert(inventoryLow)).toBeMutedBy(officeHours);
    expect(night.at("70m").alert(inventoryLow)).not.toBeMutedBy(officeHours);
    expect(night.at("70m")).toNotify(ticket);
  });

  it("is silenced for as long as somebody wants it, and by the labels that he names", () => {
    const quiet = empty.silence({ sku: "mug", severity: /pa.*/ }, { from: "5m", to: "2h" });
    expect(quiet.at("30m")).toNotify(page);
    const early = empty.silence({ alertname: "SoldOut" }, { to: "20m" });
    expect(early.at("10m").alert(soldOut)).toBeSilenced();
    expect(early.at("10m")).not.toNotify(page);
    expect(early.at("30m").alert(soldOut)).not.toBeSilenced();
    expect(early.at("30m")).toNotify(page);
    expect(empty.silence({ sku: "cup" }).at("30m")).toNotify(page);
    expect(early.silence({ sku: "mug" }, { from: "10m" }).at("3h")).not.toNotify(page);
    expect(said(() => expect(empty.silence({ sku: "mug" }).at("30m")).toNotify(page))).toContain(
      "silenced by silence 1",
    );
  });

  it.each([
    [{}, {}, "a silence needs a label: {} would silence everything"],
    [{ sku: /(?=a)/ }, {}, /^silence: sku: \(\?=a\): /],
    [{ sku: "mug" }, { from: "2h", to: "1h" }, "a silence from 2h to 1h: the end lies before the beginning"],
  ] as const)("cannot be silenced by %j for %j", (match, times, message) => {
    expect(() => empty.silence(match, times)).toThrow(message);
  });

  it("is asked about as an alert", () => {
    expect(() => expect(empty.at("10m")).toBeInhibitedBy(soldOut)).toThrow(
      "toBeInhibitedBy asks an alert: scenario.at(…).alert(rule, labels)",
    );
    expect(said(() => expect(empty.at("10m").alert(soldOut)).toBeMutedBy(officeHours))).toMatch(
      /^SoldOut is not muted by office-hours at 10m\n\ntold:/,
    );
  });
});

it("tells of alerts together", () => {
  const two = falling.given(inventory, { ...mug, sku: "shirt" }, "20 9x60");
  const one = two.at("10m").alert(inventoryLow, { sku: "mug" });
  expect(one).toBeGroupedWith(inventoryLow, { sku: "shirt" });
  expect(said(() => expect(one).toBeGroupedWith(soldOut))).toMatch(
    /^InventoryLow\{sku="mug"\} is not told of together with SoldOut at 10m\n/,
  );
});

describe("a timeline", () => {
  const story = office.given(inventory, mug, "9x9 0x9 20x20");

  it("reads as a story", () => {
    expect(story.timeline("38m")).toMatchInlineSnapshot(`
      00:05:30  storefront-ticket (slack) firing: first notification
                ▲ {alertname="InventoryLow", service="catalog", severity="ticket", sku="mug", team="storefront"}
                title: Only 9 of mug left
                text: - Only 9 of mug left
                fallback: Only 9 of mug left
      00:10:10  storefront-page (webhook) firing: first notification
                ▲ {alertname="SoldOut", service="catalog", severity="page", sku="mug", team="storefront"}
                alerts[0].annotations.summary: mug is sold out
      00:10:10  storefront-page (slack) firing: first notification
                ▲ {alertname="SoldOut", service="catalog", severity="page", sku="mug", team="storefront"}
                title: mug is sold out
                text: - mug is sold out
                fallback: mug is sold out
      00:10:30  storefront-ticket is not told of {alertname="InventoryLow", service="catalog", severity="ticket", sku="mug", team="storefront"}: inhibited by {alertname="SoldOut", service="catalog", severity="page", sku="mug", team="storefront"}, until 00:15:30
      00:20:10  storefront-page (webhook) resolved: all alerts resolved
                ▽ {alertname="SoldOut", service="catalog", severity="page", sku="mug", team="storefront"}
                alerts[0].annotations.summary: mug is sold out
      00:20:10  storefront-page (slack) resolved: all alerts resolved
                ▽ {alertname="SoldOut", service="catalog", severity="page", sku="mug", team="storefront"}
                title: Resolved: mug is sold out
                text: Resolved:
                  - mug is sold out
                fallback: Resolved: mug is sold out
      00:20:30  storefront-ticket (slack) resolved: all alerts resolved
                ▽ {alertname="InventoryLow", service="catalog", severity="ticket", sku="mug", team="storefront"}
                title: Resolved: Only 0 of mug left
                text: Resolved:
                  - Only 0 of mug left
                fallback: Resolved: Only 0 of mug left
    `);
  });

  it("is plain data, too", () => {
    expect(story.timeline("11m").data).toMatchInlineSnapshot(`
      {
        "heldBack": [
          {
            "from": "10m30s",
            "labels": {
              "alertname": "InventoryLow",
              "service": "catalog",
              "severity": "ticket",
              "sku": "mug",
              "team": "storefront",
            },
            "reason": {
              "by": {
                "alertname": "SoldOut",
                "service": "catalog",
                "severity": "page",
                "sku": "mug",
                "team": "storefront",
              },
              "kind": "inhibited",
              "rule": 0,
            },
            "receivers": [
              "slack "#storefront"",
            ],
            "to": "10m30s",
          },
        ],
        "notifications": [
          {
            "alerts": [
              {
                "labels": {
                  "alertname": "InventoryLow",
                  "service": "catalog",
                  "severity": "ticket",
                  "sku": "mug",
                  "team": "storefront",
                },
                "status": "firing",
              },
            ],
            "at": "5m30s",
            "reason": "first notification",
            "receiver": "slack "#storefront"",
            "status": "firing",
            "texts": {
              "fallback": "Only 9 of mug left",
              "text": "- Only 9 of mug left",
              "title": "Only 9 of mug left",
            },
          },
          {
            "alerts": [
              {
                "labels": {
                  "alertname": "SoldOut",
                  "service": "catalog",
                  "severity": "page",
                  "sku": "mug",
                  "team": "storefront",
                },
                "status": "firing",
              },
            ],
            "at": "10m10s",
            "reason": "first notification",
            "receiver": "webhook "desk"",
            "status": "firing",
            "texts": {
              "alerts[0].annotations.summary": "mug is sold out",
            },
          },
          {
            "alerts": [
              {
                "labels": {
                  "alertname": "SoldOut",
                  "service": "catalog",
                  "severity": "page",
                  "sku": "mug",
                  "team": "storefront",
                },
                "status": "firing",
              },
            ],
            "at": "10m10s",
            "reason": "first notification",
            "receiver": "slack "#alarm"",
            "status": "firing",
            "texts": {
              "fallback": "mug is sold out",
              "text": "- mug is sold out",
              "title": "mug is sold out",
            },
          },
        ],
      }
    `);
  });

  it("is worked out once for all assertions about a moment", () => {
    expect(story.timeline("38m")).toBe(story.at("38m").timeline);
  });

  it("says nothing where nothing happens", () => {
    expect(office.timeline("1h").text).toBe("Nobody is told of anything.\n");
  });
});

it("adds the labels that Prometheus adds, and goes by the environment's own pace", async () => {
  const { environment } = await import("tocsin");
  const quick = environment("quick", {
    prometheus: { externalLabels: { region: "eu" }, externalUrl: "https://prometheus.shop.example/" },
    alertmanager: { severities: { page: { groupWait: "1m" } } },
  });
  const empty = scenario({ ...monitors, quick }).given(inventory, mug, "0x60");
  const [told] = empty.timeline("5m").notifications;
  expect(told).toMatchObject({ atMs: 60_000, kind: "webhook", receiverName: "storefront-page" });
  expect(told?.alerts[0]).toMatchObject({
    labels: { region: "eu" },
    generatorUrl: expect.stringMatching(/^https:\/\/prometheus\.shop\.example\/graph\?g0\.expr=sum\+by\+%28sku%29/),
  });
});
