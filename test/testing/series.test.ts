import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gauge, service, team, webhook } from "tocsin";
import { daily, outage, ramp, restart, type SeriesFunction, scenario, spike, steady } from "tocsin/testing";
import { afterAll, expect, it } from "vitest";
import { toNotation } from "../../src/testing/export/notation.ts";

const MINUTE = 60_000;

it.each<[string, SeriesFunction, string]>([
  ["steady", steady(3), "3x5"],
  ["ramp", ramp(0, 30, "3m"), "0 10 20 30x2"],
  ["spike", spike(1, 9, { at: "2m", for: "2m" }), "1x1 9x1 1x1"],
  ["spike that lasts", spike(1, 9, { at: "2m" }), "1x1 9x3"],
  ["outage", outage(7, { at: "1m", for: "2m" }), "7 stale _ 7x2"],
  ["restart", restart(ramp(0, 50, "5m"), { at: "3m" }), "0 10 20 0 10 20"],
])("%s", (_, series, expected) => {
  expect(toNotation(series, 0, 5 * MINUTE, MINUTE)).toBe(expected);
});

it("goes up and down once a day", () => {
  const series = daily(10, 20, { peak: "12:00" });
  const at = (hours: number) => series({ sinceStartMs: 0, timeMs: hours * 60 * MINUTE });
  expect([at(0), at(6), at(12), at(36)].map((value) => Math.round(Number(value)))).toEqual([10, 15, 20, 20]);
});

const folder = mkdtempSync(join(tmpdir(), "tocsin-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const catalog = service("catalog", {
  owner: team("storefront", { page: webhook("desk", { url: "http://desk.example/" }) }),
  metrics: { stock: gauge("stock", { help: "Stock." }) },
});
const start = scenario({ catalog });

it("takes what a target exposed", () => {
  const file = join(folder, "metrics.txt");
  writeFileSync(
    file,
    '# HELP stock Stock.\n# TYPE stock gauge\nstock{sku="a b",note="}"} 4\nclicks_total 7 # {id="1"} 1\nfree +Inf\n# EOF\n',
  );
  const at = start.recorded({ file, job: "catalog" }).at("1h");
  expect(at.query("stock")).toEqual([
    { labels: { __name__: "stock", job: "catalog", sku: "a b", note: "}" }, value: 4 },
  ]);
  expect(at.query("clicks_total + free")).toMatchObject([{ value: Number.POSITIVE_INFINITY }]);
});

it("takes what Prometheus answered to a range query", () => {
  const file = join(folder, "range.json");
  const result = [
    {
      metric: { __name__: "stock", sku: "mug" },
      values: [
        [1000, "5"],
        [1060, "4"],
        [1180, "2"],
      ],
    },
  ];
  writeFileSync(file, JSON.stringify({ status: "success", data: { resultType: "matrix", result } }));
  const recorded = start.recorded(file);
  expect(recorded.at("1m").query("stock")).toMatchObject([{ value: 4 }]);
  expect(recorded.at("2m").query("count_over_time(stock[5m])")).toMatchObject([{ value: 2 }]);
  writeFileSync(file, "{}");
  expect(() => start.recorded(file)).toThrow(/holds no answer to a range query/);
});
