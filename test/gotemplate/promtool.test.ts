import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkAlertText, expandAlertText } from "../../src/gotemplate/alert/alert-text.ts";
import { unquote } from "../../src/gotemplate/go/quote.ts";
import {
  EXTERNAL_LABELS,
  LABELS,
  MISTAKES,
  OF_VALUES,
  TEXTS,
  TEXTS_OF_PROMETHEUS_3,
  VALUES,
} from "./alert-examples.ts";

const PROMTOOL = process.env.PROMTOOL ?? "promtool";
// Prometheus 2 lacks functions, and words some mistakes otherwise. A build need not know its version, but only 3 has this flag.
const known = spawnSync(PROMTOOL, ["test", "rules", "--help"], { encoding: "utf8" }).stdout ?? "";
const absent = known.includes("ignore-unknown-fields") ? undefined : "promtool 3 is not installed";

const folder = absent === undefined ? mkdtempSync(join(tmpdir(), "tocsin-")) : "";
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXTS_AND_VALUES = [
  ...VALUES.flatMap((value) => OF_VALUES.map((text) => ({ text, value }))),
  ...[...TEXTS, ...TEXTS_OF_PROMETHEUS_3].map((text) => ({ text, value: "9" })),
];

const STOCK = [
  { labels: { __name__: "stock", sku: "cup", warehouse: "fra" }, value: 1 },
  { labels: { __name__: "stock", sku: "mug", warehouse: "iad" }, value: 2.5 },
];

describe.skipIf(absent !== undefined)(`beside promtool${absent === undefined ? "" : ` (${absent})`}`, () => {
  it("every text expands to what Prometheus makes of it", () => {
    const theirs = expandedByPromtool();
    const ours = TEXTS_AND_VALUES.map(({ text, value }, i) =>
      expandAlertText(`A${i}`, text, {
        labels: { __name__: `m${i}`, ...LABELS },
        value: Number(value.replace("Inf", "Infinity")),
        externalLabels: EXTERNAL_LABELS,
        externalURL: "https://prometheus.shop.example",
        now: 0,
        query: (expr) => {
          if (expr === "sort(stock)") return STOCK;
          if (expr === "absent_metric") return [];
          throw new Error("parse error: unexpected end of input");
        },
      }),
    );
    const different = TEXTS_AND_VALUES.flatMap(({ text, value }, i) =>
      withoutPlaceOfQuery(ours[i]) === withoutPlaceOfQuery(theirs.get(`A${i}`))
        ? []
        : [{ text, value, ours: ours[i], theirs: theirs.get(`A${i}`) }],
    );
    expect(different).toEqual([]);
  }, 60_000);

  it("every text that cannot be read is told in the words of Prometheus", () => {
    const rules = MISTAKES.map((text, i) => ({ alert: `A${i}`, expr: "stock", annotations: { text } }));
    const file = join(folder, "mistakes.json");
    writeFileSync(file, JSON.stringify({ groups: [{ name: "mistakes", rules }] }));
    const { stderr } = spawnSync(PROMTOOL, ["check", "rules", file], { encoding: "utf8" });
    const theirs = new Map(
      [...stderr.matchAll(/"(A\d+)": annotation "text": (.*?)(?=\n[^\n]*group "mistakes"|\n*$)/gs)].map(
        ([, alert, message = ""]) => [alert, message.trim()],
      ),
    );
    const ours = new Map(MISTAKES.map((text, i) => [`A${i}`, checkAlertText(`A${i}`, text)?.message]));
    expect(ours).toEqual(theirs);
  }, 60_000);
});

/** The parser of queries has its own words, which are not the template's. */
function withoutPlaceOfQuery(text: string | undefined): string | undefined {
  return text?.replace(/error calling query: .*/, "error calling query");
}

/** Has every text expanded by a rule of its own, whose alerts promtool shows because none are expected. */
function expandedByPromtool(): ReadonlyMap<string, string> {
  const metrics = TEXTS_AND_VALUES.map((_, i) => `m${i}`);
  const rules = TEXTS_AND_VALUES.map(({ text }, i) => ({ alert: `A${i}`, expr: `m${i}`, annotations: { text } }));
  writeFileSync(join(folder, "rules.json"), JSON.stringify({ groups: [{ name: "texts", rules }] }));
  const labels = Object.entries(LABELS).map(([name, text]) => `${JSON.stringify(name)}=${JSON.stringify(text)}`);
  const test = {
    interval: "1m",
    external_labels: EXTERNAL_LABELS,
    external_url: "https://prometheus.shop.example",
    input_series: [
      ...TEXTS_AND_VALUES.map(({ value }, i) => ({ series: `${metrics[i]}{${labels.join(",")}}`, values: value })),
      { series: 'stock{sku="cup",warehouse="fra"}', values: "1" },
      { series: 'stock{sku="mug",warehouse="iad"}', values: "2.5" },
    ],
    alert_rule_test: rules.map(({ alert }) => ({ alertname: alert, eval_time: "0m", exp_alerts: [] })),
  };
  writeFileSync(join(folder, "test.json"), JSON.stringify({ rule_files: ["rules.json"], tests: [test] }));
  const { stdout, stderr } = spawnSync(PROMTOOL, ["test", "rules", join(folder, "test.json")], { encoding: "utf8" });
  const shown = [...(stdout + stderr).matchAll(/alertname: (\w+),.*?Annotations:\{text=("(?:[^"\\]|\\.)*")\}/gs)];
  return new Map(shown.map(([, alert = "", text = '""']) => [alert, unquote(text) ?? ""]));
}
