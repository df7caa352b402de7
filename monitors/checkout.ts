/** The checkout: where carts become orders. */
import {
  alert,
  by,
  copyLabel,
  counter,
  errorRatio,
  gauge,
  histogram,
  keepTargets,
  kubernetesDiscovery,
  meanResponseTime,
  oneOf,
  record,
  requestsInFlight,
  requestsPerSecond,
  responseTime,
  service,
  successRatio,
  summary,
  threshold,
  upTo,
} from "tocsin";
import { payments } from "./teams.ts";

export const checkout = service("checkout", {
  owner: payments,
  description: "Takes orders and payments.",
  runbooks: "https://runbooks.shop.example/checkout",
  metrics: {
    latency: histogram("checkout_request_duration_seconds", {
      help: "How long checkout took to answer.",
      labels: { route: oneOf("/cart", "/pay", "/orders"), code: upTo(20) },
      buckets: [0.1, 0.3, 1, 3],
    }),
    open: gauge("checkout_requests_in_flight", { help: "Requests that are being answered." }),
    orders: counter("checkout_orders_total", {
      help: "Orders, by how they ended.",
      labels: { outcome: oneOf("paid", "declined", "failed") },
    }),
    payload: summary("checkout_payload_bytes", { help: "Size of what was sent.", quantiles: [0.5, 0.99] }),
  },
  scrape: {
    discovery: kubernetesDiscovery("pod", { namespaces: { names: ["shop"] } }),
    relabel: [
      keepTargets({ __meta_kubernetes_pod_label_app: "checkout" }),
      copyLabel("__meta_kubernetes_pod_name", "instance"),
    ],
    authorization: { credentialsFile: "/etc/prometheus/checkout-token" },
    scheme: "https",
    tls: { caFile: "/etc/prometheus/shop-ca.pem" },
  },
});

const { latency, open, orders } = checkout.metrics;

const failing = { total: latency.count, failed: latency.count.where({ code: /5../ }) };

export const errorBudget = threshold("checkout-errors", "1%");

export const requestRate = record("route:checkout_requests:rate5m", {
  service: checkout,
  expr: requestsPerSecond(latency.count, "5m", by("route")),
});

export const checkoutErrors = alert("CheckoutErrors", {
  service: checkout,
  when: errorRatio(failing, "5m", by("route")).above(errorBudget),
  for: "5m",
  severity: "page",
  summary: ({ route }, share) => `${share.percent} of requests to ${route} fail`,
});

export const checkoutSlow = alert("CheckoutSlow", {
  service: checkout,
  when: responseTime(latency, 0.99, "5m", by("route")).above("1s"),
  for: "10m",
  severity: "ticket",
  summary: ({ route }, seconds) => `One request in a hundred to ${route} takes ${seconds.fixed(2)} s or longer`,
});

export const checkoutCrowded = alert("CheckoutCrowded", {
  service: checkout,
  when: requestsInFlight(open, by("instance")).above(200),
  for: "5m",
  severity: "ticket",
  summary: ({ instance }, waiting) => `${waiting} requests wait at ${instance}`,
});

export const ordersFailing = alert("OrdersFailing", {
  service: checkout,
  when: successRatio({ total: orders, failed: orders.where({ outcome: "failed" }) }, "30m").below("99%"),
  for: "5m",
  severity: "page",
  inhibits: [checkoutErrors],
  summary: (_, share) => `Only ${share.percent} of orders go through`,
});

export const checkoutDown = alert("CheckoutDown", {
  service: checkout,
  when: checkout.up.below(1),
  for: "2m",
  severity: "page",
  inhibits: [checkoutErrors, checkoutSlow],
  summary: ({ instance }) => `${instance} does not answer`,
});

export const meanLatency = meanResponseTime(latency, "5m", by("route"));
