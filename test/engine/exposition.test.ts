import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadExposition, parseExposition } from "../../src/engine/exposition/load.ts";
import { parseOpenMetrics } from "../../src/engine/exposition/openmetrics.ts";
import { parseTextFormat } from "../../src/engine/exposition/text-format.ts";
import { instantQuery } from "../../src/engine/query.ts";
import { memoryStorage } from "../../src/engine/storage/memory-storage.ts";

const corpora = process.env.TOCSIN_CORPORA ?? fileURLToPath(new URL("../../../shared/corpora", import.meta.url));
const exposition = join(corpora, "exposition");
const absent = !existsSync(exposition);

describe("the text format", () => {
  it("is read as loosely as it is written", () => {
    const { families, errors } = parseTextFormat(
      [
        "# Just a comment",
        "# HELP  clicks_total  Clicks on a \\\\ product,\\n twice.",
        "# TYPE clicks_total counter",
        ' clicks_total { page = "home" , sku="a\\"b\\\\c\\n", } 1e3 1700000000000 ',
        "",
        '{"stock.level", sku="mug"} +Inf',
      ].join("\n"),
    );
    expect(errors).toEqual([]);
    expect(families).toMatchObject([
      {
        name: "clicks_total",
        type: "counter",
        help: "Clicks on a \\ product,\n twice.",
        samples: [
          {
            labels: { __name__: "clicks_total", page: "home", sku: 'a"b\\c\n' },
            value: 1000,
            timestampMs: 1_700_000_000_000,
            line: 4,
          },
        ],
      },
      { name: "stock.level", type: "unknown", samples: [{ labels: { sku: "mug" }, value: Number.POSITIVE_INFINITY }] },
    ]);
  });

  it("puts the parts of a histogram into one family", () => {
    const { families } = parseTextFormat(
      '# TYPE latency histogram\nlatency_bucket{le="+Inf"} 3\nlatency_sum 4\nlatency_count 3\nlatency_max 9\n',
    );
    expect(families.map(({ name, samples }) => [name, samples.length])).toEqual([
      ["latency", 3],
      ["latency_max", 1],
    ]);
  });

  it.each([
    ["stock", 'expected a value, got ""'],
    ["stock x", 'expected a value, got "x"'],
    ["stock 1 2.5", 'expected a timestamp, got "2.5"'],
    ["stock 1 2 3", 'expected the end of the line, got "3"'],
    ['stock{sku="mug} 1', "a quote is not closed"],
    ['stock{sku="a",sku="b"} 1', 'label "sku" stands there twice'],
    ["9stock 1", 'expected the name of a metric, got "9stock 1"'],
    ["# TYPE stock number", '"number" is no type of metrics'],
  ])("says what is wrong with %j", (line, message) => {
    expect(parseTextFormat(line).errors).toEqual([{ kind: "unreadable", message, line: 1 }]);
  });
});

describe("OpenMetrics", () => {
  it("is read with units, exemplars and timestamps in seconds", () => {
    const { families, errors } = parseOpenMetrics(
      [
        "# TYPE latency_seconds histogram",
        "# UNIT latency_seconds seconds",
        "# HELP latency_seconds How long it took.",
        'latency_seconds_bucket{le="1.0"} 2 1700000000.5 # {trace="abc"} 0.7 1700000000.25',
        'latency_seconds_bucket{le="+Inf"} 3 1700000000.5',
        "# EOF",
        "",
      ].join("\n"),
    );
    expect(errors).toEqual([]);
    expect(families).toMatchObject([
      {
        unit: "seconds",
        samples: [
          {
            timestampMs: 1_700_000_000_500,
            exemplar: { labels: { trace: "abc" }, value: 0.7, timestampMs: 1_700_000_000_250 },
          },
          { value: 3 },
        ],
      },
    ]);
  });

  const problemsOf = (...lines: string[]) => parseOpenMetrics(lines.join("\n")).errors.map(({ message }) => message);

  it.each([
    [["a 1"], 'the last line must be "# EOF"'],
    [["# EOF", "a 1"], 'nothing may stand behind "# EOF"'],
    [["# TYPE a counter", "a_total -1", "# EOF"], "a counter is negative: -1"],
    [["# TYPE a counter", "a_total NaN", "# EOF"], "a counter is not a number"],
    [["# TYPE a gauge", 'a 1 # {b="c"} 1', "# EOF"], "only counters and the buckets of histograms have exemplars"],
    [["# TYPE a info", "a_info 2", "# EOF"], "the value of an info is 1, got 2"],
    [["# TYPE a stateset", "a 1", "# EOF"], 'a stateset has a label of its own name, "a"'],
    [["# TYPE a histogram", 'a_bucket{le="1"} 1', "# EOF"], 'the label "le" is to be written "1.0", not "1"'],
    [["# TYPE a histogram", 'a_bucket{le="1.0"} 1', "# EOF"], 'histogram "a" has no bucket "+Inf"'],
    [["# TYPE a_s gauge", "# UNIT a_s m", "# EOF"], 'the name of "a_s" does not end in its unit "m"'],
    [["# TYPE a counter", "# TYPE a_total gauge", "# EOF"], '"a_total" means two things'],
    [['a{b="1"} 1', 'a{b="2"} 1', 'a{b="1"} 2', "# EOF"], "the samples of a metric do not stand together"],
    [["a 1 2", "a 1 1", "# EOF"], "the timestamps of a metric go backwards"],
  ])("refuses %j", (lines, message) => {
    expect(problemsOf(...lines)).toContain(message);
  });

  const cases = absent ? [] : readdirSync(join(exposition, "openmetrics"));

  it.skipIf(absent)("has cases in the corpus, unless that is absent", () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  it.each(cases)("accepts and refuses as the specification's case %s says", (name) => {
    const folder = join(exposition, "openmetrics", name);
    const { shouldParse } = JSON.parse(readFileSync(join(folder, "test.json"), "utf8"));
    const { errors } = parseOpenMetrics(readFileSync(join(folder, "metrics"), "utf8"));
    expect(errors.length === 0, JSON.stringify(errors)).toBe(shouldParse);
  });
});

describe("an exposition", () => {
  it("is taken for what it looks like, and lands in storage at the time of the scrape", () => {
    const storage = memoryStorage();
    const text = '# TYPE stock gauge\nstock{sku="mug"} 3\nstock{sku="cap"} 4 60\n# EOF\n';
    expect(loadExposition(storage, parseExposition(text), 120_000)).toEqual([]);
    expect(instantQuery(storage, "timestamp(stock)", 120_000)).toMatchObject({
      samples: [
        { labels: { sku: "mug" }, value: 120 },
        { labels: { sku: "cap" }, value: 60 },
      ],
    });
  });

  it("tells which samples come twice", () => {
    const parsed = parseExposition("stock 1\nstock 2\n");
    expect(loadExposition(memoryStorage(), parsed, 0)).toMatchObject([{ line: 2 }]);
  });

  const files = absent
    ? []
    : readdirSync(exposition, { recursive: true, encoding: "utf8" }).filter((file) =>
        /^(?:prometheus|node_exporter)\/.*\.(?:txt|prom|out)$/.test(file),
      );

  it.each(files)("in the wild is read in full: %s", (file) => {
    const { families, errors } = parseExposition(readFileSync(join(exposition, file), "utf8"));
    expect(errors.filter(({ kind }) => kind === "unreadable")).toEqual([]);
    expect(families.length).toBeGreaterThan(0);
  });
});
