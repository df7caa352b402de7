import { describe, expect, it } from "vitest";
import {
  type AlertData,
  checkAlertText,
  expandAlertText,
  parseAlertText,
} from "../../src/gotemplate/alert/alert-text.ts";
import { isMistake } from "../../src/gotemplate/parse/ast.ts";

const data: AlertData = {
  labels: { __name__: "catalog_inventory_items", sku: "mug", warehouse: "fra", instance: "db-1.shop.example:9090" },
  value: 9,
  externalLabels: { region: "eu" },
  externalURL: "https://prometheus.shop.example/metrics",
  serverURL: "https://prometheus.shop.example/metrics",
  now: 1_700_000_000_000,
  query: (expr, at) => {
    if (expr === "broken") throw new Error("no such metric");
    return [{ labels: { sku: "cup", expr }, value: at / 1000 }];
  },
};

const expand = (text: string, more: Partial<AlertData> = {}) => expandAlertText("StockLow", text, { ...data, ...more });

describe("the text of an alert", () => {
  it.each([
    ["stays as it is without actions", "Nothing { to } expand", "Nothing { to } expand"],
    ["names labels and the value", "Only {{ $value }} of {{ $labels.sku }} left", "Only 9 of mug left"],
    ["reaches the same through dot", "{{ .Value }} {{ .Labels.sku }} {{ .ExternalLabels.region }}", "9 mug eu"],
    [
      "has external labels and URL",
      "{{ $externalLabels.region }} {{ $externalURL }}",
      "eu https://prometheus.shop.example/metrics",
    ],
    ["takes a missing label for empty", "[{{ $labels.nope }}]", "[]"],
    ["finds no label among what objects inherit", '[{{ $labels.constructor }}{{ index $labels "__proto__" }}]', "[]"],
    ["trims around actions", "a \n{{- 1 -}}\n b", "a1b"],
    [
      "queries at the time of the evaluation",
      '{{ with query "up" }}{{ . | first | label "expr" }} {{ . | first | value }}{{ end }}',
      "up 1.7e+09",
    ],
    [
      "knows the server's path",
      "{{ pathPrefix }} {{ externalURL }}",
      "/metrics https://prometheus.shop.example/metrics",
    ],
    ["knows the time", "{{ now }} {{ now | humanizeTimestamp }}", "1.7e+09 2023-11-14 22:13:20 +0000 UTC"],
    [
      "leaves a range from its else, and goes on with the one around it",
      "{{ range 2 }}{{ range 0 }}{{ else }}{{ break }}{{ end }}a{{ end }}{{ range 2 }}{{ . }}{{ range 0 }}{{ else }}{{ continue }}{{ end }}b{{ end }}",
      "aa01",
    ],
    [
      "keeps in the variables of an empty range what was ranged over",
      "{{ range $i, $e := slice (query `up`) 0 0 }}a{{ else }}{{ $i }}{{ $e }}{{ end }}",
      "[][]",
    ],
    [
      "names the types of pointers in Go's syntax, and counts addresses",
      '{{ printf "%#v %d" (query `up`) (toDuration 1.0) | reReplaceAll "c000000000" "" }}',
      "template.queryResult{(*template.sample)(0x)} 824633720832",
    ],
    ["defines templates of its own", '{{ define "left" }}{{ .Value }} left{{ end }}{{ template "left" . }}', "9 left"],
  ])("%s", (_, text, expected) => {
    expect(expand(text)).toBe(expected);
  });

  it("prints a histogram as it prints itself", () => {
    const histogram = { toString: () => "{count:3, sum:6}" };
    expect(expand("{{ $value }}|{{ .Value }}", { value: histogram })).toBe("{count:3, sum:6}|{count:3, sum:6}");
    expect(expand("{{ $value | humanize }}", { value: histogram })).toContain(
      "can't convert *histogram.FloatHistogram to float",
    );
  });

  it("becomes the mistake where it can't be expanded", () => {
    expect(expand("{{ $labels.sku.size }}")).toBe(
      "<error expanding template: error executing template __alert_StockLow: template: __alert_StockLow:1:122: " +
        'executing "__alert_StockLow" at <$labels.sku.size>: can\'t evaluate field size in type string>',
    );
    expect(expand("{{ $stock }}")).toBe(
      '<error expanding template: error parsing template __alert_StockLow: template: __alert_StockLow:1: undefined variable "$stock">',
    );
    expect(expand("{{ range $i := (print 3) 4 }}{{ end }}")).toContain(
      "at <$i := (print 3) 4>: can't give argument to non-function print 3>",
    );
    expect(expand('{{ query "broken" }}')).toContain("error calling query: no such metric>");
    expect(expand("{{ pathPrefix }}", { serverURL: undefined })).toContain("nil pointer dereference");
  });

  it("does not run for ever where a template calls itself", () => {
    expect(expand('{{ define "t" }}{{ template "t" . }}{{ end }}{{ template "t" . }}')).toContain(
      "exceeded maximum template depth",
    );
  });
});

describe("a mistake in the text of an alert", () => {
  it("is told without expanding it", () => {
    expect(checkAlertText("StockLow", "{{ humanise $value }}")).toEqual({
      kind: "mistake",
      message: 'template: __alert_StockLow:1: function "humanise" not defined',
      start: 3,
      end: 11,
    });
    // Prometheus reads the texts of rules when it loads them, but expands them only when an alert is there.
    expect(checkAlertText("StockLow", "{{ $labels.sku.size }}")).toBeUndefined();
  });

  it("is placed in the user's text, not behind what Prometheus puts before it", () => {
    const text = "Low stock:\n{{ $labels.sku }} {{ $stok }}";
    const mistake = checkAlertText("StockLow", text);
    expect(text.slice(mistake?.start, mistake?.end)).toBe("$stok");
  });
});

it("a text is read once and expanded for many alerts", () => {
  const text = parseAlertText("StockLow", '{{ $labels.sku }}: {{ $value | printf "%.1f" }}');
  if (isMistake(text)) throw new Error(text.message);
  expect([1, 2.25].map((value) => text.expand({ ...data, value }))).toEqual(["mug: 1.0", "mug: 2.2"]);
});
