import {
  by,
  errorRatio,
  faultFrequency,
  fill,
  groupLeft,
  ignoring,
  meanResponseTime,
  meanTimeBetweenFaults,
  not,
  on,
  promql,
  requestsInFlight,
  requestsPerSecond,
  responseTime,
  saturation,
  successRatio,
  time,
  vector,
  without,
} from "tocsin";
import { describe, expect, it } from "vitest";
import { catalog, demand, lowStock, stock } from "../../monitors/catalog.ts";
import { checkout } from "../../monitors/checkout.ts";
import { machines } from "../../monitors/machines.ts";
import { parse } from "../../src/promql/parse/parse.ts";
import { print } from "../../src/promql/print/print.ts";
import { check } from "../../src/promql/type/check.ts";
import type { AnyVector } from "../../src/vector/instant-vector.ts";

const { inventory, clicks, comments, search, build } = catalog.metrics;
const { latency, orders, open, payload } = checkout.metrics;
const { reboots, memoryAvailable, memoryTotal } = machines.metrics;

const cases: readonly (readonly [AnyVector, string])[] = [
  [inventory, "catalog_inventory_items"],
  [inventory.where({ warehouse: "fra" }), 'catalog_inventory_items{warehouse="fra"}'],
  [inventory.where({ sku: ["a.b", "c|d"] }), 'catalog_inventory_items{sku=~"a\\\\.b|c\\\\|d"}'],
  [inventory.where({ sku: not(/mug.*/i) }), 'catalog_inventory_items{sku!~"(?i:mug.*)"}'],
  [
    inventory.where({ sku: 'the "best"\n{{ mug }} \\o/ #1' }),
    'catalog_inventory_items{sku="the \\"best\\"\\n{{ mug }} \\\\o/ #1"}',
  ],
  [inventory.offset("1w").sum(), "sum(catalog_inventory_items offset 1w)"],
  [inventory.sum(without("instance")), "sum without (instance) (catalog_inventory_items)"],
  [inventory.maxOverTime("1h"), "max_over_time(catalog_inventory_items[1h])"],
  [inventory.over("1h").quantileOverTime(0.9), "quantile_over_time(0.9, catalog_inventory_items[1h])"],
  [inventory.predictLinear("6h", "1d"), "predict_linear(catalog_inventory_items[6h], 86400)"],
  [
    inventory.sum(by("sku")).over("1d", "5m").minOverTime(),
    "min_over_time(sum by (sku) (catalog_inventory_items)[1d:5m])",
  ],
  [
    stock.add(1).over("1d").offset("1h").maxOverTime(),
    "max_over_time((sku:catalog_inventory_items:sum + 1)[1d:] offset 1h)",
  ],
  [clicks.rate("5m").sum(by("sku")).topk(3), "topk(3, sum by (sku) (rate(catalog_clicks_total[5m])))"],
  [clicks.increase("1h"), "increase(catalog_clicks_total[1h])"],
  [inventory.sum(by("sku")).add(1).mul(2), "(sum by (sku) (catalog_inventory_items) + 1) * 2"],
  [stock.sub(stock.sub(1)), "sku:catalog_inventory_items:sum - (sku:catalog_inventory_items:sum - 1)"],
  [stock.pow(2).negate(), "-sku:catalog_inventory_items:sum ^ 2"],
  [stock.negate().pow(2), "(-sku:catalog_inventory_items:sum) ^ 2"],
  [stock.div(demand, on("sku")), "sku:catalog_inventory_items:sum / on (sku) sku:catalog_clicks:rate5m"],
  [
    stock.div(demand, ignoring("sku"), fill(0)),
    "sku:catalog_inventory_items:sum / ignoring (sku) fill (0) sku:catalog_clicks:rate5m",
  ],
  [
    clicks.rate("5m").mul(build, on("instance"), groupLeft("version")),
    "rate(catalog_clicks_total[5m]) * on (instance) group_left (version) catalog_build_info",
  ],
  [stock.below(lowStock), "sku:catalog_inventory_items:sum < 10"],
  [stock.below("20%").bool(), "sku:catalog_inventory_items:sum < bool 0.2"],
  [
    stock.below(1).and(demand.above(0.1), on("sku")),
    "sku:catalog_inventory_items:sum < 1 and on (sku) sku:catalog_clicks:rate5m > 0.1",
  ],
  [
    stock.below(1).or(stock.above(5)).unless(demand),
    "(sku:catalog_inventory_items:sum < 1 or sku:catalog_inventory_items:sum > 5) unless sku:catalog_clicks:rate5m",
  ],
  [vector(time().sub("1h")), "vector(time() - 3600)"],
  [inventory.absent(), "absent(catalog_inventory_items)"],
  [
    inventory.labelReplace("shelf", "$1", "sku", "(.*)-.*"),
    'label_replace(catalog_inventory_items, "shelf", "$1", "sku", "(.*)-.*")',
  ],
  [inventory.round(5).clamp(0, "1GiB"), "clamp(round(catalog_inventory_items, 5), 0, 1073741824)"],
  [inventory.countValues("items"), 'count_values("items", catalog_inventory_items)'],
  [comments.where({ verdict: "spam" }).rate("10m").sum(), 'sum(rate(catalog_comments_total{verdict="spam"}[10m]))'],
  [
    latency.rate("5m").sum(by("route")).quantile(0.99),
    "histogram_quantile(0.99, sum by (le, route) (rate(checkout_request_duration_seconds_bucket[5m])))",
  ],
  [
    latency.rate("5m").sum().mean(),
    "sum(rate(checkout_request_duration_seconds_sum[5m])) / sum(rate(checkout_request_duration_seconds_count[5m]))",
  ],
  [latency.bucket(0.3).rate("5m"), 'rate(checkout_request_duration_seconds_bucket{le="0.3"}[5m])'],
  [latency.bucket(1).rate("5m"), 'rate(checkout_request_duration_seconds_bucket{le=~"1|1\\\\.0"}[5m])'],
  [search.rate("5m").sum().quantile(0.9), "histogram_quantile(0.9, sum(rate(catalog_search_duration_seconds[5m])))"],
  [search.rate("5m").sum().stddev(), "histogram_stddev(sum(rate(catalog_search_duration_seconds[5m])))"],
  [
    search.increase("1h").sum().fraction(0, 0.2),
    "histogram_fraction(0, 0.2, sum(increase(catalog_search_duration_seconds[1h])))",
  ],
  [payload.quantile(0.99), 'checkout_payload_bytes{quantile="0.99"}'],
  [
    promql`sum by (sku) (${clicks}[5m] offset ${"1h"}) + ${lowStock}`,
    "sum by (sku) (catalog_clicks_total[5m] offset 1h) + 10",
  ],
  [
    promql`${stock} unless on (sku) ${inventory}{sku="${'a"b\\'}"}`,
    'sku:catalog_inventory_items:sum unless on (sku) catalog_inventory_items{sku="a\\"b\\\\"}',
  ],
];

it.each(cases)("%#: prints PromQL", (vector, expected) => {
  expect(print(vector.ast)).toBe(expected);
});

it.each(cases.slice(0, -2))("%#: builds the tree that its text is read as", (vector) => {
  const { expr, errors } = parse(print(vector.ast));
  expect(errors).toEqual([]);
  expect(bare(expr)).toEqual(bare(vector.ast));
  expect(check(vector.ast)).toEqual([]);
});

/** A tree without what depends on having been written. */
function bare(node: unknown): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value) =>
      key === "span" || key === "opSpan" || key === "raw" || key === "threshold"
        ? undefined
        : value?.kind === "ParenExpr"
          ? value.expr
          : value,
    ),
  );
}

describe("what a business wants measured", () => {
  it.each([
    [
      errorRatio({ total: orders, failed: orders.where({ outcome: "failed" }) }, "5m"),
      '(sum(rate(checkout_orders_total{outcome="failed"}[5m])) or sum(rate(checkout_orders_total[5m])) * 0) / sum(rate(checkout_orders_total[5m]))',
    ],
    [
      successRatio({ total: orders, failed: orders.where({ outcome: "failed" }) }, "5m"),
      '(sum(rate(checkout_orders_total{outcome="failed"}[5m])) or sum(rate(checkout_orders_total[5m])) * 0) / sum(rate(checkout_orders_total[5m])) * -1 + 1',
    ],
    [
      responseTime(latency, 0.99, "5m", by("route")),
      "histogram_quantile(0.99, sum by (le, route) (rate(checkout_request_duration_seconds_bucket[5m])))",
    ],
    [responseTime(search, 0.5, "5m"), "histogram_quantile(0.5, sum(rate(catalog_search_duration_seconds[5m])))"],
    [
      requestsPerSecond(latency.count, "5m", by("route")),
      "sum by (route) (rate(checkout_request_duration_seconds_count[5m]))",
    ],
    [requestsInFlight(open), "sum(checkout_requests_in_flight)"],
    [faultFrequency(reboots, { window: "6h", per: "1h" }), "sum(rate(node_boots_total[6h])) * 3600"],
    [
      meanTimeBetweenFaults(reboots, "1d", by("instance")),
      "sum by (instance) (increase(node_boots_total[1d])) ^ -1 * 86400",
    ],
    [
      meanResponseTime(latency, "5m"),
      "sum(rate(checkout_request_duration_seconds_sum[5m])) / sum(rate(checkout_request_duration_seconds_count[5m]))",
    ],
    [
      saturation(memoryTotal.sub(memoryAvailable), memoryTotal),
      "(node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes) / node_memory_MemTotal_bytes",
    ],
  ] as readonly (readonly [AnyVector, string])[])(
    "%#: is PromQL that can be alerted on, recorded and drawn",
    (vector, expected) => {
      expect(print(vector.ast)).toBe(expected);
    },
  );
});
