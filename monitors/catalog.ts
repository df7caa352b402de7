/** The catalog: what is in stock, what people look at, and what they write about it. */
import {
  alert,
  by,
  counter,
  dropLabels,
  gauge,
  info,
  nativeHistogram,
  on,
  oneOf,
  promql,
  record,
  renameLabel,
  ruleGroup,
  service,
  threshold,
  upTo,
} from "tocsin";
import { storefront } from "./teams.ts";

export const catalog = service("catalog", {
  owner: storefront,
  description: "Products, their stock, and what people make of them.",
  runbooks: "https://runbooks.shop.example/catalog",
  metrics: {
    inventory: gauge("catalog_inventory_items", {
      help: "Items in stock.",
      labels: { sku: upTo(2_000), warehouse: oneOf("fra", "iad") },
      unit: "items",
    }),
    clicks: counter("catalog_clicks_total", {
      help: "Clicks on a product.",
      labels: { sku: upTo(2_000), page: oneOf("home", "search", "product") },
    }),
    comments: counter("catalog_comments_total", {
      help: "Comments posted, by what moderation made of them.",
      labels: { verdict: oneOf("published", "held", "spam") },
    }),
    lastImport: gauge("catalog_last_import_timestamp_seconds", {
      help: "When stock was last taken over from the warehouses.",
      labels: { warehouse: oneOf("fra", "iad") },
    }),
    search: nativeHistogram("catalog_search_duration_seconds", { help: "How long a search took." }),
    build: info("catalog_build_info", { help: "What is running.", labels: { version: upTo(10) } }),
  },
  scrape: {
    targets: ["catalog-1:8080", "catalog-2:8080"],
    interval: "15s",
    limits: { samples: 20_000, labels: 20, labelValueLength: 200 },
    scrapeNativeHistograms: true,
    // Cleaned: an old label is renamed, a noisy one dropped, and what nobody declared is not kept.
    metricRelabel: [renameLabel("product", "sku"), dropLabels("pod_template_hash")],
    keepOnlyDeclared: true,
  },
  rules: { interval: "30s" },
});

const { inventory, clicks, comments, lastImport, search } = catalog.metrics;

/** What a business calls low. Staging has less of everything. */
export const lowStock = threshold("low-stock", 10);

export const stock = record("sku:catalog_inventory_items:sum", { service: catalog, expr: inventory.sum(by("sku")) });
export const demand = record("sku:catalog_clicks:rate5m", { service: catalog, expr: clicks.rate("5m").sum(by("sku")) });

export const hourly = ruleGroup("hourly", { interval: "1h", limit: 5_000 });

export const bestsellers = record("sku:catalog_clicks:increase1d", {
  service: catalog,
  expr: clicks.increase("1d").sum(by("sku")).topk(100),
  group: hourly,
});

const spamShare = comments.where({ verdict: "spam" }).rate("10m").sum().div(comments.rate("10m").sum());

export const inventoryLow = alert("InventoryLow", {
  service: catalog,
  when: stock.below(lowStock),
  for: "10m",
  severity: "ticket",
  summary: ({ sku }, left) => `Only ${left} of ${sku} left`,
  description: ({ sku }) => `All warehouses together hold fewer of ${sku} than they should.`,
  runbook: {
    meaning: "A product is about to run out. Every day without it costs its sales and some of its customers.",
    firstSteps: [
      "See in the shop's dashboard whether the product sells, or stands still.",
      "Ask the warehouse for the next delivery.",
      "If there is none within a week, take the product out of the campaigns.",
    ],
  },
});

export const soldOut = alert("SoldOut", {
  service: catalog,
  when: stock.below(1).and(demand.above(0.1), on("sku")),
  for: "5m",
  severity: "page",
  inhibits: [inventoryLow],
  summary: ({ sku }) => `${sku} is sold out, and customers keep asking for it`,
});

export const commentSpam = alert("CommentSpam", {
  service: catalog,
  when: spamShare.above("20%"),
  for: "30m",
  keepFiringFor: "15m",
  severity: "ticket",
  summary: (_, share) => `${share.percent} of new comments are spam`,
});

export const searchSlow = alert("SearchSlow", {
  service: catalog,
  when: search.rate("5m").sum().quantile(0.95).above("800ms"),
  for: "15m",
  severity: "ticket",
  summary: (_, seconds) => `One search in twenty takes ${seconds.fixed(1)} s or longer`,
});

/** PromQL as text, where the builder has no words: the labels are stated, and verified by the build. */
export const importStale = alert("ImportStale", {
  service: catalog,
  when: promql`time() - max by (warehouse) (${lastImport}) > 6 * 3600`.labels("warehouse").condition(),
  severity: "ticket",
  labels: { area: "import" },
  summary: ({ warehouse }, age) => `Stock of ${warehouse} was last taken over ${age.duration} ago`,
});

export const catalogDown = alert("CatalogDown", {
  service: catalog,
  when: catalog.up.below(1),
  for: "2m",
  severity: "page",
  summary: ({ instance }) => `${instance} does not answer`,
});

export const noStockData = alert("NoStockData", {
  service: catalog,
  when: inventory.absent(),
  for: "10m",
  severity: "page",
  summary: "No stock is reported at all, so no alert about stock can fire",
});
