import { alert, by, counter, gauge, histogram, not, on, oneOf, service, team, upTo, webhook } from "tocsin";
import { scenario } from "tocsin/testing";
import { expect, it } from "vitest";
import type { AnyAlert } from "../../src/model/alert.ts";
import { readRuleFile } from "../../src/rule/file/rule-file.ts";
import type { AlertingRule } from "../../src/rule/rule.ts";
import { prove } from "../../src/testing/witness/prove.ts";
import { sampleOf } from "../../src/testing/witness/sample-regex.ts";
import { shop } from "../monitors/shop.ts";

const storefront = team("storefront", { page: webhook("desk", { url: "http://desk.example/" }) });
const inventory = gauge("catalog_inventory_items", {
  help: "Items.",
  labels: { sku: upTo(9), warehouse: oneOf("fra", "iad") },
});
const clicks = counter("catalog_clicks_total", { help: "Clicks.", labels: { page: oneOf("home", "search") } });
const latency = histogram("latency_seconds", { help: "Time.", buckets: [0.1, 1] });
const catalog = service("catalog", { owner: storefront, metrics: { inventory, clicks, latency } });

function proved(when: AnyAlert["spec"]["when"], spec: object = {}) {
  const alerting = alert("Proved", { service: catalog, severity: "page", summary: "Proved", when, ...spec } as never);
  const { workspace } = scenario({ catalog, alerting });
  return prove({
    rule: workspace.ruleOf.get(alerting) as AlertingRule,
    groups: workspace.groups,
    services: workspace.plan.services,
    intervalOf: () => 60_000,
  });
}

it.each<[string, AnyAlert["spec"]["when"]]>([
  ["a value that is low", inventory.sum(by("sku")).below(10)],
  ["a rate", clicks.rate("5m").sum().above(1000)],
  ["a ratio", clicks.where({ page: "home" }).rate("5m").sum().div(clicks.rate("5m").sum()).above("80%")],
  ["a quantile", latency.rate("5m").sum().quantile(0.99).above(0.5)],
  ["something that is absent", inventory.absent()],
  [
    "two things at once",
    inventory
      .sum(by("warehouse"))
      .below(1)
      .and(inventory.max(by("warehouse")).below(0), on("warehouse")),
  ],
  ["what a pattern selects", inventory.where({ sku: /mug-\d+/, warehouse: not("fra") }).equals(0)],
])("finds series for %s", (_, when) => {
  const result = proved(when);
  expect(result).not.toHaveProperty("reason");
});

it("keeps them short, and has them last as long as `for`", () => {
  expect(proved(inventory.sum(by("sku")).below(10), { for: "3m" })).toMatchObject({
    firesAtMs: 180_000,
    series: [{ labels: { warehouse: "fra" }, values: "9x3" }],
  });
});

function provedText(text: string) {
  const [expr = "", held = "0"] = text.split(" for ");
  const rules = `{alert: X, expr: '${expr}', for: ${held}}, {record: "five:most", expr: "clamp_max(x, 5)"}`;
  const { groups } = readRuleFile(`groups: [{name: a, rules: [${rules}]}]`, undefined);
  const rule = groups[0]?.rules[0] as AlertingRule;
  return prove({ rule, groups, services: [catalog], intervalOf: () => 60_000 });
}

it.each([
  ["matchers that exclude each other", 'x{a="b", a!="b"} < 1', /no value of the label "a" fits a="b" and a!="b"/],
  ["a threshold out of reach", "clamp_max(x, 5) > 10", /clamp_max\(x, 5\) is 5 at most, and never > 10/],
  ["a threshold out of reach of what is recorded", "five:most > 10", /five:most is 5 at most, and never > 10/],
  [
    "a share of more than everything",
    'sum by (a) (rate(x{code="500"}[5m])) / sum by (a) (rate(x[5m])) > 1.5',
    /is between 0 and 1, and never > 1\.5/,
  ],
  ["a share of less than nothing", '1 - sum(rate(x{code="500"}[5m])) / sum(rate(x[5m])) < 0', /never < 0/],
  ["a rate that falls", "rate(x[5m]) < 0", /rate\(x\[5m\]\) is 0 at least, and never < 0/],
  ["up, which is 0 or 1", "up == 2", /up is between 0 and 1, and never == 2/],
  ["hours that no day has", "x and on () hour() > 23", /hour\(\) is between 0 and 23/],
  [
    "two numbers that never meet",
    "clamp_max(x, 1) > clamp_min(y, 2)",
    /never > clamp_min\(y, 2\), which is 2 at least/,
  ],
  ["something that is always there", "absent(vector(1))", /vector\(1\) is always there/],
  ["what takes itself away", "x unless x", /takes away all that it is given/],
])("knows that there can be none for %s", (_, text, reason) => {
  expect(provedText(text)).toMatchObject({ certain: true, reason: expect.stringMatching(reason) });
});

it.each([
  [
    "labels that no series has",
    'catalog_inventory_items{warehouse="mars"} < 1',
    /has the label warehouse with fra, iad only/,
  ],
  [
    "labels that never match",
    "sum by (sku) (catalog_inventory_items) and sum by (page) (catalog_clicks_total)",
    /their labels never match/,
  ],
  [
    "a condition that does not last",
    "catalog_inventory_items and on () (vector(time()) % 120 < 60) for 5m",
    /never holds for longer than/,
  ],
])("says what was tried where it found none, for %s", (_, text, reason) => {
  expect(provedText(text)).toMatchObject({ certain: false, reason: expect.stringMatching(reason) });
});

it.each([
  ["one of two sides that can", 'x{a="b", a="c"} > 0 or y > 3'],
  ["a quantile beyond the usual buckets", "histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m]))) > 60"],
  ["a share of just everything", 'sum(rate(x{code="500"}[5m])) / sum(rate(x[5m])) >= 1'],
  ["a difference of shares", 'sum(rate(x{code="500"}[5m])) / sum(rate(x{a="b"}[5m])) > 1.5'],
  ["what a number stands before", "5 < x"],
  ["a comparison that gives numbers", "up > bool 2"],
])("does not take the possible for impossible: %s", (_, text) => {
  expect(provedText(text)).not.toHaveProperty("reason");
});

it("finds series for every alert of the shop", () => {
  const { workspace } = scenario(shop, { environment: "production" });
  const rules = workspace.groups.flatMap(({ rules }) => rules.filter((rule) => rule.kind === "alerting"));
  const { groups, plan } = workspace;
  const results = rules.map((rule) =>
    prove({ rule, groups, services: plan.services, intervalOf: ({ intervalMs }) => intervalMs ?? 30_000 }),
  );
  expect(results.filter((result) => "reason" in result)).toEqual([]);
  expect(results.length).toBeGreaterThan(20);
});

it.each(["5..", "a|b", "(?:x|y)+z", "[^a]b", "[a-c]{2}", "\\d+\\.\\d", "prod-.*", "^a$"])(
  "has a text for /%s/",
  (pattern) => {
    expect(sampleOf(pattern)).toMatch(new RegExp(`^(?:${pattern})$`));
  },
);
