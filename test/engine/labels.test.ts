import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashShare, xxhash64 } from "../../src/engine/labels/hash.ts";
import { compareLabels, compareText, LabelTable } from "../../src/engine/labels/labels.ts";
import { naturallyBefore } from "../../src/engine/labels/natural-order.ts";

const labelSets = fc.dictionary(fc.string({ unit: "grapheme", maxLength: 4 }), fc.string({ maxLength: 3 }), {
  maxKeys: 4,
});

describe("a table of label sets", () => {
  it("holds equal ones once, whatever their order, and leaves out empty labels", () => {
    const table = new LabelTable();
    expect(table.of({ sku: "mug", page: "home", empty: "" })).toBe(table.of({ page: "home", sku: "mug" }));
    expect(table.of({})).toBe(table.empty);
  });

  it("takes no text within a value for a separator", () => {
    fc.assert(
      fc.property(labelSets, labelSets, (a, b) => {
        const table = new LabelTable();
        const same = table.of(a) === table.of(b);
        const clean = (labels: Record<string, string>) =>
          JSON.stringify(
            Object.entries(labels)
              .filter(([, value]) => value !== "")
              .sort(),
          );
        expect(same).toBe(clean(a) === clean(b));
      }),
    );
  });

  it("knows a label called __proto__ for a label like any other", () => {
    const labels = new LabelTable().of(JSON.parse('{"__proto__": "x"}'));
    expect(Object.entries(labels.toRecord())).toEqual([["__proto__", "x"]]);
  });

  it("drops the name together with type and unit", () => {
    const table = new LabelTable();
    const labels = table.of({ __name__: "up", __type__: "gauge", __unit__: "s", job: "shop" });
    expect(table.withoutName(labels).toRecord()).toEqual({ job: "shop" });
  });
});

it("label sets are in the order of their labels, name by name and value by value", () => {
  const table = new LabelTable();
  const sets = [{ a: "2" }, { a: "1", b: "1" }, {}, { b: "0" }, { a: "1" }].map((labels) => table.of(labels));
  expect(sets.sort(compareLabels).map(String)).toEqual(["{}", '{a="1"}', '{a="1", b="1"}', '{a="2"}', '{b="0"}']);
});

it("texts are in the order of their UTF-8 bytes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
      expect(Math.sign(compareText(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
    }),
  );
});

it.each([
  ["cap2", "cap10", true],
  ["cap10", "cap2", false],
  ["cap", "cap1", true],
  ["cap1", "cap", false],
  ["cap02", "cap2", true],
  ["99999999999999999998", "9999999999999999999", false],
  ["", "cap", false],
])("%j comes before %j: %s", (a, b, before) => {
  expect(naturallyBefore(a, b)).toBe(before);
});

describe("the hash of series", () => {
  it.each([
    ["", 0xef46db3751d8e999n],
    ["a", 0xd24ec4f1a98c6e5bn],
    ["abc", 0x44bc2cf5ad770999n],
    ["as", 0x1c330fb2d66be179n],
    ["asd", 0x631c37ce72a97393n],
    ["asdf", 0x415872f599cea71en],
    ["Call me Ishmael. Some years ago--never mind how long precisely-", 0x02a2e85470d6fd96n],
  ])("of %j is XXH64", (text, hash) => {
    expect(xxhash64(new TextEncoder().encode(text))).toBe(hash);
  });

  it("spreads series between 0 and 1", () => {
    const table = new LabelTable();
    const shares = Array.from({ length: 1000 }, (_, i) => hashShare(table.of({ sku: String(i) })));
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...shares)).toBeLessThan(1);
    expect(shares.filter((share) => share < 0.5).length).toBeGreaterThan(400);
  });
});
