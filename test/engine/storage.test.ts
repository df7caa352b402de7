import { describe, expect, it } from "vitest";
import { bucketsFrom, histogram } from "../../src/engine/histogram/histogram.ts";
import { instantQuery } from "../../src/engine/query.ts";
import type { MemoryStorage } from "../../src/engine/storage/memory-storage.ts";
import { memoryStorage } from "../../src/engine/storage/memory-storage.ts";

const valuesOf = (storage: MemoryStorage, expr: string, atMs: number) => {
  const result = instantQuery(storage, expr, atMs);
  return result.type === "vector" ? result.samples.map(({ labels, value }) => [labels.sku ?? "", value]) : result;
};

describe("a storage in memory", () => {
  it("answers about what was appended since the last query", () => {
    const storage = memoryStorage();
    storage.append({ __name__: "stock", sku: "mug" }, 0, 5);
    expect(valuesOf(storage, "stock", 0)).toEqual([["mug", 5]]);
    storage.append({ __name__: "stock", sku: "mug" }, 60_000, 4);
    storage.append({ __name__: "stock", sku: "cap" }, 60_000, 9);
    expect(valuesOf(storage, "stock", 60_000)).toEqual([
      ["mug", 4],
      ["cap", 9],
    ]);
    expect(valuesOf(storage, "count_over_time(stock[5m])", 60_000)).toEqual([
      ["mug", 2],
      ["cap", 1],
    ]);
  });

  it("gives series that were loaded together no samples of each other", () => {
    const storage = memoryStorage(`
      stock{sku="mug"} 1 2 3
      stock{sku="cap"} 4 5 6
    `);
    storage.append({ __name__: "stock", sku: "mug" }, 180_000, 7);
    expect(valuesOf(storage, "sum_over_time(stock[5m])", 180_000)).toEqual([
      ["mug", 13],
      ["cap", 15],
    ]);
  });

  it("forgets a series at its stale marker, and knows it again at its next sample", () => {
    const storage = memoryStorage('stock{sku="mug"} 1');
    storage.append({ __name__: "stock", sku: "mug" }, 60_000, "stale");
    expect(valuesOf(storage, "stock", 60_000)).toEqual([]);
    storage.append({ __name__: "stock", sku: "mug" }, 120_000, 2);
    expect(valuesOf(storage, "stock", 120_000)).toEqual([["mug", 2]]);
    expect(valuesOf(storage, "sum_over_time(stock[5m])", 120_000)).toEqual([["mug", 3]]);
  });

  it("refuses samples that are not later than those it has", () => {
    const storage = memoryStorage("stock 1 2");
    const append = (time: number) => () => storage.append({ __name__: "stock" }, time, 3);
    expect(append(60_000)).toThrow("duplicate sample for timestamp");
    expect(append(30_000)).toThrow("out of order sample");
  });

  it("takes native histograms, and answers with hints of its own", () => {
    const storage = memoryStorage();
    const labels = { __name__: "latency" };
    const h = histogram({ count: 3, sum: 4, positive: bucketsFrom(0, [1, 2]) });
    storage.append(labels, 0, h);
    storage.append(labels, 60_000, { ...h, count: 4, positive: bucketsFrom(0, [2, 2]) });
    expect(instantQuery(storage, "latency", 60_000)).toMatchObject({
      samples: [{ value: { count: 4, hint: "not_reset" } }],
    });
  });

  it("says which lines it cannot load", () => {
    expect(() => memoryStorage("stock 1 2\nstock{ 3\nload x")).toThrow(/stock\{ 3\n.*load x/s);
  });
});
