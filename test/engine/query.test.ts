import { describe, expect, it } from "vitest";
import { EvaluationError } from "../../src/engine/evaluate/error.ts";
import { compileQuery, InvalidQueryError, instantQuery, rangeQuery } from "../../src/engine/query.ts";
import { memoryStorage } from "../../src/engine/storage/memory-storage.ts";

const shop = memoryStorage(`
  clicks_total{page="home"} 0+60x10
  clicks_total{page="search"} 0+30x10
  stock{sku="mug"} 3 2 1 _ _ stale
`);

const MINUTE = 60_000;

describe("an instant query", () => {
  it("answers with labels and values", () => {
    expect(instantQuery(shop, "sum by (page) (rate(clicks_total[5m]))", 5 * MINUTE)).toEqual({
      type: "vector",
      samples: [
        { labels: { page: "home" }, value: 1 },
        { labels: { page: "search" }, value: 0.5 },
      ],
      warnings: [],
      infos: [],
    });
  });

  it("answers with a scalar, a text or a range vector where that is what was asked for", () => {
    expect(instantQuery(shop, "1 + 1", 0)).toMatchObject({ type: "scalar", value: 2 });
    expect(instantQuery(shop, '"mug"', 0)).toMatchObject({ type: "string", value: "mug" });
    const matrix = instantQuery(shop, "stock[5m]", 2 * MINUTE);
    expect(matrix).toMatchObject({ type: "matrix", series: [{ labels: { __name__: "stock", sku: "mug" } }] });
  });

  it("tells what Prometheus would warn of, and where", () => {
    expect(instantQuery(shop, "rate(stock[5m])", 2 * MINUTE)).toMatchObject({
      infos: [
        'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "stock" (1:6)',
      ],
    });
  });

  it("fails in Prometheus's words", () => {
    expect(() => instantQuery(shop, "clicks_total + on () clicks_total", 0)).toThrow(EvaluationError);
    expect(() => instantQuery(shop, "clicks_total +", 0)).toThrow(InvalidQueryError);
    expect(() => instantQuery(shop, "clicks_total +", 0)).toThrow("1:15: parse error: unexpected end of input");
  });

  it("looks back as far as it is told to", () => {
    const count = (lookbackMs: number) => {
      const result = instantQuery(shop, "count(clicks_total)", 12 * MINUTE, { lookbackMs });
      return result.type === "vector" ? result.samples.length : undefined;
    };
    expect([count(2 * MINUTE), count(3 * MINUTE)]).toEqual([0, 1]);
  });
});

describe("a range query", () => {
  const range = { startMs: 0, endMs: 3 * MINUTE, stepMs: MINUTE };

  it("answers with columns of times and values, in the order of labels", () => {
    const { series } = rangeQuery(shop, "clicks_total", range);
    expect(series.map(({ labels }) => labels.page)).toEqual(["home", "search"]);
    expect(series.map(({ timesMs, values }) => [...timesMs, ...values])).toEqual([
      [0, 60_000, 120_000, 180_000, 0, 60, 120, 180],
      [0, 60_000, 120_000, 180_000, 0, 30, 60, 90],
    ]);
  });

  it("leaves out the steps at which there is nothing", () => {
    const { series } = rangeQuery(shop, "stock > 1", range);
    expect(series.map(({ timesMs, values }) => [[...timesMs], [...values]])).toEqual([
      [
        [0, 60_000],
        [3, 2],
      ],
    ]);
  });

  it("is about scalars and instant vectors alone", () => {
    expect(() => rangeQuery(shop, "stock[5m]", range)).toThrow(
      'invalid expression type "range vector" for range query, must be Scalar or instant Vector',
    );
  });

  it("is empty where it ends before it begins", () => {
    expect(rangeQuery(shop, "clicks_total", { startMs: 1, endMs: 0, stepMs: 1 }).series).toEqual([]);
  });
});

describe("a query made ready", () => {
  it("answers about any storage", () => {
    const query = compileQuery("sum(stock)");
    expect(query.instant(shop, 0)).toMatchObject({ samples: [{ value: 3 }] });
    expect(query.instant(memoryStorage("stock 7"), 0)).toMatchObject({ samples: [{ value: 7 }] });
  });

  it("answers over all steps as columns, for who reads every step", () => {
    const range = { startMs: 0, endMs: 5 * MINUTE, stepMs: MINUTE };
    const { columns, timesMs } = compileQuery("stock").columns(shop, range, { lookbackMs: MINUTE });
    expect([...timesMs]).toEqual([0, 1, 2, 3, 4, 5].map((minute) => minute * MINUTE));
    expect(columns.map(({ present }) => [...present])).toEqual([[1, 1, 1, 0, 0, 0]]);
  });
});
