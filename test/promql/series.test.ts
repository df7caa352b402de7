import { describe, expect, it } from "vitest";
import { formatPromqlError } from "../../src/promql/error.ts";
import { parseMetric, parseSamples, parseSeries } from "../../src/promql/series/parse-series.ts";
import { expandSeries, type SequenceValue } from "../../src/promql/series/series.ts";

/** The samples in short: numbers, `_`, `stale`, and a histogram's sum. */
function samples(text: string): unknown {
  const { series, error } = parseSamples(text);
  if (series === undefined) return error.message;
  const values = expandSeries(series.items, (a, op, b) => ({ ...a, sum: op === "+" ? a.sum + b.sum : a.sum - b.sum }));
  if (typeof values === "string") return values;
  const short = (value: SequenceValue) => {
    if (value.kind === "float") return value.value;
    return value.kind === "histogram" ? `sum ${value.value.sum}` : value.kind === "omitted" ? "_" : "stale";
  };
  return values.map(short);
}

describe("samples", () => {
  it.each([
    ["40 25 9x3", [40, 25, 9, 9, 9, 9]],
    ["1+2x3 -1-1x1", [1, 3, 5, 7, -1, -2]],
    ["_ _x2 stale 1x0", ["_", "_", "_", "stale", 1]],
    ["NaN -Inf +1.5 .5 1e3 017", [Number.NaN, Number.NEGATIVE_INFINITY, 1.5, 0.5, 1000, 15]],
    ["{{sum:1}}x1 {{sum:1}}+{{sum:2}}x2 {{}}", ["sum 1", "sum 1", "sum 1", "sum 3", "sum 5", "sum 0"]],
    ["   1  2   ", [1, 2]],
    ["", []],
  ])("of %s are written out", (text, values) => {
    expect(samples(text)).toEqual(values);
  });

  it.each([
    ["1+1", "unexpected end of input in series values"],
    ["1 3 _ 5 _a4", 'unexpected identifier "a4" in series values'],
    ["fresh", 'unexpected identifier "fresh" in series values, expected number or "stale"'],
    ["1x1.5", 'invalid repetition in series values: strconv.ParseUint: parsing "1.5": invalid syntax'],
    ["{{schema:1 schema:1}}", 'duplicate key "schema" in histogram'],
    ["{{size:1}}", 'bad histogram descriptor found: "size"'],
    ["{{schema:1}}+{{schema:0}}x2", "error combining histograms: cannot merge from schema 0 to 1"],
    ["1x99999999999", /more than 50000000 are too many/],
  ])("are refused: %s", (text, message) => {
    expect(samples(text)).toEqual(
      typeof message === "string" ? expect.stringContaining(message) : expect.stringMatching(message),
    );
  });

  it("hold histograms as plain data", () => {
    const { series } = parseSamples(
      "{{schema:1 sum:-0.3 count:3.1 z_bucket:7.1 z_bucket_w:0.05 buckets:[5.1 10 7] offset:-3 n_buckets:[4.1 5] n_offset:-5 counter_reset_hint:gauge custom_values:[1 2]}}",
    );
    expect(series?.items[0]).toMatchObject({
      kind: "histogram",
      hintSet: true,
      value: {
        schema: 1,
        sum: -0.3,
        count: 3.1,
        zeroCount: 7.1,
        zeroThreshold: 0.05,
        positiveOffset: -3,
        positiveBuckets: [5.1, 10, 7],
        negativeOffset: -5,
        negativeBuckets: [4.1, 5],
        customValues: [1, 2],
        counterResetHint: "gauge",
      },
    });
  });
});

describe("a series", () => {
  it.each([
    ["up 1", { __name__: "up" }],
    [
      'catalog_inventory_items{sku="mug", warehouse="fra",} 40 9x2',
      { __name__: "catalog_inventory_items", sku: "mug", warehouse: "fra" },
    ],
    ['{"shop.latency", "le.x"="1"} 1', { __name__: "shop.latency", "le.x": "1" }],
    ["{} 1", {}],
    ['sum{by="1"} 1', { __name__: "sum", by: "1" }],
  ])("has labels: %s", (text, labels) => {
    expect(parseSeries(text).series?.labels).toEqual(labels);
  });

  it("may have a label with any name", () => {
    const labels = parseMetric('x{__proto__="1", constructor="2"}').series?.labels ?? {};
    expect(Object.entries(labels)).toEqual([
      ["__name__", "x"],
      ["__proto__", "1"],
      ["constructor", "2"],
    ]);
  });

  it("says where it is wrong", () => {
    const text = '{"http.requests"xx}\t0+50x2';
    const { error } = parseSeries(text);
    expect(error && formatPromqlError(text, error)).toBe(
      '1:17: parse error: unexpected identifier "xx" in label set, expected "," or "}"',
    );
  });
});
