/** An hour and a half at the shop: the mugs run out while people go on clicking, and one machine goes away for a while. */
import { scenario, steady } from "tocsin/testing";
import { shop } from "../../monitors/shop.ts";

const { inventory, clicks } = shop.catalog.catalog.metrics;

export const sellingOut = scenario(shop, { environment: "production", start: "2026-01-05T09:00:00Z" })
  .given(inventory, { sku: "mug", warehouse: "fra" }, "40-1x40 0x49")
  .given(inventory, { sku: "mug", warehouse: "iad" }, "12-1x12 0x77")
  .given(inventory, { sku: "cap", warehouse: "fra" }, "80x90")
  .given(inventory, { sku: "bag", warehouse: "iad" }, "30-0.2x90")
  .given(clicks, { sku: "mug", page: "home" }, "0+90x90")
  .given(clicks, { sku: "mug", page: "search" }, "0+30x90")
  .given(clicks, { sku: "cap", page: "home" }, "0+12x90")
  .given(shop.catalog.catalog.metrics.lastImport, { warehouse: "fra" }, steady(Date.UTC(2026, 0, 5, 8) / 1000))
  .given('up{job="catalog",instance="catalog-1"}', "1x29 0x8 1x51")
  .given('up{job="catalog",instance="catalog-2"}', steady(1))
  .given('up{job="checkout",instance="checkout-1"}', steady(1));
