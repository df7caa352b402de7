import { describe, expect, it } from "vitest";
import { readsOfAlertText } from "../../src/gotemplate/alert/alert-reads.ts";
import { parseAlertText } from "../../src/gotemplate/alert/alert-text.ts";
import { readNotificationTemplates, readsOfNotification } from "../../src/gotemplate/notification/render.ts";
import { isMistake } from "../../src/gotemplate/parse/ast.ts";
import type { Reads } from "../../src/gotemplate/reads/reads.ts";

function readsOf(text: string): Reads {
  const parsed = parseAlertText("StockLow", text);
  if (isMistake(parsed)) throw new Error(parsed.message);
  return readsOfAlertText(parsed);
}

const shown = ({ names, open }: Reads) => [
  ...names.map(({ of, name }) => (of === "labels" ? name : `${of}: ${name}`)),
  ...open.map(({ of, why }) => `${of}: ${why}`),
];

describe("the labels a text reads", () => {
  it.each([
    ["by variable", "{{ $labels.sku }} {{ $externalLabels.region }}", ["sku", "external labels: region"]],
    ["by dot", "{{ .Labels.sku }} {{ $.Labels.warehouse }}", ["sku", "warehouse"]],
    ["by index", '{{ index $labels "a-b" }} {{ "sku" | index .Labels }}', ["a-b", "sku"]],
    ["through `with`", "{{ with .Labels }}{{ .sku }}{{ end }}", ["sku"]],
    [
      "through `with` of another name",
      "{{ with $all := $labels }}{{ $all.sku }} {{ .warehouse }}{{ end }}",
      ["sku", "warehouse"],
    ],
    ["through a variable", "{{ $l := .Labels }}{{ $l.sku }}", ["sku"]],
    [
      "through one of two ways",
      "{{ $l := .Labels }}{{ if $value }}{{ $l = .ExternalLabels }}{{ end }}{{ $l.sku }}",
      ["sku", "external labels: sku"],
    ],
    ["in a condition", '{{ if eq $labels.sku "mug" }}{{ $labels.warehouse | title }}{{ end }}', ["sku", "warehouse"]],
    ["in a template", '{{ define "t" }}{{ .Labels.sku }}{{ end }}{{ template "t" . }}', ["sku"]],
    [
      "in a template that is given the labels",
      '{{ define "t" }}{{ .sku }}{{ end }}{{ template "t" $labels }}',
      ["sku"],
    ],
    [
      "handed on as arguments",
      '{{ define "t" }}{{ .arg0.sku }} {{ .arg1 }}{{ end }}{{ template "t" (args $labels 1) }}',
      ["sku"],
    ],
    ["not in a template that is not called", '{{ define "t" }}{{ .Labels.sku }}{{ end }}', []],
    ["not from other samples", '{{ range query "up" }}{{ .Labels.job }}{{ end }}', []],
    [
      "by a parenthesis",
      "{{ (.Labels).sku }} {{ (or .Labels .ExternalLabels).a }}",
      ["sku", "a", "external labels: a"],
    ],
    ["all of them, by `range`", "{{ range $name, $text := $labels }}{{ $name }}{{ end }}", ["labels: all of it"]],
    [
      "all of them, printed",
      "{{ $labels }} {{ . }}",
      ["labels: all of it", "labels: all of it", "external labels: all of it"],
    ],
    ["nobody knows which", '{{ index $labels (printf "%s" $labels.which) }}', ["which", "labels: by a computed name"]],
    ["none, if only their number counts", "{{ len $labels }}", []],
  ])("%s", (_, text, expected) => {
    expect(shown(readsOf(text))).toEqual(expected);
  });

  it("are placed in the text", () => {
    const text = "Only {{ $value }} of {{ $labels.sku }}";
    const { names, values } = readsOf(text);
    expect([...names, ...values].map(({ start, end }) => text.slice(start, end))).toEqual([".sku", "$value"]);
  });
});

it("functions, templates, values and queries are known too", () => {
  const reads = readsOf(
    '{{ query "up" | first | value | humanize }} {{ template "t" . }} {{ .Value }} {{ $externalURL }}',
  );
  expect(reads.functions.map(({ name }) => name)).toEqual(["query", "first", "value", "humanize"]);
  expect(reads.templates.map(({ name }) => name)).toEqual(["t"]);
  expect(reads.values.map(({ name }) => name)).toEqual(["value", "external URL"]);
  expect(reads.queries.map(({ name }) => name)).toEqual(["up"]);
});

it("notifications are followed through the default templates", () => {
  const templates = readNotificationTemplates([]);
  if (isMistake(templates)) throw new Error(templates.message);
  const reads = readsOfNotification(
    templates,
    '{{ range .Alerts.Firing }}{{ .Labels.sku }} {{ .Annotations.summary }}{{ end }}{{ template "jira.default.priority" . }}{{ .CommonLabels.team }}',
  );
  if (isMistake(reads)) throw new Error(reads.message);
  expect([...new Set(shown(reads))].sort()).toEqual(["annotations: summary", "common labels: team", "severity", "sku"]);
  expect(reads.names.find(({ name }) => name === "severity")?.template).toBe("jira.default.priority");
});
