import {
  alert,
  by,
  dashboard,
  environment,
  firingAlerts,
  labelVariable,
  logsLink,
  panel,
  row,
  service,
  textPanel,
} from "tocsin";
import { expect, it } from "vitest";
import { panelsOf } from "../../../src/plan/dashboard/planned.ts";
import { catalog, clicks, dashboardNamed, inventory, latency, panelNamed, planned, stock, storefront } from "./shop.ts";

const shop = (rows: Parameters<typeof dashboard>[1]["rows"], more = {}) =>
  dashboardNamed(planned({ shop: dashboard("Shop", { owner: storefront, rows, ...more }) }), "Shop");

const drawn = (...args: Parameters<typeof panel>) => panelNamed(shop({ Row: [panel(...args)] }), args[0] as string);

it("draws the thresholds of the alerts on the same expression, however it is written", () => {
  const colors = [{ color: "red" }, { from: 1, color: "orange" }, { from: 10, color: "green" }];
  expect(drawn("Stock", stock).thresholds).toMatchObject(colors);
  expect(drawn("Stock", inventory.sum(by("sku"))).thresholds).toMatchObject(colors);
  expect(drawn("Least", stock.bottomk(10)).thresholds).toMatchObject(colors);
  expect(drawn("Stock", inventory.sum(by("warehouse"))).thresholds).toEqual([]);
  expect(drawn("Stock", stock, { thresholds: [] }).thresholds).toEqual([]);
});

it("colours by what decides, not by what only says when to look", () => {
  const busy = alert("SoldOutWhileBusy", {
    service: catalog,
    when: inventory.sum().below(5).and(clicks.rate("5m").sum().above(1)),
    severity: "page",
    summary: "busy",
  });
  const one = dashboardNamed(
    planned({
      busy,
      shop: dashboard("Shop", { owner: storefront, rows: { R: [panel("Clicks", clicks.rate("5m").sum())] } }),
    }),
    "Shop",
  );
  expect(panelNamed(one, "Clicks")).toMatchObject({
    thresholds: [],
    watchedBy: [{ name: "SoldOutWhileBusy", service: "catalog" }],
  });
});

it("takes the unit from the metric, and the legend from the labels that survive", () => {
  expect(drawn("Time", latency.rate("5m").sum(by("route")).quantile(0.99))).toMatchObject({
    unit: "s",
    queries: [{ legend: "{{route}}" }],
  });
  expect(drawn("Clicks", clicks.rate("5m").sum(by("page")))).toMatchObject({ unit: "cps" });
  expect(drawn("All clicks", clicks.rate("5m").sum())).toMatchObject({ queries: [{ legend: "All clicks" }] });
  expect(drawn("Stock", inventory.sum(by("sku")))).toMatchObject({ unit: "short" });
  const spread = latency.rate("5m").sum();
  expect(
    drawn("Time", { half: spread.quantile(0.5), mean: spread.mean() }).queries.map(({ legend }) => legend),
  ).toEqual(["half", "mean"]);
  expect(drawn("Time", [spread.quantile(0.5), spread.mean()]).queries.map(({ legend }) => legend)).toEqual([
    "p50",
    "mean",
  ]);
});

it("lets rates follow the resolution, and leaves long windows as they are meant", () => {
  expect(drawn("Clicks", clicks.rate("5m").sum()).queries[0]?.text).toBe(
    'sum(rate(catalog_clicks_total{instance=~"$instance",job=~"$job"}[$__rate_interval]))',
  );
  expect(drawn("Clicks", clicks.rate("1h").sum()).queries[0]?.text).toMatch(/\[1h\]/);
  expect(drawn("Clicks", clicks.increase("5m").sum()).queries[0]?.text).toMatch(/\[5m\]/);
});

it("narrows queries to what is chosen, where their metrics have the label", () => {
  const one = shop(
    {
      Stock: [
        panel("Stock", inventory.sum(by("sku"))),
        panel("Recorded", stock),
        panel("Clicks", clicks.rate("5m").sum()),
      ],
    },
    { variables: [labelVariable("warehouse", { title: "Warehouse" })] },
  );
  expect(panelNamed(one, "Stock").queries[0]?.text).toMatch(/warehouse=~"\$warehouse"/);
  expect(panelNamed(one, "Recorded").queries[0]?.text).toBe("sku:catalog_inventory_items:sum");
  expect(panelNamed(one, "Clicks").queries[0]?.text).not.toMatch(/warehouse/);
  expect(one.variables.map(({ name, text }) => [name, text])).toEqual([
    ["datasource", "prometheus"],
    ["job", 'label_values({__name__=~"catalog_clicks_total|catalog_inventory_items"}, job)'],
    ["instance", 'label_values({__name__=~"catalog_clicks_total|catalog_inventory_items",job=~"$job"}, instance)'],
    ["warehouse", 'label_values(catalog_inventory_items{instance=~"$instance",job=~"$job"}, warehouse)'],
  ]);
});

it("leads from a panel to the alerts on it and to their runbooks", () => {
  const production = environment("production", { prometheus: { externalUrl: "https://prometheus.shop.example/" } });
  const one = planned({
    production,
    shop: dashboard("Shop", { owner: storefront, rows: { R: [panel("Stock", stock)] } }),
  });
  expect(panelNamed(dashboardNamed(one, "Shop"), "Stock").links).toEqual([
    { title: "InventoryLow: alert", url: "https://prometheus.shop.example/alerts?search=InventoryLow", newTab: true },
    { title: "InventoryLow: runbook", url: "https://runbooks.shop.example/catalog/InventoryLow", newTab: true },
    { title: "SoldOut: alert", url: "https://prometheus.shop.example/alerts?search=SoldOut", newTab: true },
    { title: "SoldOut: runbook", url: "https://runbooks.shop.example/catalog/SoldOut", newTab: true },
  ]);
});

it("keeps the ids of panels when one is added among them", () => {
  const [stocks, clicked] = [panel("Stock", stock), panel("Clicks", clicks.rate("5m").sum())];
  const idOf = (rows: Parameters<typeof shop>[0]) => panelNamed(shop(rows), "Clicks").id;
  expect(idOf({ Catalog: [stocks, panel("New", inventory.sum()), clicked] })).toBe(
    idOf({ Catalog: [stocks, clicked] }),
  );
  const ids = panelsOf(shop({ Row: [stocks, stocks, stocks] })).map(({ id }) => id);
  expect(new Set(ids).size).toBe(3);
});

it("has panels of text, of logs, of firing alerts, and rows that are closed or repeated", () => {
  const one = shop(
    [
      row("About", [textPanel("About", "# The shop"), logsLink("Logs", "https://logs.shop.example/?q=b(c)")], {
        collapsed: true,
        repeat: "warehouse",
      }),
      row("Alerts", [firingAlerts("Firing", { service: catalog }), firingAlerts("Team", { team: storefront })]),
    ],
    {},
  );
  expect(one.rows[0]).toMatchObject({ collapsed: true, repeat: "warehouse" });
  expect(panelNamed(one, "Logs").content).toBe("[Logs](https://logs.shop.example/?q=b%28c%29)");
  expect(panelNamed(one, "Firing").queries[0]?.text).toBe('ALERTS{alertstate="firing",service="catalog"}');
  expect(panelNamed(one, "Team").queries[0]?.text).toBe('ALERTS{alertstate="firing",team="storefront"}');
});

it("makes a dashboard for every service, every team and the fleet, unless it is told not to", () => {
  const titles = (more = {}) => planned(more).dashboards.map(({ title }) => title);
  expect(titles()).toEqual(["Service catalog", "Team storefront", "Fleet"]);
  expect(titles({ production: environment("production", { grafana: { generated: false } }) })).toEqual([]);
  const quiet = service("quiet", { owner: storefront, dashboard: false });
  expect(titles({ quiet })).not.toContain("Service quiet");
});

it("shows on a service's dashboard what its alerts watch", () => {
  const one = dashboardNamed(planned(), "Service catalog");
  const watched = panelsOf(one).flatMap(({ watchedBy }) => watchedBy.map(({ name }) => name));
  expect([...new Set(watched)].sort()).toEqual(["Down", "InventoryLow", "Slow", "SoldOut"]);
  expect(one.rows.map(({ title }) => title)).toEqual(["Health", "Errors", "Duration", "Business", "Watched by alerts"]);
});

it("plans a dashboard anew only when something of it is another", () => {
  const mine = dashboard("Shop", { owner: storefront, rows: { R: [panel("Clicks", clicks.rate("5m").sum())] } });
  const production = environment("production", {});
  const first = planned({ mine, production });
  const second = planned({
    mine,
    production,
    other: service("other", { owner: storefront, scrape: { targets: ["other:80"] } }),
  });
  for (const title of ["Shop", "Service catalog"])
    expect(dashboardNamed(second, title)).toBe(dashboardNamed(first, title));
  expect(dashboardNamed(second, "Team storefront")).not.toBe(dashboardNamed(first, "Team storefront"));
});
