import { ramp, restart, scenario, steady } from "tocsin/testing";
import { describe, expect, it } from "vitest";
import {
  bestsellers,
  catalog,
  catalogDown,
  commentSpam,
  demand,
  importStale,
  inventoryLow,
  noStockData,
  searchSlow,
  soldOut,
  stock,
} from "../../monitors/catalog.ts";
import { shop } from "./shop.ts";

const { inventory, clicks, comments, lastImport, search } = catalog.metrics;
const mug = { sku: "mug", warehouse: "fra" } as const;
const start = scenario(shop, { environment: "production" });

describe("InventoryLow", () => {
  const emptying = start.given(inventory, mug, "40 25 9x60").given(inventory, { ...mug, warehouse: "iad" }, "0x62");

  it("waits ten minutes before it tells anyone", () => {
    expect(emptying.at("11m")).toBePending(inventoryLow, { sku: "mug" });
    expect(emptying.at("11m")).not.toFire(inventoryLow);
    expect(emptying).toFireWithin(inventoryLow, "12m", { sku: "mug" });
  });

  it("opens a ticket that says how many are left", () => {
    const summary = "Only 9 of mug left";
    expect(emptying.at("15m")).toFire(inventoryLow, { sku: "mug", severity: "ticket" }, { annotations: { summary } });
    expect(emptying.at("15m")).toRecord(stock, { sku: "mug" }, 9);
  });

  it("counts the stock of all warehouses together", () => {
    const restocked = emptying.given(inventory, { ...mug, warehouse: "iad" }, "1x62");
    expect(restocked.at("30m")).toRecord(stock, { sku: "mug" }, 10);
    expect(restocked.at("30m")).not.toFire(inventoryLow);
  });

  it("begins to wait anew after each delivery", () => {
    const delivered = start.given(inventory, mug, "9x9 50x9 9x30");
    expect(delivered.during("0", "29m")).toStayQuiet(inventoryLow);
    expect(delivered.during("0", "40m")).toFireTimes(inventoryLow, 1);
  });
});

describe("SoldOut", () => {
  const empty = start.given(inventory, mug, "0x60");
  const home = { sku: "mug", page: "home" } as const;

  it("stays quiet about a product nobody clicks", () => {
    expect(empty.given(clicks, home, "7x60").at("20m")).not.toFire(soldOut);
    expect(empty.at("20m")).not.toFire(soldOut);
  });

  it("pages about one that sells, after five minutes", () => {
    const busy = empty.given(clicks, home, "0+60x60");
    expect(busy.at("5m")).toBePending(soldOut, { sku: "mug" });
    expect(busy.at("7m")).toFire(soldOut, { sku: "mug", severity: "page" });
    expect(busy.at("20m")).toRecord(demand, { sku: "mug" }, 1);
  });

  it("takes more than one click in ten seconds for demand, over five minutes and all pages", () => {
    expect(empty.given(clicks, home, "0+6x60").at("20m")).not.toFire(soldOut);
    const both = empty.given(clicks, home, "0+4x60").given(clicks, { ...home, page: "search" }, "0+4x60");
    expect(both.at("20m")).toFire(soldOut, { sku: "mug" });
    const burst = empty.given(clicks, home, "0x9 60x50");
    expect(burst.at("13m")).toRecord(demand, { sku: "mug" }, 0.2);
  });

  it("stays quiet while one is left, and about other products", () => {
    const busy = start.given(clicks, home, "0+60x60");
    expect(busy.given(inventory, mug, "1x60").at("20m")).not.toFire(soldOut);
    expect(busy.given(inventory, { ...mug, sku: "shirt" }, "0x60").at("20m")).not.toFire(soldOut);
  });

  it("bears a restart of the catalog", () => {
    const restarted = empty.given(clicks, home, restart(ramp(0, 3600, "1h"), { at: "15m" }));
    expect(restarted.during("10m", "40m")).toFireTimes(soldOut, 1);
  });
});

describe("bestsellers", () => {
  it("are recorded once an hour, from a day's clicks on all pages", () => {
    const day = start
      .given(clicks, { sku: "mug", page: "home" }, ramp(0, 172_800, "48h"))
      .given(clicks, { sku: "mug", page: "search" }, ramp(0, 172_800, "48h"));
    expect(day.at("24h")).toRecord(bestsellers, { sku: "mug" }, (value) => value > 170_000 && value <= 172_800);
    expect(day.at("2h")).toRecord(bestsellers, { sku: "mug" }, (value) => value > 14_000 && value < 15_000);
    expect(day.at("48h")).toRecord(bestsellers, { sku: "mug" }, (value) => value <= 172_800);
    expect(day.at("119m")).not.toRecord(bestsellers, { sku: "mug" }, (value) => value > 8_000);
  });
});

describe("CommentSpam", () => {
  const published = start.given(comments, { verdict: "published" }, "0+79x120");

  it("opens a ticket once more than a fifth is spam for half an hour", () => {
    const spam = published.given(comments, { verdict: "spam" }, "0+21x120");
    expect(spam.at("35m")).toFire(commentSpam, {}, { annotations: { summary: "21% of new comments are spam" } });
    expect(spam.at("30m")).toBePending(commentSpam);
  });

  it("bears a fifth", () => {
    const some = start.given(comments, { verdict: "published" }, "0+80x120");
    expect(some.given(comments, { verdict: "spam" }, "0+20x120").at("1h")).not.toFire(commentSpam);
  });

  it("counts held comments as comments", () => {
    const held = published
      .given(comments, { verdict: "spam" }, "0+21x120")
      .given(comments, { verdict: "held" }, "0+10x120");
    expect(held.at("1h")).not.toFire(commentSpam);
  });

  it("goes on for a quarter of an hour after the spam has ended", () => {
    const ending = published.given(comments, { verdict: "spam" }, "0+90x60 5400x60");
    expect(ending.at("80m")).toFire(commentSpam);
    expect(ending.at("90m")).not.toFire(commentSpam);
    expect(ending.during("0", "2h")).toFireTimes(commentSpam, 1);
  });

  it("looks at ten minutes, so that a short burst passes", () => {
    const burst = published.given(comments, { verdict: "spam" }, "0x59 5000x60");
    expect(burst.at("63m")).toBePending(commentSpam);
    expect(burst.at("72m")).not.toBePending(commentSpam);
  });
});

describe("SearchSlow", () => {
  /** Per minute: 90 quick searches, and so many slow ones between 0.71 and 1 second. */
  const searches = (slow: number) =>
    `{{schema:1 count:0 sum:0 offset:-6 buckets:[0 0 0 0 0 0 0]}}+{{schema:1 count:${90 + slow} sum:20 offset:-6 buckets:[90 0 0 0 0 0 ${slow}]}}x60`;

  it("opens a ticket once one in twenty searches is slow for a quarter of an hour", () => {
    const slow = start.given(search, {}, searches(10));
    expect(slow.at("20m")).toFire(searchSlow, {}, { annotations: { summary: /^One search in twenty takes 0\.8/ } });
    expect(slow.at("15m")).toBePending(searchSlow);
  });

  it("stays quiet while they are rare", () => {
    expect(start.given(search, {}, searches(4)).at("1h")).not.toFire(searchSlow);
    expect(start.given(search, {}, searches(6)).at("1h")).not.toFire(searchSlow);
  });

  it("looks at all instances together", () => {
    const quick = start.given(search, { instance: "a" }, searches(0)).given(search, { instance: "b" }, searches(8));
    expect(quick.at("1h")).not.toFire(searchSlow);
  });

  it("looks at five minutes", () => {
    const stopped = start.given(search, {}, searches(10).replace("x60", "x20").concat(" _x40"));
    expect(stopped.at("23m")).toFire(searchSlow);
    expect(stopped.at("26m")).not.toFire(searchSlow);
  });
});

describe("ImportStale", () => {
  const imported = start.given(lastImport, { warehouse: "fra" }, "0x1000");

  it("opens a ticket after more than six hours", () => {
    expect(imported.at("6h")).not.toFire(importStale);
    const summary = "Stock of fra was last taken over 6h 1m 0s ago";
    expect(imported.at("361m")).toFire(
      importStale,
      { warehouse: "fra" },
      { labels: { area: "import" }, annotations: { summary } },
    );
  });

  it("goes by the latest import that any instance knows of", () => {
    const other = imported.given(lastImport, { warehouse: "fra", instance: "b" }, steady(7_200));
    expect(other.at("7h")).not.toFire(importStale);
    expect(other.given(lastImport, { warehouse: "iad" }, "0x1000").at("7h")).toFire(importStale, { warehouse: "iad" });
  });
});

describe("CatalogDown", () => {
  it("pages after two minutes", () => {
    const down = start
      .given(catalog.up, { instance: "catalog-1" }, "1x9 0x20")
      .given(catalog.up, { instance: "catalog-2" }, "1x30");
    expect(down.at("11m")).toBePending(catalogDown, { instance: "catalog-1" });
    expect(down.at("12m")).toFire(catalogDown, { instance: "catalog-1" }, { annotations: { summary: /catalog-1/ } });
    expect(down.at("15m")).not.toFire(catalogDown, { instance: "catalog-2" });
  });

  it("is not about other services", () => {
    expect(start.given('up{job="checkout", instance="a"}', "0x30").at("15m")).toStayQuiet(catalogDown);
  });
});

describe("NoStockData", () => {
  it("pages when no stock is reported for ten minutes", () => {
    expect(start.at("9m")).toBePending(noStockData);
    expect(start.at("10m")).toFire(noStockData, { severity: "page" });
  });

  it("stays quiet while any is", () => {
    expect(start.given(inventory, mug, "0x30").at("20m")).not.toFire(noStockData);
  });
});
