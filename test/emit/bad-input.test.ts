import { describe, expect, it } from "vitest";
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
    "a recording rule with a metric's name",
    `export const other = service("other", { owner: storefront, metrics: { a: gauge("shop:stock:sum", { help: "Stock." }) } }); export const a = record("shop:stock:sum", { service: catalog, expr: stock.sum() });`,
    ['record/scraped-name: recording rule "shop:stock:sum" has the name of a metric that service "other" declares'],
  ],
  [
    "hours that say no time",
    `export const hours = timeInterval("hours", {}); export const where = timeInterval("where", { location: "Europe/Berlin" });`,
    [
      'model/invalid: time interval "hours": says no time, which would be always',
      'model/invalid: time interval "where": says no time, which would be always',
    ],
  ],
  [
    "a promise",
    `export const later = (async () => threshold("few", 1))();`,
    ["workspace/promise: monitors/shop.ts exports later, which is a promise"],
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
  [
    "an alert of which only the name is written",
    `export const low = alert("Low");`,
    ['model/invalid: alert "Low": is missing (expected object)'],
  ],
  [
    "an alert that is an empty object",
    `export const low = alert("Low", {});`,
    [
      'model/invalid: alert "Low": service: expected what service() returns, got nothing',
      'model/invalid: alert "Low": when: expected an expression',
      'model/invalid: alert "Low": severity: is missing',
      'model/invalid: alert "Low": summary: write a function that returns the text, or a Go template',
    ],
  ],
  [
    "a service of which only the name is written",
    `export const other = service("other");`,
    ['model/invalid: service "other": is missing (expected object)'],
  ],
  [
    "a metric of which nothing is written",
    `export const other = service("other", { owner: storefront, metrics: { a: gauge() } });`,
    ["model/invalid: metric undefined: is missing (expected string)", "model/invalid: metric undefined: is missing"],
  ],
  [
    "a counter against the convention",
    `export const other = service("other", { owner: storefront, metrics: { a: counter("clicks", { help: "x" }) } });`,
    ['model/invalid: metric "clicks": a counter\'s name ends in _total. Did you mean "clicks_total"?'],
  ],
  [
    "a team where a service belongs",
    `export const low = alert("Low", { service: storefront, when: stock.below(1), severity: "page", summary: "low" });`,
    [
      'model/invalid: alert "Low": service: expected what service() returns, got the Team "storefront" [monitors/shop.ts:9 storefront]',
    ],
  ],
  [
    "a severity that its owner has no receiver for",
    `export const low = alert("Low", { service: catalog, when: stock.below(1), severity: "pgae", summary: "low" });`,
    [
      'alert/unknown-severity: alert "Low": nobody would hear of it: team "storefront" has no receiver for the severity "pgae". Did you mean "page"? [monitors/shop.ts:9 "pgae"]',
    ],
  ],
  [
    "thresholds that are none",
    `export const alerts = [undefined, null, Number.NaN, "20 %", {}].map((at, i) => alert("Low" + i, { service: catalog, when: stock.below(at), severity: "page", summary: "low" }));`,
    [
      'promql/invalid: alert "Low0": Prometheus would refuse sum by (sku) (catalog_inventory_items) < NaN: "undefined" is not a quantity',
      'promql/invalid: alert "Low1": Prometheus would refuse sum by (sku) (catalog_inventory_items) < NaN: "null" is not a quantity',
      'promql/invalid: alert "Low2": Prometheus would refuse sum by (sku) (catalog_inventory_items) < NaN: "NaN" is not a quantity to compare with',
      'promql/invalid: alert "Low3": Prometheus would refuse sum by (sku) (catalog_inventory_items) < NaN: "20 %" is not a quantity',
      'promql/invalid: alert "Low4": Prometheus would refuse sum by (sku) (catalog_inventory_items) < NaN: "[object Object]" is not a quantity',
    ],
  ],
  [
    "windows that are none",
    `export const alerts = [300, "-5m", "5 m", "0s"].map((window, i) => alert("Low" + i, { service: catalog, when: catalog.metrics.inventory.avgOverTime(window).below(1), severity: "page", summary: "low" }));`,
    [
      'promql/invalid: alert "Low0": Prometheus would refuse avg_over_time(catalog_inventory_items[300]) < 1: "300" is not a duration',
      'promql/invalid: alert "Low1": Prometheus would refuse',
      'promql/invalid: alert "Low2": Prometheus would refuse avg_over_time(catalog_inventory_items[5 m]) < 1: "5 m" is not a duration',
      'promql/invalid: alert "Low3": Prometheus would refuse avg_over_time(catalog_inventory_items[0s]) < 1: duration must be greater than 0',
    ],
  ],
  [
    "a rule whose result is no vector",
    'export const rules = [record("a:b", { service: catalog, expr: promql`catalog_inventory_items[5m]` }), record("c:d", { service: catalog, expr: promql`"x"` })];',
    [
      'promql/invalid: recording rule "a:b": the result of catalog_inventory_items[5m] is a range vector; what is evaluated at each moment must be an instant vector or a scalar [monitors/shop.ts:9 catalog_inventory_items[5m]]',
      'promql/invalid: recording rule "c:d": the result of "x" is a string',
    ],
  ],
  [
    "labels that a build or Prometheus sets",
    `export const low = alert("Low", { service: catalog, when: stock.below(1), severity: "page", summary: "low", labels: { team: "x", alertname: "y" }, annotations: { summary: "z" } });`,
    [
      'model/invalid: alert "Low": labels.team: the label team is the owner of the service, which routes go by [monitors/shop.ts:9 "x"]',
      'model/invalid: alert "Low": labels.alertname: the label alertname is the alert\'s name, which Prometheus sets itself [monitors/shop.ts:9 "y"]',
      'model/invalid: alert "Low": annotations.summary: the annotation summary is set by the property summary [monitors/shop.ts:9 "z"]',
    ],
  ],
  [
    "names of labels that are none",
    `export const low = alert("Low", { service: catalog, when: stock.below(1), severity: "page", summary: "low", labels: { "": "x", __y: "y" } });`,
    [
      'model/invalid: alert "Low": labels[""]: Prometheus refuses the label name "" [monitors/shop.ts:9 ""]',
      'model/invalid: alert "Low": labels.__y: Prometheus refuses the label name "__y": names that begin with __ are its own [monitors/shop.ts:9 __y]',
    ],
  ],
  [
    "names that are no files on Windows, or too long",
    `export const a = service("nul.shop", { owner: storefront }); export const b = service("x".repeat(101), { owner: storefront }); export const low = alert("CON", { service: catalog, when: stock.below(1), severity: "page", summary: "low" });`,
    [
      'model/invalid: service "nul.shop": "nul.shop" cannot be a name: for Windows it is a device, not a file [monitors/shop.ts:9 "nul.shop"]',
      `model/invalid: service "${"x".repeat(101)}": a name of 101 characters is too long: 100 is the most`,
      'model/invalid: alert "CON": "CON" cannot be a name: for Windows it is a device, not a file [monitors/shop.ts:9 "CON"]',
    ],
  ],
  [
    "half characters in any text",
    `export const low = alert("Low", { service: catalog, when: stock.below(1), severity: "page", summary: () => "\\ud800", labels: { a: "\\ud800", "b\\ud800": "b" }, runbook: { firstSteps: ["x", "\\udfff"] } });`,
    [
      'model/invalid: alert "Low": summary: holds half of a surrogate pair, which UTF-8 cannot express [monitors/shop.ts:9 () => "\\ud800"]',
      'model/invalid: alert "Low": labels.a: holds half of a surrogate pair',
      'model/invalid: alert "Low": labels["b\\ud800"]: holds half of a surrogate pair',
      'model/invalid: alert "Low": runbook.firstSteps[1]: holds half of a surrogate pair, which UTF-8 cannot express [monitors/shop.ts:9 "\\udfff"]',
    ],
  ],
  [
    "a timeout beyond the environment's interval",
    `export const other = service("other", { owner: storefront, scrape: { targets: ["a:1"], timeout: "20s" } }); export const e = environment("e", { prometheus: { scrapeInterval: "10s", scrapeTimeout: "11s" } });`,
    [
      'scrape/timeout: environment "e": the timeout 11s is longer than the interval 10s, which Prometheus refuses [monitors/shop.ts:9 "11s"]',
      'scrape/timeout: service "other": the timeout 20s is longer than the interval 10s of environment "e", which Prometheus refuses [monitors/shop.ts:9 "20s"]',
    ],
  ],
  [
    "an override that makes something wrong",
    `export const e = environment("e", { overrides: [override(catalog, { scrape: { targets: ["a:1"], interval: "x" } }), override(storefront, { notifications: { groupWait: "y" } }), override(storefront.receivers.page, { urll: "z" })] });`,
    [
      'model/invalid: environment "e": service "catalog": scrape.interval: "x" is not a duration: write it like "30s", "5m" or "1h30m" [monitors/shop.ts:9 "x"]',
      'model/invalid: environment "e": team "storefront": notifications.groupWait: "y" is not a duration: write it like "30s", "5m" or "1h30m" [monitors/shop.ts:9 "y"]',
      'model/unknown-property: environment "e": receiver "desk" has no property "urll". Did you mean "url"? [monitors/shop.ts:9 urll]',
    ],
  ],
  [
    "an override of another shape",
    `export const few = threshold("few", 1); export const low = alert("Low", { service: catalog, when: stock.below(few), severity: "page", summary: "low" }); export const e = environment("e", { overrides: [override(catalog, 5), override(few, {})] });`,
    [
      'environment/override: environment "e": service "catalog" takes an object [monitors/shop.ts:9 5]',
      'environment/override: environment "e": threshold "few" takes one value [monitors/shop.ts:9 {}]',
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

describe("no secret reaches out/", () => {
  // Put together here, so that nobody who searches this repository for secrets finds them.
  const secrets: Readonly<Record<string, string>> = {
    "an AWS access key": `AKIA${"ABCDEFGH23456789".slice(0, 16)}`,
    "the address of a Slack webhook": `https://hooks.slack.com/${"services"}/T0/B0/x`,
    "a Slack token": `xoxb${"-"}12345678901-abcdef`,
    "a GitHub token": `ghp_${"a1".repeat(18)}`,
    "a GitLab token": `glpat-${"a1".repeat(10)}`,
    "a private key": `-----BEGIN RSA ${"PRIVATE KEY"}-----`,
    "an Authorization header": `Bearer ${"a1b2".repeat(8)}`,
    "an address with a password": "redis://:hunter2@cache.example:6379/0",
    "an address with a token in its query": "https://x.example/hook?room=a&access_token=hunter2",
  };
  const fields: readonly (readonly [string, (secret: string) => string])[] = [
    ["a template", (secret) => `when: stock.below(1), summary: ${JSON.stringify(secret)}`],
    ["a function's text", (secret) => `when: stock.below(1), summary: () => "see " + ${JSON.stringify(secret)}`],
    [
      "an annotation",
      (secret) => `when: stock.below(1), summary: "x", annotations: { note: () => ${JSON.stringify(secret)} }`,
    ],
    ["a label", (secret) => `when: stock.below(1), summary: "x", labels: { note: ${JSON.stringify(secret)} }`],
    [
      "a first step",
      (secret) => `when: stock.below(1), summary: "x", runbook: { firstSteps: [${JSON.stringify(secret)}] }`,
    ],
    [
      "a matcher",
      (secret) => `summary: "x", when: catalog.metrics.inventory.where({ sku: ${JSON.stringify(secret)} }).below(1)`,
    ],
    ["PromQL", (secret) => `summary: "x", when: promql\`catalog_inventory_items{sku="${secret}"} < 1\`.condition()`],
  ];

  it.each(fields)("in %s", async (_, field) => {
    const alerts = Object.values(secrets).map(
      (secret, i) => `export const a${i} = alert("A${i}", { service: catalog, severity: "page", ${field(secret)} });`,
    );
    const { diagnostics, files } = await buildTexts(`${SHOP}${alerts.join("\n")}`);
    expect(diagnostics.map(({ code }) => code)).toEqual(alerts.map(() => "secret/literal"));
    expect(diagnostics.map(({ message }) => / looks like (.*), and /.exec(message)?.[1])).toEqual(Object.keys(secrets));
    expect(files).toEqual([]);
  });

  it("but what only speaks of secrets is text like any other", async () => {
    const { diagnostics } = await buildTexts(
      `${SHOP}export const low = alert("Low", { service: catalog, when: stock.below(1), severity: "page", summary: "Basic authentication of the bearer fails; see https://x.example/?token=\${TOKEN} and https://x.example/?var-key=1" });`,
    );
    expect(diagnostics.map(inShort)).toEqual([]);
  });
});
