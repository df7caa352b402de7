import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyze } from "../../src/promql/analyze.ts";
import type { Expr } from "../../src/promql/ast.ts";
import { parse } from "../../src/promql/parse/parse.ts";
import { pretty } from "../../src/promql/print/pretty.ts";
import { print } from "../../src/promql/print/print.ts";
import { requirements } from "../../src/promql/requirements.ts";
import { parseSeries } from "../../src/promql/series/parse-series.ts";
import { check } from "../../src/promql/type/check.ts";
import { labelFlow } from "../../src/promql/type/label-flow.ts";
import { parseVariableQuery } from "../../src/promql/variable-query.ts";
import { runs } from "../helpers/property-runs.ts";
import { expressions, meaning } from "./arbitrary.ts";

describe("any expression", () => {
  it("prints, and reads back as it was", () => {
    fc.assert(
      fc.property(expressions, (expr) => {
        const text = print(expr);
        const { expr: again, errors } = parse(text);
        expect(errors, text).toEqual([]);
        expect(meaning(again), text).toEqual(meaning(expr));
        expect(print(again as Expr)).toBe(text);
      }),
      { numRuns: runs(3000) },
    );
  });

  it("reads back from its pretty form, which stays as it is", () => {
    fc.assert(
      fc.property(expressions, fc.integer({ min: 1, max: 120 }), (expr, width) => {
        const text = pretty(expr, { width });
        const { expr: again, errors } = parse(text);
        expect(errors, text).toEqual([]);
        expect(meaning(again), text).toEqual(meaning(expr));
        expect(pretty(again as Expr, { width })).toBe(text);
      }),
      { numRuns: runs(1000) },
    );
  });

  it("has facts about its labels, and needs some Prometheus", () => {
    fc.assert(
      fc.property(expressions, (expr) => {
        check(expr);
        expect(["always", "sometimes", "never"]).toContain(labelFlow(expr).returns.when);
        expect(requirements(expr).version).toMatch(/^\d+\.\d+$/);
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe("any text", () => {
  const SEEDS = [
    'sum by (sku) (rate(catalog_clicks_total{page=~"home|search"}[5m] offset 1h)) > bool on (sku) group_left (team) 0x1F',
    'label_replace({"shop.latency", "le.x"!="1"} @ start(), "a", "$1", `b`, \'(.*)\')[1h30m:step() * 2] # done',
    "-(1_000 ^ -2e-3) </ histogram_quantile(Inf, x[max_of(5m, range())]) unless ignoring (a) fill (3) y smoothed",
    'shop{a="b"} 1+2x3 _ stale {{schema:1 sum:-3 count:4 buckets:[1 2 1]}}+{{schema:1}}x4',
  ];
  const PIECES = SEEDS.flatMap((seed) => seed.split(/(?<=\W)|(?=\W)/));

  /** Bytes, characters, pieces of queries, and queries with something cut out or put in. */
  const texts = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => String.fromCharCode(...bytes)),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 }).map((units) => String.fromCharCode(...units)),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join("")),
    fc
      .tuple(fc.constantFrom(...SEEDS), fc.nat(120), fc.nat(6), fc.oneof(fc.string(), fc.constantFrom(...PIECES)))
      .map(([seed, from, length, piece]) => seed.slice(0, from) + piece + seed.slice(from + length)),
  );

  it("is read or refused within bounds: 100,000 of them", { timeout: 300_000 * runs(1) }, () => {
    let slowest = 0;
    fc.assert(
      fc.property(texts, fc.boolean(), (text, variables) => {
        const start = process.cpuUsage().user;
        const { expr, errors } = analyze(text, { variables });
        for (const { start: from, end, message } of errors) {
          expect(message).not.toBe("");
          expect(from >= 0 && from <= end && end <= text.length, `${from}..${end} of ${JSON.stringify(text)}`).toBe(
            true,
          );
        }
        if (errors.length === 0) print(expr as Expr, { variables });
        parseSeries(text);
        if (variables) parseVariableQuery(text);
        slowest = Math.max(slowest, process.cpuUsage().user - start);
      }),
      { numRuns: runs(100_000) },
    );
    // Far above what any takes, and far below what would hang a build; in time of the processor, which pauses of the
    // machine do not count in.
    expect(slowest).toBeLessThan(2_000_000);
  });

  it.each([
    ["parentheses", `${"(".repeat(10_000)}x${")".repeat(10_000)}`],
    ["open parentheses", "(".repeat(10_000)],
    ["calls", `${"abs(".repeat(10_000)}x${")".repeat(10_000)}`],
    ["aggregations", `${"sum(".repeat(10_000)}x${")".repeat(10_000)}`],
    ["signs", `${"-".repeat(10_000)}x`],
    ["sums", Array(10_001).fill("x").join(" + ")],
    ["powers", Array(10_001).fill("x").join(" ^ ")],
    ["comparisons in subqueries", `x${"[5m:]".repeat(10_000)}`],
    ["durations in parentheses", `x[${"(".repeat(10_000)}5m${")".repeat(10_000)}]`],
    ["sums of durations", `x[${Array(10_001).fill("5m").join("+")}]`],
    ["signs of durations", `x[${"-".repeat(10_000)}5m]`],
  ])("of %s 10,000 deep is refused with a message", (_, text) => {
    const [error] = analyze(text).errors;
    expect(error?.message).toMatch(/nested more than 500 levels deep|unclosed left parenthesis/);
  });

  it("of 10,000 arguments, matchers and labels is read: that is wide, not deep", () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `l${i}`);
    const matchers = names.map((name) => `${name}="x"`).join(",");
    const text = `label_join(sum by (${names.join(",")}) (x{${matchers}}), "a", ${Array(10_000).fill('"b"').join(",")})`;
    expect(analyze(text).errors).toEqual([]);
  });
});

describe("a tree that was built 10,000 deep", () => {
  let deep: Expr = {
    kind: "VectorSelector",
    name: "x",
    matchers: [],
    offset: undefined,
    at: undefined,
    extended: undefined,
    span: { start: 0, end: 1 },
  };
  for (let i = 0; i < 10_000; i++) deep = { kind: "UnaryExpr", op: "-", expr: deep, span: { start: 0, end: 1 } };

  it("is refused by the type check", () => {
    expect(check(deep)[0]?.message).toBe("the expression is nested more than 1000 levels deep");
  });

  it("is not printed", () => {
    expect(() => print(deep)).toThrow("nested more than 1000 levels deep");
    expect(() => pretty(deep)).toThrow("nested more than 1000 levels deep");
  });
});
