import {
  type AlertingRule,
  by,
  type Comparison,
  type Condition,
  fill,
  groupLeft,
  type InstantVector,
  info,
  not,
  on,
  type RangeVector,
  saturation,
  upTo,
  without,
} from "tocsin";
import { expectTypeOf, test } from "vitest";
import { catalog, commentSpam, inventoryLow, lowStock, soldOut } from "../../monitors/catalog.ts";
import { checkout } from "../../monitors/checkout.ts";

const { inventory, clicks, search } = catalog.metrics;
const { latency } = checkout.metrics;

test("an aggregation keeps what it groups by", () => {
  expectTypeOf(inventory.sum(by("sku"))).toEqualTypeOf<InstantVector<"sku">>();
  expectTypeOf(inventory.sum(by("sku", "warehouse"))).toEqualTypeOf<InstantVector<"sku" | "warehouse">>();
  expectTypeOf(inventory.sum(without("instance", "job"))).toEqualTypeOf<InstantVector<"sku" | "warehouse">>();
  expectTypeOf(inventory.sum()).toEqualTypeOf<InstantVector<never>>();
});

test("a choice keeps every label", () => {
  expectTypeOf(inventory.sum(by("sku")).topk(3)).toEqualTypeOf<InstantVector<"sku">>();
});

test("rate keeps every label, target labels too", () => {
  expectTypeOf(clicks.rate("5m")).toEqualTypeOf<InstantVector<"sku" | "page" | "job" | "instance">>();
});

test("a histogram's quantile has no le, classic or native", () => {
  expectTypeOf(latency.rate("5m").sum(by("route")).quantile(0.99)).toEqualTypeOf<InstantVector<"route">>();
  expectTypeOf(search.rate("5m").sum().quantile(0.99)).toEqualTypeOf<InstantVector<never>>();
});

test("a match on labels keeps those labels", () => {
  const perPage = clicks.rate("5m").sum(by("sku", "page"));
  const perSku = clicks.rate("5m").sum(by("sku"));
  expectTypeOf(perPage.sum(by("sku")).div(perSku)).toEqualTypeOf<InstantVector<"sku">>();
  expectTypeOf(perPage.sum(by("sku")).div(perSku, on("sku"))).toEqualTypeOf<InstantVector<"sku">>();
  expectTypeOf(perSku.mul(2)).toEqualTypeOf<InstantVector<"sku">>();
});

test("group_left keeps the many side's labels, and those copied over", () => {
  const price = info("catalog_product_info", { help: "Facts.", labels: { sku: upTo(9), brand: upTo(9) } });
  const perPage = clicks.rate("5m").sum(by("sku", "page"));
  expectTypeOf(perPage.mul(price, on("sku"), groupLeft("brand"))).toEqualTypeOf<
    InstantVector<"sku" | "page" | "brand">
  >();
});

test("a comparison keeps labels and becomes a condition", () => {
  const low = inventory.where({ warehouse: not("iad") }).below(10);
  expectTypeOf(low).toEqualTypeOf<Comparison<"sku" | "warehouse" | "job" | "instance">>();
  expectTypeOf(low).toExtend<Condition<"sku" | "warehouse" | "job" | "instance">>();
  expectTypeOf(inventory.sum(by("sku")).below(lowStock)).toEqualTypeOf<Comparison<"sku">>();
  expectTypeOf(low.bool()).toEqualTypeOf<InstantVector<"sku" | "warehouse" | "job" | "instance">>();
});

test("an alert carries the labels of its condition", () => {
  expectTypeOf(inventoryLow).toEqualTypeOf<AlertingRule<"sku">>();
  expectTypeOf(soldOut).toEqualTypeOf<AlertingRule<"sku">>();
  expectTypeOf(commentSpam).toEqualTypeOf<AlertingRule<never>>();
});

test("a subquery is a range of whatever it is over", () => {
  expectTypeOf(inventory.sum(by("sku")).over("1h", "5m")).toEqualTypeOf<RangeVector<"sku">>();
});

test("building blocks are vectors like any other", () => {
  const used = inventory.sum(by("sku"));
  expectTypeOf(saturation(used, used)).toEqualTypeOf<InstantVector<"sku">>();
});

test("what must not compile does not", () => {
  // @ts-expect-error: sku was dropped
  inventory.sum(by("warehouse")).max(by("sku"));
  // @ts-expect-error: a gauge has no rate
  inventory.rate("5m");
  // @ts-expect-error: not a bucket
  latency.bucket(0.25);
  // @ts-expect-error: a counter's window has no average
  clicks.over("5m").avgOverTime();
  // @ts-expect-error: Prometheus refuses irate of an anchored window
  clicks.over("5m").anchored().irate();
  // @ts-expect-error: and averages of a smoothed one
  inventory.over("5m").smoothed().avgOverTime();
  // @ts-expect-error: a subquery has no samples beyond its window
  inventory.over("5m", "1m").anchored();
  // @ts-expect-error: Prometheus fills no gaps of sets
  inventory.and(inventory, on("sku"), fill(0));
});
