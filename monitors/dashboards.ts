/** What people look at. */
import { by, dashboard, panel, requestsInFlight } from "tocsin";
import { catalog, demand, stock } from "./catalog.ts";
import { checkout, meanLatency, requestRate } from "./checkout.ts";
import { processorTime, timeBetweenReboots } from "./machines.ts";
import { platform, storefront } from "./teams.ts";

const { comments, search } = catalog.metrics;
const { latency, open } = checkout.metrics;

export const shop = dashboard("Shop", {
  owner: storefront,
  description: "What is in stock, what sells, and whether people can pay.",
  rows: {
    Catalog: [
      panel("Lowest stock", stock.bottomk(10)),
      panel("Clicks per second", demand.topk(10)),
      panel("Comments per second", comments.rate("10m").sum(by("verdict"))),
      panel("Search time", search.rate("5m").sum().quantile(0.95)),
    ],
    Checkout: [
      panel("Requests per second", requestRate),
      panel("Response time", [latency.rate("5m").sum(by("route")).quantile(0.99), meanLatency]),
      panel("Requests in flight", requestsInFlight(open), { as: "stat" }),
    ],
  },
});

export const machinesDashboard = dashboard("Machines", {
  owner: platform,
  rows: {
    Processors: [panel("Busy", processorTime)],
    Reliability: [panel("Time between reboots", timeBetweenReboots, { as: "table", unit: "s" })],
  },
});
