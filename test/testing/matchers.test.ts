import { alert, by, gauge, promql, record, service, team, upTo, webhook } from "tocsin";
import { type Instant, type Period, type Scenario, scenario } from "tocsin/testing";
import { describe, expect, it } from "vitest";

const storefront = team("storefront", { page: webhook("desk", { url: "http://desk.example/" }) });
const inventory = gauge("catalog_inventory_items", { help: "Items in stock.", labels: { sku: upTo(9) } });
const catalog = service("catalog", { owner: storefront, metrics: { inventory }, rules: { interval: "1m" } });
const stock = record("sku:catalog_inventory_items:sum", { service: catalog, expr: inventory.sum(by("sku")) });
const low = alert("Low", {
  service: catalog,
  when: stock.below(10),
  for: "2m",
  severity: "page",
  summary: ({ sku }, left) => `Only ${left} of ${sku} left`,
});
const unknown = alert("Unknown", {
  service: catalog,
  when: promql`vector(1) > 0`.labels().condition(),
  severity: "page",
  summary: "Nobody exports this",
});

const start = scenario({ catalog, stock, low });
const emptying = start.given(inventory, { sku: "mug" }, "20 20 9 8 7x10");

/** The message of an assertion that fails. */
function failure(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it holds");
}

describe("what holds", () => {
  it("matches labels in part, by pattern and exactly", () => {
    const later = emptying.at("5m");
    expect(later).toFire(low);
    expect(later).toFire(low, { sku: "mug" });
    expect(later).toFire(low, { sku: /^m/ });
    expect(later).not.toFire(low, { sku: "shirt" });
    const all = { sku: "mug", severity: "page", team: "storefront", service: "catalog" };
    expect(later).toFire(low, all, { exactly: true, annotations: { summary: "Only 7 of mug left" } });
    expect(later).not.toFire(low, { sku: "mug" }, { exactly: true });
  });

  it("knows spans of time", () => {
    expect(emptying.at("3m")).toBePending(low);
    expect(emptying).toFireWithin(low, "4m");
    expect(emptying).not.toFireWithin(low, "3m");
    expect(emptying.during("0", "3m")).toStayQuiet(low);
    expect(emptying.during("0", "10m")).toFireTimes(low, 1);
    expect(emptying.at("4m")).toRecord(stock, { sku: "mug" }, 7);
  });

  it("is told again after it ended", () => {
    const twice = start.given(inventory, { sku: "mug" }, "9x5 20 9x5");
    expect(twice.during("0", "12m")).toFireTimes(low, 2);
    expect(twice.during("3m", "4m")).toFireTimes(low, 1);
  });
});

describe("what fails", () => {
  it.each<[string, () => void]>([
    ["waits", () => expect(emptying.at("3m")).toFire(low, { sku: "mug" })],
    ["has another text", () => expect(emptying.at("5m")).toFire(low, {}, { annotations: { summary: /none left/ } })],
    ["stays above", () => expect(start.given(inventory, { sku: "mug" }, "20x10").at("5m")).toFire(low)],
    ["has no series", () => expect(start.at("5m")).toFire(low)],
    ["should stay quiet", () => expect(emptying.during("0", "9m")).toStayQuiet(low)],
    ["fires once", () => expect(emptying.during("0", "9m")).toFireTimes(low, 3)],
    ["records otherwise", () => expect(emptying.at("4m")).toRecord(stock, { sku: "mug" }, 1)],
  ])("says why: %s", (_, assertion) => {
    expect(failure(assertion)).toMatchSnapshot();
  });

  it("points at the line of the test", () => {
    let stack = "";
    try {
      expect(emptying.at("3m")).toFire(low);
    } catch (error) {
      stack = (error as Error).stack ?? "";
    }
    const [own] = stack.split("\n").filter((line) => /^\s*at /.test(line) && !line.includes("node_modules"));
    expect(own).toContain("matchers.test.ts");
  });

  it("says which rule is none of the scenario's", () => {
    expect(failure(() => expect(start.at("1m")).toFire(unknown))).toBe(
      "Unknown is not among the rules of this scenario: is it exported by what scenario() was given?",
    );
  });

  it.each<[string, () => unknown, RegExp]>([
    ["a time that is none", () => emptying.at("5 minutes" as "5m"), /"5 minutes" is no duration/],
    [
      "samples that are none",
      () => start.given(inventory, { sku: "mug" }, "1 x").at("1m").firing(),
      /are no samples: 1:4/,
    ],
    ["a period that ends before it begins", () => emptying.during("5m", "1m"), /the end lies before the beginning/],
    [
      "an environment that is not there",
      () => scenario({ catalog, low }, { environment: "moon" }),
      /no environment "moon"/,
    ],
    [
      "an instant where a scenario is asked",
      () => expect(emptying.at("5m")).toFireWithin(low, "5m"),
      /toFireWithin asks a scenario/,
    ],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(message);
  });
});

it("is checked by the compiler", () => {
  const check = (instant: Instant, period: Period, all: Scenario) => {
    // @ts-expect-error: the alert has no such label.
    expect(instant).toFire(low, { warehouse: "fra" });
    // @ts-expect-error: the metric has no such label.
    all.given(inventory, { sku: "mug", warehouse: "fra" }, "1");
    // @ts-expect-error: a label is missing.
    all.given(inventory, {}, "1");
    expect(period).toStayQuiet(low, { sku: "mug" });
  };
  expect(check).toBeTypeOf("function");
});
