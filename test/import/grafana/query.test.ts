// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Grafana
import { expect, it } from "vitest";
import { readQuery } from "../../../src/import/grafana/query.ts";

const nowhere = { type: undefined, ref: undefined };
const read = (expr: string, values: Readonly<Record<string, string>> = {}) =>
  readQuery({ expr }, nowhere, "A", new Map(Object.entries(values)));

it.each([
  "rate(checkout_orders_total[$__rate_interval])",
  "increase(checkout_orders_total[${__range_s}s])",
  "rate(checkout_orders_total[[[window]]])",
  "checkout_orders_total offset $ago",
  '${metric}_total{job=~"${job:pipe}"}',
  "sum by (${group:csv}) (catalog_inventory_items)",
  "a * on ($j) group_left ($k) b",
  "${fn}_over_time(catalog_inventory_items[5m])",
  "topk($k, catalog_inventory_items)",
  "histogram_quantile(0.$q, sum by (le) (rate(x_bucket[5m])))",
  'catalog_inventory_items{$filter, sku="mug"}',
  'catalog_inventory_items{$label=~"$value"}',
  "time() - ${__from:date:seconds}",
  // What no single place of the grammar could be told to take.
  "catalog_inventory_items $op 5",
  "catalog_inventory_items $op on (sku) demand",
  "$agg by (sku) (catalog_inventory_items)",
  'catalog_inventory_items{sku="mug" $more}',
  "catalog_inventory_items $rest",
  "catalog_inventory_items{sku=$value}",
])("reads %s", (expr) => {
  const query = read(expr);
  expect(query.errors).toEqual([]);
  expect(query.expr).toBeDefined();
});

it("reads an operator by what the dashboard says of the variable", () => {
  const { expr } = read("a $join on (sku) b", { join: "unless" });
  expect(expr).toMatchObject({ kind: "BinaryExpr", op: "unless" });
});

it("tells what no value of any variable could repair", () => {
  const { errors, expr } = read("rate(x[$__rate_interval]) offset 1h");
  expect(expr).toBeUndefined();
  expect(errors[0]?.message).toMatch(/offset modifier must be preceded/);
});
