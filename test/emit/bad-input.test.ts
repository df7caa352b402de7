import { expect, it } from "vitest";
import { unreadable } from "../../src/source/failure.ts";
import { buildTexts, inShort, SHOP } from "../helpers/workspace.ts";

/** What someone adds to the shop, and what is said to it. */
const cases: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "two services of one name",
    `export const other = service("catalog", { owner: storefront });`,
    ['workspace/duplicate-name: two services are named "catalog"'],
  ],
  [
    "two names that a case-blind file system confuses",
    `export const other = service("Catalog", { owner: storefront });`,
    [
      'workspace/duplicate-name: two services are named "Catalog" and "catalog", which some file systems do not tell apart',
    ],
  ],
  [
    "two teams of one name",
    `export const other = team("storefront", { page: email("a@shop.example", { from: "b@shop.example", smarthost: "m:25" }) });`,
    ['workspace/duplicate-name: two teams are named "storefront"'],
  ],
  [
    "two dashboards of one name",
    `const row = { A: [panel("Stock", stock)] }; export const a = dashboard("Shop", { owner: storefront, rows: row }); export const b = dashboard("Shop", { owner: storefront, rows: row });`,
    ['workspace/duplicate-name: two dashboards are named "Shop"'],
  ],
  [
    "two alerts in one group",
    `const low = (at) => alert("Low", { service: catalog, when: stock.below(at), severity: "page", summary: "low" }); export const alerts = [low(1), low(2)];`,
    ['workspace/duplicate-name: two alerts in one group are named "Low"'],
  ],
  [
    "a name that leaves its folder",
    `export const other = service("../x", { owner: storefront });`,
    ['model/invalid: service "../x": "../x" cannot be a name'],
  ],
  [
    "a metric name that Prometheus refuses",
    `export const other = service("other", { owner: storefront, metrics: { a: gauge("__x", { help: "x" }) } });`,
    ['model/invalid: metric "__x": Prometheus refuses the metric name "__x"'],
  ],
  [
    "a label name that Prometheus refuses",
    `export const other = service("other", { owner: storefront, metrics: { a: gauge("x", { help: "x", labels: { __y: upTo(2) } }) } });`,
    ['model/invalid: metric "x": labels.__y'],
  ],
  [
    "a duration out of range",
    `export const low = alert("Low", { service: catalog, when: stock.below(1), for: "5 minutes", severity: "page", summary: "low" });`,
    [
      'model/invalid: alert "Low": for: "5 minutes" is not a duration: write it like "30s", "5m" or "1h30m" [monitors/shop.ts:9 "5 minutes"]',
    ],
  ],
  [
    "a percentage that is none",
    `export const low = alert("Low", { service: catalog, when: stock.below("many%"), severity: "page", summary: "low" });`,
    ['promql/invalid: alert "Low": Prometheus would refuse'],
  ],
  [
    "bounds that fall",
    `export const other = service("other", { owner: storefront, metrics: { a: histogram("x_seconds", { help: "x", buckets: [1, 0.5] }) } });`,
    ['model/invalid: metric "x_seconds": buckets: the bounds of buckets must rise [monitors/shop.ts:9 [1, 0.5]]'],
  ],
  [
    "a receiver without its secret's place",
    `export const other = team("other", { page: slack("#other") });`,
    ['receiver/no-secret: receiver "#other" has no place of its webhook\'s address'],
  ],
  [
    "a secret where its file belongs",
    `export const other = team("other", { page: slack("#other", { apiUrl: "https://hooks.slack.com/services/T/B/x" }) });`,
    [
      'secret/literal: receiver "#other": a secret cannot stand in a monitors file: "apiUrl" [monitors/shop.ts:9 apiUrl]',
      'secret/literal: receiver "#other": this looks like the address of a Slack webhook',
    ],
  ],
  [
    "a password within an address",
    `export const other = team("other", { page: webhook("x", { url: "https://me:pw@x.example/" }) });`,
    [
      'secret/literal: receiver "x": url: secrets are references only',
      'secret/literal: receiver "x": this looks like an address with a password',
    ],
  ],
  [
    "a token in an annotation",
    `export const low = alert("Low", { service: catalog, when: stock.below(1), severity: "page", summary: "ask xoxb-12345678901-abcdef" });`,
    ['secret/literal: alert "Low": this looks like a Slack token'],
  ],
  [
    "a time zone that does not exist",
    `export const i = timeInterval("x", { times: "09:00-17:00", location: "Europe/Berlim" }); export const other = team("other", { page: webhook("x", { url: "http://x.example/", during: i }) });`,
    [
      'model/invalid: time interval "x": location: there is no time zone "Europe/Berlim": write it like "Europe/Berlin"',
    ],
  ],
  [
    "hours that end before they begin",
    `export const i = timeInterval("x", { times: "22:00-06:00" });`,
    ['model/invalid: time interval "x": times: "22:00-06:00" ends before it begins: past midnight takes two ranges'],
  ],
  [
    "a property that does not exist",
    `export const low = alert("Low", { service: catalog, when: stock.below(1), severity: "page", sumary: "low", summary: "low" });`,
    [
      'model/unknown-property: alert "Low" has no property "sumary". Did you mean "summary"? [monitors/shop.ts:9 sumary]',
    ],
  ],
  [
    "a text that is no template",
    `export const low = alert("Low", { service: catalog, when: stock.below(1), severity: "page", summary: "{{ .Oops" });`,
    ['alert/text: alert "Low": summary is no template that Prometheus can expand'],
  ],
  [
    "a template that reads a label which is gone",
    `export const low = alert("Low", { service: catalog, when: stock.below(1), severity: "page", summary: "{{ $labels.skuu }} is low" });`,
    [
      'alert/unknown-label: alert "Low": summary reads the label "skuu", which its expression does not keep. Did you mean "sku"? [monitors/shop.ts:9 .skuu]',
    ],
  ],
  [
    "a text that cannot be made",
    `export const low = alert("Low", { service: catalog, when: stock.below(1), severity: "page", summary: () => nothing.here });`,
    ['alert/text: alert "Low": summary throws: nothing is not defined'],
  ],
  [
    "an alert that would always fire",
    'export const low = alert("Low", { service: catalog, when: promql`vector(1)`.condition(), severity: "page", summary: "low" });',
    ['alert/always-fires: alert "Low" would always fire: vector(1)'],
  ],
  [
    "an alert that can never fire",
    'export const low = alert("Low", { service: catalog, when: promql`catalog_inventory_items{sku="a",sku="b"} < 1`.condition(), severity: "page", summary: "low" });',
    ['alert/never-fires: alert "Low" can never fire'],
  ],
  [
    "a stated label that cannot be",
    'export const low = alert("Low", { service: catalog, when: promql`sum(catalog_inventory_items) < 1`.labels("sku").condition(), severity: "page", summary: "low" });',
    [
      'promql/stated-label: alert "Low": the results of this expression cannot have the label "sku", which labels(…) states [monitors/shop.ts:9 sum(catalog_inventory_items) < 1]',
    ],
  ],
  [
    "PromQL that is none",
    'export const low = alert("Low", { service: catalog, when: promql`sum(catalog_inventory_items) by (sku < 1`.labels("sku").condition(), severity: "page", summary: "low" });',
    ['promql/invalid: alert "Low":'],
  ],
  [
    "PromQL of the wrong type",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the file under test
    'export const low = alert("Low", { service: catalog, when: promql`rate(${stock}) < 1`.condition(), severity: "page", summary: "low" });',
    ['promql/invalid: alert "Low": expected type range vector in call to function "rate", got instant vector'],
  ],
  [
    "an override of nothing",
    `const gone = threshold("gone", 1); export const e = environment("e", { overrides: [override(gone, 2)] });`,
    ['environment/override: environment "e": threshold "gone" is overridden, but nothing exports or uses it'],
  ],
  [
    "an override of what cannot change",
    `export const e = environment("e", { overrides: [override(catalog, { owner: storefront })] });`,
    [
      'environment/override: environment "e": service "catalog" cannot have its "owner" changed. [monitors/shop.ts:9 storefront]',
    ],
  ],
];

it.each(cases)("%s", async (_, added, expected) => {
  const { diagnostics, files } = await buildTexts(SHOP + added);
  const said = diagnostics.map(inShort);
  expect(said.map((line, i) => line.slice(0, (expected[i] ?? "").length))).toEqual(expected);
  expect(files).toEqual([]);
});

it("reports every problem at once, each at its place", async () => {
  const { diagnostics } = await buildTexts({
    "monitors/a.ts": `${SHOP}export const a = alert("A", { service: catalog, when: stock.below(1), for: "x", severity: "page", summary: "a" });`,
    "monitors/b.ts": `import { catalog, stock } from "./a.ts";\nimport { alert } from "tocsin";\nexport const b = alert("B", {\n  service: catalog,\n  when: stock.below(1),\n  for: "y",\n  keepFiringFor: "z",\n  severity: "page",\n  summary: "b",\n});`,
  });
  expect(diagnostics.map(inShort).map((line) => line.replace(/.*\[/, "["))).toEqual([
    '[monitors/a.ts:9 "x"]',
    '[monitors/b.ts:6 "y"]',
    '[monitors/b.ts:7 "z"]',
  ]);
});

it.each([
  ["does not parse", "export const a = (;"],
  ["throws", "throw new Error('no stock today');"],
  ["imports what is not there", "import './catalogue.ts'; export const a = 1;"],
  ["exports nothing", "const a = 1;"],
])("says so where a file %s", async (_, text) => {
  const { diagnostics, files } = await buildTexts({ "monitors/shop.ts": SHOP, "monitors/catalog.ts": text });
  expect(diagnostics).toHaveLength(1);
  if (text === "const a = 1;") expect(diagnostics[0]?.code).toBe("workspace/nothing-exported");
  expect(diagnostics[0]?.place?.file).toBe("monitors/catalog.ts");
  expect(files).toEqual([]);
});

it("carries hostile texts intact into every file", async () => {
  const hostile = `quotes " and ', {{ braces }}, # hash, : colon, \\\\ backslash, %d, \\n newline, <b>, | pipe, \u00e9\u{1f4e6}`;
  const { file, diagnostics } = await buildTexts(
    `${SHOP}export const low = alert("Low", { service: catalog, when: catalog.metrics.inventory.where({ sku: "${hostile.replaceAll('"', '\\"')}" }).below(1), severity: "page", summary: () => "${hostile.replaceAll('"', '\\"')}", labels: { note: "${hostile.replaceAll('"', '\\"')}" }, runbook: { meaning: "${hostile.replaceAll('"', '\\"')}" } });`,
  );
  expect(diagnostics).toEqual([]);
  const { parse } = await import("yaml");
  const rule = parse(file("prometheus/rules/catalog.yml")).groups[0].rules[0];
  const text = JSON.parse(`"${hostile.replaceAll('"', '\\"').replaceAll("'", "'")}"`) as string;
  expect(rule.annotations.summary.replaceAll('{{ "{{" }}', "{{")).toBe(text);
  expect(rule.labels.note.replaceAll('{{ "{{" }}', "{{")).toBe(text);
  expect(file("runbooks/Low.md")).toContain("{{ braces }}".replace(/[{}]/g, "\\$&"));
});

it("knows the environments there are", async () => {
  const shop = `${SHOP}export const staging = environment("staging", {});`;
  const { diagnostics } = await buildTexts(shop, { environment: "stagin" });
  expect(diagnostics.map(inShort)).toEqual([
    'environment/unknown: there is no environment "stagin". Did you mean "staging"?',
  ]);
});

it("says so where a file cannot be read", () => {
  expect(unreadable("monitors/shop.ts", new Error("EACCES")).code).toBe("source/unreadable");
});
