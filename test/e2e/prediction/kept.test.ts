import { expect, it } from "vitest";
import { keptSeries } from "./kept.ts";

const TARGET = { job: "catalog", instance: "catalog-1" };

/** The target is scraped every second from 1 s on, which takes 20 ms. */
const scrapes = {
  metric: { __name__: "scrape_duration_seconds", ...TARGET },
  values: [1, 2, 3, 4].map((time): [number, string] => [time, "0.02"]),
};

it("says when a scraped sample was there to be seen, and when its series ended", () => {
  const metric = { __name__: "catalog_inventory_items", ...TARGET };
  const [, series] = keptSeries([scrapes, { metric, values: [[2, "9"]] }]);
  expect(series?.samples).toEqual([
    { timeMs: 2000, value: 9, seenMs: 2020 },
    { timeMs: 3000, value: "stale", seenMs: 3020 },
  ]);
});

it("takes what rules wrote as it is, even with the labels of a target", () => {
  const metric = { __name__: "ALERTS", ...TARGET };
  const [, series] = keptSeries([scrapes, { metric, values: [[1.5, "1"]] }]);
  expect(series?.samples).toEqual([{ timeMs: 1500, value: 1, seenMs: 1500 }]);
});

it("reads the values that JSON has no numbers for", () => {
  const values = ["NaN", "+Inf", "-Inf"].map((value, i): [number, string] => [i, value]);
  const [series] = keptSeries([{ metric: { __name__: "shop:ratio" }, values }]);
  expect(series?.samples.map(({ value }) => value)).toEqual([Number.NaN, Infinity, -Infinity]);
});
