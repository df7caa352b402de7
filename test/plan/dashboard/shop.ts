/** Plans a small shop, for tests of its dashboards. */
import * as tocsin from "tocsin";
import { plan } from "../../../src/emit/compile.ts";
import { type PlannedDashboard, type PlannedPanel, panelsOf } from "../../../src/plan/dashboard/planned.ts";
import type { Plan } from "../../../src/plan/plan.ts";

const { alert, by, counter, gauge, histogram, oneOf, record, service, team, upTo, webhook } = tocsin;

export const storefront = team("storefront", {
  page: webhook("desk", { url: "http://desk.example/" }),
  ticket: webhook("box", { url: "http://box.example/" }),
});

export const catalog = service("catalog", {
  owner: storefront,
  runbooks: "https://runbooks.shop.example/catalog",
  metrics: {
    inventory: gauge("catalog_inventory_items", {
      help: "Items in stock.",
      labels: { sku: upTo(2_000), warehouse: oneOf("fra", "iad") },
    }),
    latency: histogram("catalog_request_duration_seconds", {
      help: "How long an answer took.",
      labels: { route: oneOf("/", "/search"), code: upTo(20) },
      buckets: [0.1, 1],
    }),
    clicks: counter("catalog_clicks_total", { help: "Clicks.", labels: { page: oneOf("home", "search") } }),
  },
  scrape: { targets: ["catalog-1:8080", "catalog-2:8080"] },
});

export const { inventory, latency, clicks } = catalog.metrics;
export const stock = record("sku:catalog_inventory_items:sum", { service: catalog, expr: inventory.sum(by("sku")) });

export const alerts = {
  inventoryLow: alert("InventoryLow", {
    service: catalog,
    when: stock.below(10),
    severity: "ticket",
    summary: "low",
  }),
  soldOut: alert("SoldOut", {
    service: catalog,
    when: inventory.sum(by("sku")).below(1),
    severity: "page",
    summary: "out",
  }),
  slow: alert("Slow", {
    service: catalog,
    when: latency.rate("5m").sum(by("route")).quantile(0.99).above("1s"),
    severity: "ticket",
    summary: "slow",
  }),
  down: alert("Down", { service: catalog, when: catalog.up.below(1), severity: "page", summary: "down" }),
};

/** The plan of the shop with some more definitions. */
export function planned(more: Readonly<Record<string, unknown>> = {}): Plan {
  const { plans, diagnostics } = plan([
    { file: "shop.ts", exports: { storefront, catalog, stock, ...alerts, ...more } },
  ]);
  const [only] = plans;
  if (only === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return only;
}

export function dashboardNamed(one: Plan, title: string): PlannedDashboard {
  const found = one.dashboards.find((dashboard) => dashboard.title === title);
  if (found === undefined)
    throw new Error(`no dashboard ${title} among ${one.dashboards.map((d) => d.title).join(", ")}`);
  return found;
}

export function panelNamed(one: PlannedDashboard, title: string): PlannedPanel {
  const found = panelsOf(one).find((panel) => panel.title === title);
  if (found === undefined) throw new Error(`no panel ${title}`);
  return found;
}
