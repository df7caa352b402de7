// Typical mistakes. What the compiler says to each stands in expected.txt, which a test compares.
import {
  alert,
  by,
  counter,
  environment,
  gauge,
  ignoring,
  on,
  override,
  promql,
  record,
  slack,
  team,
  threshold,
  timeInterval,
  without,
} from "tocsin";
import { catalog, hourly, inventoryLow, stock } from "../../monitors/catalog.ts";
import { checkout } from "../../monitors/checkout.ts";

const { inventory, clicks, comments } = catalog.metrics;
const { latency, payload } = checkout.metrics;

// 1. A label that the metric does not have.
inventory.sum(by("skuu"));

// 2. A label that an aggregation has already dropped.
inventory.sum(by("sku")).sum(by("warehouse"));

// 3. The same, through without.
inventory.sum(without("warehouse")).max(by("warehouse"));

// 4. rate() of a gauge.
inventory.rate("5m");

// 5. A raw counter against a threshold.
clicks.above(100);

// 6. An annotation that names a dropped label.
alert("A", { service: catalog, when: inventory.sum(by("sku")).below(10), severity: "ticket", summary: ({ warehouse }) => warehouse });

// 7. The same in a ready Go template.
alert("B", { service: catalog, when: inventory.sum(by("sku")).below(10), severity: "ticket", summary: "{{ $labels.sku }} in {{ $labels.warehouse }}" });

// 8. An alert without a condition.
alert("C", { service: catalog, when: inventory.sum(by("sku")), severity: "ticket", summary: () => "" });

// 9. A severity that the owner has no receiver for.
alert("D", { service: catalog, when: inventory.below(10), severity: "critical", summary: () => "" });

// 10. Not a duration.
alert("E", { service: catalog, when: inventory.below(10), for: "10min", severity: "page", summary: () => "" });

// 11. A counter without _total.
counter("catalog_clicks", { help: "", labels: {} });

// 12. Dividing vectors with different labels.
clicks.rate("5m").sum(by("sku")).div(clicks.rate("5m").sum(by("page")));
clicks.rate("5m").sum(by("sku", "page")).div(clicks.rate("5m").sum(by("sku")));

// 13. Matching on a label that one side lacks.
clicks.rate("5m").sum(by("sku")).div(clicks.rate("5m").sum(by("page")), on("sku"));

// 14. Ignoring too little.
clicks.rate("5m").sum(by("sku", "page")).div(clicks.rate("5m").sum(by("sku", "job")), ignoring("page"));

// 15. A bound between buckets.
latency.bucket(0.25);

// 16. A label, or a label value, that does not exist.
inventory.where({ warehous: "fra" });
inventory.where({ warehouse: "ber" });
comments.where({ verdict: ["published", "hidden"] });

// 17. Not a quantity.
stock.below("ten");

// 18. A quantile that the summary does not expose.
payload.quantile(0.9);

// 19. A channel without its hash.
team("x", { ticket: slack("storefront") });

// 20. A secret where its file belongs.
slack("#storefront", { apiUrl: "https://hooks.slack.com/services/T0/B0/x" });

// 21. A recorded name without its level and operation.
record("catalog_stock", { service: catalog, expr: stock });

// 22. Overriding what an environment cannot change.
environment("staging", { overrides: [override(inventoryLow, { summary: "x" }), override(threshold("low", 10), "few"), override(hourly, { interval: 60 })] });

// 23. Stated labels that are then asked for another.
promql`sum by (sku) (catalog_inventory_items)`.labels("sku").sum(by("warehouse"));

// 24. Written PromQL as an alert without saying that it is a condition.
alert("F", { service: catalog, when: promql`catalog_inventory_items`.labels("sku"), severity: "page", summary: () => "" });

// 25. Hours that are none, and a day that is none.
timeInterval("night", { weekdays: "monday:fryday", times: "22-6" });

// 26. Inhibiting something that is no alert.
alert("G", { service: catalog, when: stock.below(1), severity: "page", inhibits: [stock], summary: () => "" });

// 27. A metric without labels that is asked for one.
gauge("queue_length", { help: "Jobs that wait." }).sum(by("queue"));

// 28. A label's domain forgotten.
gauge("queue_length", { help: "Jobs that wait.", labels: { queue: 10 } });

// 29. The label of a text that an `and` does not bring along.
alert("H", { service: catalog, when: stock.below(1).and(clicks.rate("5m").above(1), on("sku")), severity: "page", summary: ({ page }) => page });
