import { describe, expect, it } from "vitest";
import { type QueryRequest, runQuery } from "../../src/cli/query.ts";

const FILES: Readonly<Record<string, string>> = {
  "shop.series": `# Clicks by page
load 1m
clicks_total{page="home"} 0+60x5
clicks_total{page="search"} 0+30x5
load 30s
latency {{schema:0 count:3 sum:4 buckets:[1 2]}}x10
`,
  "broken.series": "clicks_total 1\nclicks_total{ 2\n",
  "shop.prom": 'stock{sku="mug"} 3\n',
  "broken.prom": "stock 3\nstock x\n",
};

function run(request: Partial<QueryRequest>) {
  return runQuery({ expr: "clicks_total", series: ["shop.series"], expositions: [], ...request }, (path) => {
    const text = FILES[path];
    if (text === undefined) throw new Error("no such file");
    return text;
  });
}

const problemsOf = (request: Partial<QueryRequest>) =>
  run(request).diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

describe("tocsin query", () => {
  it("prints a table of what there is at the end", () => {
    expect(run({}).text).toBe('clicks_total{page="home"}    300\nclicks_total{page="search"}  150\n');
  });

  it.each(["2m", "120", "1970-01-01T00:02:00Z"])("answers about the time %s", (at) => {
    expect(run({ expr: 'clicks_total{page="home"}', at }).text).toBe('clicks_total{page="home"}  120\n');
  });

  it("prints a range series by series", () => {
    const { text } = run({ expr: 'clicks_total{page="home"}', from: "1m", to: "2m", step: "30s" });
    expect(text).toBe('clicks_total{page="home"}\n  00:01:00  60\n  00:01:30  60\n  00:02:00  120\n');
  });

  it("prints JSON as Prometheus's API has it", () => {
    expect(JSON.parse(run({ expr: "latency", at: "1m", format: "json" }).text)).toEqual({
      status: "success",
      data: {
        resultType: "vector",
        result: [
          {
            metric: { __name__: "latency" },
            histogram: [
              60,
              {
                count: "3",
                sum: "4",
                buckets: [
                  [0, "0.5", "1", "1"],
                  [0, "1", "2", "2"],
                ],
              },
            ],
          },
        ],
      },
    });
    const { data } = JSON.parse(run({ expr: "time()", from: "0", to: "1m", format: "json" }).text);
    expect(data).toEqual({
      resultType: "matrix",
      result: [
        {
          metric: {},
          values: [
            [0, "0"],
            [60, "60"],
          ],
        },
      ],
    });
  });

  it("draws a range", () => {
    const { text } = run({ expr: "clicks_total", from: "0", to: "5m", format: "plot" });
    const lines = text.trimEnd().split("\n");
    expect(lines).toHaveLength(17);
    expect(lines[0]).toMatch(/^300 ┤.*[⠁-⣿]$/u);
    expect(lines[13]).toMatch(/^ {2}0 ┤[⠁-⣿]/u);
    expect(lines[14]).toMatch(/00:00:00 +00:05:00$/);
    expect(lines[15]).toContain('clicks_total{page="home"}');
  });

  it("reads expositions", () => {
    expect(run({ expr: "stock", series: [], expositions: ["shop.prom"], at: "5m" }).text).toBe('stock{sku="mug"}  3\n');
  });

  it("tells what Prometheus would say about the result", () => {
    const { text, diagnostics } = run({ expr: "rate(latency[5m])" });
    expect(text).not.toBe("");
    expect(diagnostics).toEqual([]);
    expect(problemsOf({ expr: "quantile(2, clicks_total)" })).toEqual([
      "warning query/warning: PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)",
    ]);
    expect(problemsOf({ expr: "rate(timestamp(clicks_total)[5m:1m]) + increase(clicks_total[5m] offset 1m)" })).toEqual(
      [],
    );
  });

  it.each([
    [{ expr: "sum(" }, "error query/expression: unclosed left parenthesis"],
    [{ expr: "clicks_total * on () clicks_total" }, "error query/evaluation: found duplicate series"],
    [{ series: ["none"] }, "error query/file: none cannot be read: no such file"],
    [{ series: ["broken.series"] }, "error query/series: "],
    [{ series: [], expositions: ["broken.prom"] }, 'error query/exposition: expected a value, got "x"'],
    [{ at: "noon" }, 'error query/time: --at "noon" is no time.'],
    [{ at: "1m", to: "2m" }, "error query/time: --at and --from or --to cannot go together."],
    [{ from: "1m" }, "error query/time: --from needs --to."],
    [{ from: "2m", to: "1m" }, "error query/time: the range ends before it begins."],
    [{ to: "1m", step: "0s" }, 'error query/time: --step "0s" is no duration.'],
    [{ step: "1m" }, "error query/time: --step is for a range."],
  ])("says what is wrong with %j", (request, message) => {
    const [first = ""] = problemsOf(request);
    expect(first.slice(0, message.length)).toBe(message);
    expect(run(request).text).toBe("");
  });

  it("shows the place of what is wrong", () => {
    expect(run({ series: ["broken.series"] }).diagnostics[0]?.place).toMatchObject({
      file: "broken.series",
      start: 15,
      end: 30,
    });
  });
});
