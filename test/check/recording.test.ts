import { describe, expect, it } from "vitest";
import { buildTexts, inShort, SHOP } from "../helpers/workspace.ts";

const said = async (added: string) => (await buildTexts(`${SHOP}\n${added}`)).diagnostics.map(inShort);
const { a, b } = { a: `{ service: catalog, expr: stock.sum()`, b: `{ service: catalog, expr: stock.max()` };

describe("two recording rules of one name", () => {
  it("are warned of where nothing tells their results apart", async () => {
    expect(
      await said(`export const a = record("shop:stock:x", ${a} }); export const b = record("shop:stock:x", ${b} });`),
    ).toEqual([
      expect.stringMatching(
        /^record\/same-series: two recording rules are named "shop:stock:x", and no label is sure .* \[monitors\/shop\.ts:\d+ "shop:stock:x"\]$/,
      ),
    ]);
  });

  it("are warned of once, whatever number of environments there is", async () => {
    const rules = `export const a = record("shop:stock:x", ${a} }); export const b = record("shop:stock:x", ${b} });`;
    const places = `export const eu = environment("eu", {}); export const us = environment("us", {});`;
    expect(await said(rules + places)).toHaveLength(1);
  });

  it.each([
    ["labels of their own", `${a}, labels: { of: "a" } }`, `${b}, labels: { of: "b" } }`],
    ["a label that only one adds", `${a} }`, `${b}, labels: { of: "b" } }`],
    [
      "a label that each looks for",
      `{ service: catalog, expr: catalog.metrics.inventory.where({ sku: "mug" }).sum(by("sku")) }`,
      `{ service: catalog, expr: catalog.metrics.inventory.where({ sku: "cup" }).sum(by("sku")) }`,
    ],
    [
      "their groups' labels",
      `${a}, group: ruleGroup("one", { labels: { of: "a" } }) }`,
      `${b}, group: ruleGroup("two", { labels: { of: "b" } }) }`,
    ],
  ])("are fine with %s", async (_, one, two) => {
    expect(
      await said(`export const a = record("shop:stock:x", ${one}); export const b = record("shop:stock:x", ${two});`),
    ).toEqual([]);
  });
});

describe("a threshold that is not exported", () => {
  it("can be overridden all the same where a rule compares with it", async () => {
    const built = await buildTexts(`${SHOP}
      const few = threshold("few", 10);
      export const low = alert("Low", { service: catalog, when: stock.below(few), severity: "page", summary: "low" });
      export const staging = environment("staging", { overrides: [override(few, 2)] });`);
    expect(built.diagnostics.map(inShort)).toEqual([]);
    expect(built.file("prometheus/rules/catalog.yml")).toContain("< 2");
  });

  it("cannot where nothing compares with it", async () => {
    expect(
      await said(`export const staging = environment("staging", { overrides: [override(threshold("few", 1), 2)] });`),
    ).toEqual([expect.stringContaining('threshold "few" is overridden, but nothing exports or uses it')]);
  });
});
