// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Grafana
import {
  constantVariable,
  customVariable,
  dashboard,
  dashboardQuery,
  filterVariable,
  intervalVariable,
  labelVariable,
  panel,
  row,
  textPanel,
  textVariable,
} from "tocsin";
import { describe, expect, it } from "vitest";
import { emitDashboard } from "../../../src/emit/grafana/dashboard.ts";
import { layOut } from "../../../src/emit/grafana/layout.ts";
import { readDashboard } from "../../../src/import/grafana/read-dashboard.ts";
import { type PlannedDashboard, panelsOf } from "../../../src/plan/dashboard/planned.ts";
import { clicks, dashboardNamed, inventory, planned, stock, storefront } from "../../plan/dashboard/shop.ts";

const warehouse = { sku: "SKU", warehouse: "Warehouse" };

/** Everything that can be said of how a dashboard looks. */
const looks = dashboard("Looks", {
  owner: storefront,
  over: "2d",
  refresh: false,
  timezone: "Europe/Berlin",
  variables: [
    labelVariable("warehouse", { title: "Warehouse", regex: "/fra|iad/", sort: "numerical", multi: false }),
    customVariable("most", ["5", "10,5"], { title: "Most", current: "5" }),
    customVariable("pages", ["home", "search"], { multi: true, allValue: ".*" }),
    intervalVariable("window", ["5m", "1h"]),
    textVariable("word", "mug"),
    constantVariable("base", "https://shop.example"),
    filterVariable(),
  ],
  rows: [
    row("Lines", [
      panel("Traffic", clicks.rate("5m").sum(), {
        stack: "percent",
        draw: "bars",
        fill: 40,
        color: "#123456",
        axis: { label: "per second", scale: "log2" },
        legendAt: "right",
        legendShows: ["max", "last"],
        transparent: true,
        over: "24h",
        minInterval: "1m",
        decimals: 2,
        min: 0,
        max: 10,
        repeat: "warehouse",
        size: { width: 10, height: 9 },
        series: {
          "/in .*/": { color: "blue", axis: "right", dashed: true },
          out: { negative: true, apart: true, name: "Out", fill: 5, hidden: true },
        },
      }),
      textPanel("Note", "Hello", { transparent: true, size: { width: 6 } }),
    ]),
    row(
      "Numbers",
      [
        panel("Stock", stock, { as: "stat", shows: "mean", sparkline: true, colored: "background", noValue: "none" }),
        panel("By page", clicks.rate("5m").sum(), { as: "pie chart", shows: "sum" }),
        panel("Seen", inventory.max(), {
          as: "status history",
          words: { "0": { text: "out", color: "red" }, "1": "in" },
        }),
        panel(
          "Items",
          { Stock: stock, Most: dashboardQuery("topk($most, sku:catalog_inventory_items:sum)") },
          {
            as: "table",
            columns: { hide: ["job"], rename: warehouse, order: ["sku", "Stock"], sortBy: "Stock" },
            series: {
              Stock: {
                unit: "bytes",
                decimals: 1,
                cell: "bar",
                width: 90,
                thresholds: [{ color: "green" }, { from: "5%", color: "red" }],
                links: [{ title: "Shop", url: "https://shop.example/${__value.raw}", newTab: true }],
              },
            },
          },
        ),
      ],
      { collapsed: true, repeat: "warehouse" },
    ),
  ],
});

const plannedLooks = dashboardNamed(planned({ looks }), "Looks");

describe.each(["v1", "v2"] as const)("schema %s", (schema) => {
  const json = JSON.parse(emitDashboard(plannedLooks, schema).text);
  const read = readDashboard(json) as PlannedDashboard;

  it("says how each panel looks, and reads it back", () => {
    const shown = (one: PlannedDashboard) =>
      panelsOf(one).map(({ title, as, decimals, min, max, stack, series, mappings, transformations, repeat }) => ({
        ...{ title, as, decimals, min, max, stack, series, mappings, transformations, repeat },
      }));
    expect(shown(read)).toEqual(shown(plannedLooks));
    const [traffic, , number] = panelsOf(read);
    const { size: _, ...look } = panelsOf(plannedLooks)[0]?.look ?? {};
    expect(traffic?.look).toEqual(look);
    expect(number?.look).toEqual(panelsOf(plannedLooks)[2]?.look);
  });

  it("has every kind of variable, and the time that it shows", () => {
    const said = ({ variables, time }: PlannedDashboard) => ({
      time,
      variables: variables.map(({ name, kind, label, text, multi, hidden, regex, current }) => ({
        ...{ name, kind, label, text, multi, hidden, regex },
        current: kind === "query" ? undefined : current,
      })),
    });
    const { variables, time } = said(read);
    const expected = said(plannedLooks);
    expect(time).toEqual({ from: "now-2d", to: "now", refresh: "", timezone: "Europe/Berlin" });
    expect(
      variables.map(({ name, kind, label, hidden, regex, multi }) => [name, kind, label, hidden, regex, multi]),
    ).toEqual(
      expected.variables.map(({ name, kind, label, hidden, regex, multi }) => [
        name,
        kind,
        label,
        hidden,
        regex,
        multi,
      ]),
    );
    expect(variables.map(({ text }) => text)).toEqual(expected.variables.map(({ text }) => text));
  });
});

it("hides a constant, and keeps the comma within a choice", () => {
  const { list } = JSON.parse(emitDashboard(plannedLooks).text).templating;
  const named = (name: string) => list.find((one: { name: string }) => one.name === name);
  expect(named("base")).toMatchObject({ type: "constant", query: "https://shop.example" });
  expect(named("most")).toMatchObject({ query: "5,10\\,5", current: { value: "5" } });
  expect(named("most").options).toMatchObject([{ value: "5", selected: true }, { value: "10,5" }]);
  expect(named("pages").options[0]).toMatchObject({ value: "$__all", selected: true });
});

it("gives panels the width they want, and shares out the rest", () => {
  const widths = layOut(plannedLooks.rows).map(({ panels }) => panels.map(({ place }) => [place.x, place.w, place.h]));
  expect(widths[0]).toEqual([
    [0, 10, 9],
    [10, 6, 9],
  ]);
});

it("asks with a dashboard's variables, and says what cannot be read", () => {
  const most = panelsOf(plannedLooks).find(({ title }) => title === "Items")?.queries[1];
  expect(most).toMatchObject({ errors: [], expr: { kind: "AggregateExpr", op: "topk" } });
  expect(most?.text).toContain("topk($most");
  const wrong = dashboard("Wrong", {
    owner: storefront,
    rows: { Row: [panel("Wrong", dashboardQuery("topk($most"))] },
  });
  const [only] = panelsOf(dashboardNamed(planned({ wrong }), "Wrong"));
  expect(only?.queries[0]).toMatchObject({ text: "topk($most", expr: undefined });
  expect(only?.queries[0]?.errors[0]?.message).toMatch(/unclosed left parenthesis/);
});
