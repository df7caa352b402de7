import { by, dashboard, panel } from "tocsin";
import { expect, it } from "vitest";
import type { PlannedPanel } from "../../../src/plan/dashboard/planned.ts";
import type { SeriesData } from "../../../src/report/preview/payload.ts";
import { lookFor } from "../../../src/report/preview/series-look.ts";
import { tableOf } from "../../../src/report/preview/table.ts";
import {
  clicks,
  dashboardNamed,
  inventory,
  panelNamed,
  planned,
  stock,
  storefront,
} from "../../plan/dashboard/shop.ts";

const drawn = (...args: Parameters<typeof panel>): PlannedPanel => {
  const shop = dashboard("Shop", { owner: storefront, rows: { Row: [panel(...args)] } });
  return panelNamed(dashboardNamed(planned({ shop }), "Shop"), args[0]);
};

const series = (refId: string, labels: Record<string, string>, value: number | null): SeriesData => ({
  name: "any",
  refId,
  labels,
  values: [value],
});

it("shows a row for each set of labels, and a column for each query", () => {
  const items = drawn(
    "Items",
    { Items: stock, Clicks: clicks.rate("5m").sum(by("page")) },
    {
      as: "table",
      columns: { rename: { sku: "Product" }, hide: ["warehouse"], order: ["Items"], sortBy: "Items" },
      series: { Clicks: { unit: "reqps" } },
    },
  );
  const { columns, rows } = tableOf(items, [
    series("A", { sku: "bag", warehouse: "fra" }, 3),
    series("A", { sku: "mug", warehouse: "fra" }, 7),
    series("B", { sku: "bag", warehouse: "fra" }, 0.5),
  ]);
  expect(columns).toEqual([
    { title: "Items", isValue: true, look: undefined },
    { title: "Product", isValue: false, look: undefined },
    { title: "Clicks", isValue: true, look: { unit: "reqps" } },
  ]);
  expect(rows).toEqual([
    [7, "mug", null],
    [3, "bag", 0.5],
  ]);
});

it("leaves out a column that is hidden, and has a name for the only value", () => {
  const items = drawn("Items", inventory, {
    as: "table",
    series: { warehouse: { hidden: true }, sku: { name: "SKU" } },
  });
  const { columns, rows } = tableOf(items, [series("A", { sku: "bag", warehouse: "fra" }, 3)]);
  expect(columns.map(({ title }) => title)).toEqual(["SKU", "value"]);
  expect(rows).toEqual([["bag", 3]]);
});

it("knows the looks of a series by its name, by a pattern, and by its query", () => {
  const looks = [
    { of: "out", color: "red" },
    { of: "/^OUT/i", dashed: true },
    { of: "", refId: "B", unit: "s" },
    { of: "/(/", hidden: true },
  ] as const;
  expect(lookFor(looks, ["out"], "A")).toEqual({ color: "red", dashed: true });
  expect(lookFor(looks, ["outer"], "B")).toEqual({ dashed: true, unit: "s" });
  expect(lookFor(looks, ["in"], "A")).toBeUndefined();
});
