import { describe, expect, it } from "vitest";
import { analyze } from "../../src/promql/analyze.ts";
import type { LabelFlowOptions } from "../../src/promql/type/flow/catalog.ts";
import { labelFact } from "../../src/promql/type/flow/facts.ts";
import { labelFlow } from "../../src/promql/type/label-flow.ts";

function flow(text: string, options: LabelFlowOptions = {}) {
  const { expr, errors } = analyze(text, options);
  if (expr === undefined || errors.length > 0) throw new Error(`${text}: ${errors[0]?.message}`);
  return labelFlow(expr, options);
}

/** A label's status, with its values where they are known: `has a|b`. */
function status(text: string, label: string, options: LabelFlowOptions = {}): string {
  const { status: known, values } = labelFact(flow(text, options).labels, label);
  return values === undefined ? known : `${known} ${values.join("|")}`;
}

describe("labels", () => {
  it.each([
    ["x", "__name__", "has x"],
    ["x", "sku", "may"],
    ['x{sku="mug"}', "sku", "has mug"],
    ['x{sku=""}', "sku", "cannot"],
    ['x{sku!=""}', "sku", "has"],
    ['x{sku=~".+"}', "sku", "has"],
    ['x{sku=~"mug|cup"}', "sku", "has mug|cup"],
    ['x{sku=~"mug|"}', "sku", "may mug"],
    ['x{sku=~"mug|cup", sku!="cup"}', "sku", "has mug"],
    ['x{sku!~"mug"}', "sku", "may"],
    ["rate(x[5m])", "__name__", "cannot"],
    ["last_over_time(x[5m])", "__name__", "has x"],
    ["-x", "__name__", "cannot"],
    ["x > 1", "__name__", "has x"],
    ["x > bool 1", "__name__", "cannot"],
    ["x + 1", "__name__", "cannot"],
    ["sum by (sku) (x)", "sku", "may"],
    ["sum by (sku) (x)", "warehouse", "cannot"],
    ["sum by (__name__) (x)", "__name__", "has x"],
    ["sum without (sku) (x)", "sku", "cannot"],
    ["sum without (sku) (x)", "warehouse", "may"],
    ["sum without (sku) (x)", "__name__", "cannot"],
    ["topk by (sku) (1, x)", "warehouse", "may"],
    ['count_values("stock", x)', "stock", "has"],
    ["histogram_quantile(0.9, x)", "le", "cannot"],
    ['absent(x{sku="mug", page=~"a"})', "sku", "has mug"],
    ['absent(x{sku="mug", page=~"a"})', "page", "cannot"],
    ['absent(x{sku="mug", sku="cup"})', "sku", "cannot"],
    ["absent(sum(x))", "sku", "cannot"],
    ["vector(1)", "sku", "cannot"],
    ['label_replace(x, "tier", "gold", "", "")', "tier", "has gold"],
    ['label_replace(x, "tier", "gold", "sku", "mug.*")', "tier", "may"],
    ['label_replace(x{sku="mug"}, "tier", "gold", "sku", "mug.*")', "tier", "has gold"],
    ['label_replace(x{sku="mug"}, "copy", "$1", "sku", "(.*)")', "copy", "has mug"],
    ['label_replace(x, "sku", "", "", "")', "sku", "cannot"],
    ['label_join(x{a="1", b="2"}, "ab", "-", "a", "b")', "ab", "has 1-2"],
    ['label_join(x, "ab", "-", "a", "b")', "ab", "has"],
    ['label_join(x, "ab", "", "a", "b")', "ab", "may"],
    ['x + on (sku) y{sku="mug"}', "sku", "has mug"],
    ['x{a="1"} + on (sku) y', "a", "cannot"],
    ["x + ignoring (a) y", "a", "cannot"],
    ['x * on (sku) group_left (team) y{team="shop"}', "team", "has shop"],
    ["x * on (sku) group_left (team) sum by (sku) (y)", "team", "cannot"],
    ["x * on (sku) group_left y", "warehouse", "may"],
    ["sum by (a) (x) * on (sku) group_right y", "b", "may"],
    ['x{a="1"} and on () y{b="1"}', "b", "may"],
    ['x and y{b="1"}', "b", "has 1"],
    ['x{a="1"} or y{a="2"}', "a", "has 1|2"],
    ['x{a="1"} or y', "a", "may"],
    ["sum(x) or vector(0)", "a", "cannot"],
    ['x{a="1"} + on (sku) fill (0) y', "a", "cannot"],
    ['info(x, {team=~".+"})', "team", "has"],
  ])("of %s: %s %s", (text, label, known) => {
    expect(status(text, label)).toBe(known);
  });

  it("come with the reason, and the place of what decided", () => {
    const text = 'sum by (sku) (x{warehouse="fra"}) * 100';
    const { reason, span } = labelFact(flow(text).labels, "warehouse");
    expect(reason).toBe("sum by (sku) drops it");
    expect(text.slice(span.start, span.end)).toBe('sum by (sku) (x{warehouse="fra"})');
  });

  it("are known better where metrics are", () => {
    const catalog = (name: string) =>
      name === "catalog_inventory_items"
        ? { labels: { sku: {}, warehouse: { values: ["fra", "iad"] }, zone: { optional: true } }, unit: "items" }
        : undefined;
    const inventory = (rest: string) =>
      status(`sum by (sku, warehouse, zone, page) (catalog_inventory_items${rest})`, "warehouse", { catalog });
    expect(inventory("")).toBe("has fra|iad");
    expect(status("catalog_inventory_items", "zone", { catalog })).toBe("may");
    expect(status("catalog_inventory_items", "page", { catalog })).toBe("cannot");
    expect(flow('catalog_inventory_items{warehouse="ams"}', { catalog }).returns.when).toBe("never");
    expect(flow('catalog_inventory_items{page="home"}', { catalog }).returns.when).toBe("never");
    expect(flow("catalog_inventory_items", { catalog }).value).toMatchObject({ unit: "items", known: "catalog" });
  });
});

describe("results", () => {
  it.each([
    ["x", "sometimes"],
    ["vector(1)", "always"],
    ["time()", "always"],
    ["hour() > 8", "sometimes"],
    ["absent(vector(1))", "never"],
    ["absent(vector(1) > 2)", "always"],
    ["sum(x) or vector(0)", "always"],
    ["vector(1) + vector(1)", "always"],
    ["abs(vector(1))", "always"],
    ["sum(vector(1))", "always"],
    ["topk(3, vector(1))", "always"],
    ["x or y", "sometimes"],
    ["vector(2) > 1", "always"],
    ["vector(1) > bool 2", "always"],
    ["x unless vector(1)", "sometimes"],
  ])("of %s come %s", (text, when) => {
    expect(flow(text).returns.when).toBe(when);
  });

  it.each([
    ['x{a="1", a="2"}', 'a="1" and a="2" contradict each other'],
    ['x{a="1", a=~"2.*"}', 'a="1" and a=~"2.*" contradict each other'],
    ['x{a="", a!=""}', 'a="" and a!="" contradict each other'],
    ["vector(1) > 2", '">" can never hold: the left side is 1, the right side 2'],
    ["count(x) == 0", '"==" can never hold: the left side is at least 1, the right side 0'],
    ["sum(x == 0) > 0", '">" can never hold: the left side is 0, the right side 0'],
    ["hour() > 23", '">" can never hold: the left side is between 0 and 23, the right side 23'],
    ["absent(x) > 1", '">" can never hold: the left side is 1, the right side 1'],
    ["(x > 5) < 3", /can never hold/],
    ["x > 5 and x < 3", 'the two sides of "and" ask the same series for values that exclude each other'],
    ['x{state="a"} + x{state="b"}', 'no series match: "state" is "a" on one side and "b" on the other'],
    [
      'x{le="1"} / sum by (job) (y)',
      /no series match: one side always has "le".*the other never does \(sum by \(job\) drops it\)/,
    ],
    ['x{le="1"} and on (le) sum by (job) (y)', /no series match/],
    ["x unless on () vector(1)", /"unless" leaves nothing/],
    ["topk(0, x)", "topk(0, …) chooses nothing"],
    ["clamp(x, 2, 1)", /returns nothing/],
    ['sum(x{a="1", a="2"})', /contradict/],
  ])("of %s never come", (text, reason) => {
    const { returns } = flow(text);
    expect(returns.when).toBe("never");
    expect(returns.reason).toEqual(typeof reason === "string" ? reason : expect.stringMatching(reason));
  });

  it.each([
    'x{a=~"1|2", a=~"2|3"}',
    "x >= 5 and x <= 5",
    'x{state="a"} + ignoring (state) x{state="b"}',
    'x{le="1"} / on (job) sum by (job) (y)',
    "x == 0 or x > 5",
    "sum(x > 0) > 0",
    "count(x) >= 1",
    'x{a="1"} + fill (0) y{a="2"}',
    "rate(x[5m]) < 0",
    "minute() == 59",
    "-abs(x) < 0",
  ])("of %s may come, and nothing else is said", (text) => {
    expect(flow(text).returns.when).toBe("sometimes");
  });

  it("of a dashboard's query are not judged by the variables in it", () => {
    expect(flow('x{job="shop", job=~"$job"}', { variables: true }).returns.when).toBe("sometimes");
    expect(flow('$metric{a="1"}', { variables: true }).labels.named.get("__name__")?.values).toBeUndefined();
  });
});

describe("values", () => {
  it.each([
    ["catalog_clicks_total", "counter", undefined],
    ["rate(catalog_clicks_total[5m])", "rate", undefined],
    ["rate(checkout_sent_bytes_total[5m])", "rate", "bytes"],
    ["increase(checkout_cpu_seconds_total[5m])", "gauge", "seconds"],
    ["rate(checkout_latency_seconds_sum[5m]) / rate(checkout_latency_seconds_count[5m])", "gauge", "seconds"],
    ["sum(rate(a_total[5m])) / sum(rate(b_total[5m]))", "ratio", undefined],
    ["100 * sum(rate(a_total[5m])) / sum(rate(b_total[5m]))", "ratio", undefined],
    ["histogram_quantile(0.9, sum by (le) (rate(checkout_latency_seconds_bucket[5m])))", "gauge", "seconds"],
    ["time() - build_timestamp_seconds", "gauge", "seconds"],
    ["count(x)", "count", undefined],
    ["x > bool 1", "boolean", undefined],
    ["memory_used_bytes", "gauge", "bytes"],
    ["memory_used_bytes * 8", "gauge", undefined],
    ["a_seconds + b_bytes", "unknown", undefined],
    ["x", "unknown", undefined],
  ])("of %s are a %s in %s", (text, meaning, unit) => {
    expect(flow(text).value).toMatchObject({ meaning, unit });
  });
});
