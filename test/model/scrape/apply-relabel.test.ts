import { expect, it } from "vitest";
import { applyRelabeling } from "../../../src/model/scrape/apply-relabel.ts";
import {
  copyLabel,
  defaultLabels,
  dropEqual,
  dropLabels,
  dropMetrics,
  dropSeries,
  dropTargets,
  hashMod,
  keepEqual,
  keepLabels,
  keepMetrics,
  keepSeries,
  keepTargets,
  lowercase,
  mapLabels,
  relabel,
  renameLabel,
  renameMetric,
  setLabel,
  uppercase,
} from "../../../src/model/scrape/relabel.ts";
import type { RelabelStep } from "../../../src/model/scrape/relabeling.ts";

const stock = { __name__: "catalog_stock", sku: "mug", warehouse: "fra", pod: "catalog-7" };

it.each<[string, RelabelStep, Record<string, string>, Record<string, string> | undefined]>([
  ["drops a metric", dropMetrics("catalog_.*"), stock, undefined],
  ["drops no metric that only begins so", dropMetrics("catalog"), stock, stock],
  ["keeps a metric", keepMetrics(/catalog_(stock|clicks)/), stock, stock],
  ["keeps no other", keepMetrics(["a", "b"].join("|")), stock, undefined],
  [
    "renames a metric",
    renameMetric("catalog_stock", "stock$1"),
    { __name__: "catalog_stock" },
    { __name__: "stock$1" },
  ],
  ["takes a metric's name literally", renameMetric("a.c", "d"), { __name__: "abc" }, { __name__: "abc" }],
  ["drops a label", dropLabels("pod|sku"), stock, { __name__: "catalog_stock", warehouse: "fra" }],
  ["keeps labels", keepLabels("__name__|sku"), stock, { __name__: "catalog_stock", sku: "mug" }],
  ["renames a label", renameLabel("pod", "instance"), { pod: "a", b: "c" }, { instance: "a", b: "c" }],
  ["renames no absent label", renameLabel("pod", "instance"), { instance: "a" }, { instance: "a" }],
  ["renames to itself", renameLabel("pod", "pod"), { pod: "a" }, { pod: "a" }],
  ["sets a label literally", setLabel("price", "$5 \u0024{x}"), {}, { price: "$5 \u0024{x}" }],
  ["sets a label of an odd name", setLabel("a$1", "b"), {}, { a$1: "b" }],
  ["unsets a label", setLabel("sku", ""), { sku: "mug" }, {}],
  ["sets absent labels", defaultLabels({ a: "$1", b: "2" }), { b: "3" }, { a: "$1", b: "3" }],
  ["copies a label", copyLabel("sku", "product"), { sku: "mug" }, { sku: "mug", product: "mug" }],
  ["copies several", copyLabel(["a", "b"], "c"), { a: "1", b: "2" }, { a: "1", b: "2", c: "1;2" }],
  [
    "copies a part",
    copyLabel("pod", "app", { pattern: "(?P<app>.+)-\\d+", replacement: "$app/\u0024{1}$$$2x" }),
    { pod: "catalog-7" },
    { pod: "catalog-7", app: "catalog/catalog$" },
  ],
  ["copies nothing that does not match", copyLabel("pod", "app", { pattern: "x" }), { pod: "a" }, { pod: "a" }],
  ["maps labels", mapLabels("meta_(.+)"), { meta_a: "1", meta_b: "2" }, { a: "1", b: "2", meta_a: "1", meta_b: "2" }],
  [
    "keeps targets",
    keepTargets({ env: "prod", dc: "fra|iad" }),
    { env: "prod", dc: "iad" },
    { env: "prod", dc: "iad" },
  ],
  [
    "keeps no target that matches in part",
    keepTargets({ env: "prod", dc: "fra" }),
    { env: "prod", dc: "iad" },
    undefined,
  ],
  ["drops targets", dropTargets({ env: "prod", dc: /^f.*$/ }), { env: "prod", dc: "fra" }, undefined],
  ["drops series of an absent label", dropSeries({ sku: "" }), { a: "1" }, undefined],
  ["takes no value apart at a semicolon", dropSeries({ a: ".*", b: "x" }), { a: "1", b: "2;x" }, { a: "1", b: "2;x" }],
  ["keeps series", keepSeries({ sku: "mug|cup" }), { sku: "cup" }, { sku: "cup" }],
  ["writes lower case", lowercase("a", "b"), { a: "ÀΣİß" }, { a: "ÀΣİß", b: "àσiß" }],
  ["writes upper case", uppercase("a"), { a: "aßé" }, { a: "AßÉ" }],
  ["keeps equal", keepEqual("a", "b"), { a: "1", b: "1" }, { a: "1", b: "1" }],
  ["keeps none that differ", keepEqual("a", "b"), { a: "1", b: "2" }, undefined],
  ["drops equal, absent ones too", dropEqual("a", "b"), {}, undefined],
  ["matches newlines by the dot", keepSeries({ a: "x.y" }), { a: "x\ny" }, { a: "x\ny" }],
  [
    "leaves a label whose name would be empty",
    relabel({ sourceLabels: ["a"], targetLabel: "$1", regex: "(x)?" }),
    {},
    {},
  ],
])("%s", (_, step, labels, after) => {
  expect(applyRelabeling([step], labels)).toEqual(after);
});

it("hashes as Prometheus does: the last eight bytes of MD5", () => {
  // printf 'catalog;fra' | md5sum → its last 16 digits, modulo 1000.
  expect(applyRelabeling([hashMod(["a", "b"], 1000, "shard")], { a: "catalog", b: "fra" })).toMatchObject({
    shard: "149",
  });
});

it("stops at the rule that drops, and carries out all others in order", () => {
  const rules = [setLabel("env", "prod"), [keepTargets({ env: "prod" }), setLabel("env", "")], uppercase("a", "b")];
  expect(applyRelabeling(rules, { a: "x" })).toEqual({ a: "x", b: "X" });
  expect(
    applyRelabeling([dropTargets({ a: "x" }), relabel({ regex: "(", targetLabel: "a" })], { a: "x" }),
  ).toBeUndefined();
});

it("refuses names beyond the legacy scheme under it", () => {
  const rule = copyLabel("a", "b", {});
  const odd = relabel({ sourceLabels: ["a"], targetLabel: "$1" });
  expect(applyRelabeling([rule, odd], { a: "x.y" }, "legacy")).toEqual({ a: "x.y", b: "x.y" });
  expect(applyRelabeling([odd], { a: "x.y" })).toEqual({ a: "x.y", "x.y": "x.y" });
});

it("treats an empty label as an absent one", () => {
  expect(applyRelabeling([], { a: "", b: "1" })).toEqual({ b: "1" });
});

it("makes frozen rules", () => {
  const rule = keepTargets({ env: /prod/ });
  expect(Object.isFrozen(rule) && Object.isFrozen(rule.sourceLabels)).toBe(true);
});
