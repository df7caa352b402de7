import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { by, dashboard, panel, promql } from "tocsin";
import { describe, expect, it } from "vitest";
import type { Knowledge } from "../../../src/check/dashboard-check.ts";
import { checkDashboard, DASHBOARD_CHECKS, sentenceOf } from "../../../src/check/dashboard-checks.ts";
import { EXAMPLES, RIGHT } from "../../../src/check/dashboard-examples.ts";
import { knowledgeOf } from "../../../src/check/own-dashboards.ts";
import { compile, plan } from "../../../src/emit/compile.ts";
import { readDashboard } from "../../../src/import/grafana/read-dashboard.ts";
import type { PlannedDashboard } from "../../../src/plan/dashboard/planned.ts";
import { alerts, catalog, inventory, stock, storefront } from "../../plan/dashboard/shop.ts";

const labels = { job: {}, instance: {}, sku: {} };
const SHOP: Knowledge = {
  catalog: (name) => {
    if (name === "catalog_inventory_items") return { type: "gauge", labels };
    if (name === "catalog_search_seconds") return { type: "gauge", unit: "seconds", labels };
    return name === "clicks_total" ? { type: "counter", labels } : undefined;
  },
  series: new Set(["catalog_inventory_items", "catalog_search_seconds", "clicks_total"]),
  cardinalities: (name) => (name === "catalog_inventory_items" ? { job: 1, instance: 2, sku: 2000 } : undefined),
};

const read = (json: unknown): PlannedDashboard => {
  const dashboard = readDashboard(json);
  if (dashboard === undefined) throw new Error("no dashboard");
  return dashboard;
};

/** What is found, by the name of the check. */
function found(json: unknown): readonly (readonly [check: string, sentence: string])[] {
  const dashboard = read(json);
  return checkDashboard(dashboard, SHOP).map((one) => [one.check.code.split("/")[1] ?? "", sentenceOf(dashboard, one)]);
}

it("has each check in a file of its own, with an example of it", () => {
  const files = readdirSync("src/check/dashboard").map((file) => file.replace(/\.ts$/, ""));
  const names = DASHBOARD_CHECKS.map(({ code }) => code.replace("dashboard/", ""));
  expect(names).toEqual(files.sort());
  expect(Object.keys(EXAMPLES).sort()).toEqual(files);
});

it("finds nothing wrong with a dashboard that is right", () => {
  expect(found(RIGHT)).toEqual([]);
});

describe.each(Object.entries(EXAMPLES))("%s", (name, { wrong, right, says }) => {
  it("says what is wrong", () => {
    const sentences = found(wrong)
      .filter(([check]) => check === name)
      .map(([, sentence]) => sentence);
    expect(sentences.join("\n")).toMatch(says);
  });

  it("lets what is right be", () => {
    expect(found(right).filter(([check]) => check === name)).toEqual([]);
  });
});

it("asks for no job of what has none: recorded series and alerts", () => {
  const shop = dashboard("Shop", { owner: storefront, rows: { R: [panel("Stock", stock.bottomk(10))] } });
  const exports = { storefront, catalog, stock, ...alerts, shop };
  expect(compile([{ file: "shop.ts", exports }], { root: "." }).diagnostics).toEqual([]);
});

it("points at the panel that reads what nothing provides", () => {
  const shop = dashboard("Shop", {
    owner: storefront,
    rows: { R: [panel("Stock", stock.bottomk(5)), panel("Ghost", promql`sum(catalog_ghosts)`)] },
  });
  const { diagnostics } = compile([{ file: "shop.ts", exports: { storefront, catalog, stock, shop } }], { root: "." });
  expect(diagnostics).toMatchObject([
    {
      code: "dashboard/unknown-series",
      severity: "warning",
      message: 'dashboard "Shop": panel "Ghost" reads catalog_ghosts, which nothing provides.',
      at: { path: [1, "rows", "R", 1] },
    },
  ]);
});

it("warns of a panel that draws too many series, and of one in the wrong unit", () => {
  const shop = dashboard("Shop", {
    owner: storefront,
    rows: { R: [panel("Stock", inventory.sum(by("sku"))), panel("Old", inventory.sum(), { unit: "parsec" })] },
  });
  const { diagnostics } = compile([{ file: "shop.ts", exports: { storefront, catalog, stock, shop } }], { root: "." });
  expect(diagnostics.map(({ code }) => code).sort()).toEqual(["dashboard/expensive-query", "dashboard/panel-units"]);
});

it("refuses two dashboards with the same address", () => {
  const rows = { R: [panel("Stock", inventory.sum())] };
  const two = {
    a: dashboard("Shop!", { owner: storefront, rows }),
    b: dashboard("Shop?", { owner: storefront, rows }),
  };
  const { diagnostics } = compile([{ file: "shop.ts", exports: { storefront, catalog, ...two } }], { root: "." });
  expect(diagnostics.map(({ code }) => code)).toEqual(["dashboard/same-address"]);
});

it("finds nothing wrong with what is made without asking", () => {
  const { workspace, plans } = plan([{ file: "shop.ts", exports: { storefront, catalog, stock, ...alerts } }]);
  for (const one of plans) {
    expect(one.dashboards.length).toBe(3);
    for (const dashboard of one.dashboards) {
      const problems = checkDashboard(dashboard, knowledgeOf(workspace, one));
      expect(problems.map((each) => sentenceOf(dashboard, each))).toEqual([]);
    }
  }
});

const corpora = process.env.TOCSIN_CORPORA ?? "../shared/corpora";
const present = existsSync(`${corpora}/dashboards`);
describe.skipIf(!present)(present ? "real dashboards" : `real dashboards (no corpora at ${corpora})`, () => {
  it("are checked whatever is in them", () => {
    const files = readdirSync(`${corpora}/dashboards`, { recursive: true, encoding: "utf8" });
    let count = 0;
    for (const file of files.filter((name) => name.endsWith(".json")))
      count += checkDashboard(read(JSON.parse(readFileSync(join(corpora, "dashboards", file), "utf8")))).length;
    expect(count).toBeGreaterThan(1000);
  });
});
