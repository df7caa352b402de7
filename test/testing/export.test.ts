import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alert, by, counter, gauge, oneOf, record, ruleGroup, service, team, upTo, webhook } from "tocsin";
import { daily, outage, ramp, type Scenario, scenario, spike } from "tocsin/testing";
import { afterAll, describe, expect, it } from "vitest";
import { type Assertion, listen } from "../../src/testing/assertions.ts";
import { coverageOf } from "../../src/testing/coverage/of-scenarios.ts";
import { writeExport } from "../../src/testing/export/write.ts";
import { mutantsOf } from "../../src/testing/mutation/of-scenarios.ts";
import { runTestFile } from "../../src/testing/unit-test/run-test-file.ts";

const storefront = team("storefront", { page: webhook("desk", { url: "http://desk.example/" }) });
const inventory = gauge("catalog_inventory_items", { help: "Items in stock.", labels: { sku: upTo(9) } });
const clicks = counter("catalog_clicks_total", { help: "Clicks.", labels: { page: oneOf("home", "search") } });
const catalog = service("catalog", { owner: storefront, metrics: { inventory, clicks } });
const hourly = ruleGroup("hourly", { interval: "1h" });
const stock = record("sku:catalog_inventory_items:sum", { service: catalog, expr: inventory.sum(by("sku")) });
const total = record("page:catalog_clicks:increase1h", {
  service: catalog,
  expr: clicks.increase("1h").sum(by("page")),
  group: hourly,
});
const low = alert("Low", {
  service: catalog,
  when: stock.below(10),
  for: "2m",
  severity: "page",
  summary: ({ sku }, left) => `Only ${left} of "${sku}" left: {{ look }}`,
});
const shop = { catalog, stock, total, low };

const heard: Assertion[] = [];
listen((assertion) => heard.push(assertion));

/** What assertions hold of one scenario. */
function asserted(given: (start: Scenario) => void, options = {}): readonly Assertion[] {
  heard.length = 0;
  given(scenario(shop, options));
  return [...heard];
}

const folder = mkdtempSync(join(tmpdir(), "tocsin-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const emptying = (start: Scenario) => {
  const all = start
    .given(inventory, { sku: 'a "mug"' }, "20 20 9x100")
    .given(inventory, { sku: "shirt" }, outage(spike(50, 3, { at: "10m", for: "20m" }), { at: "40m" }))
    .given(clicks, { page: "home" }, ramp(0, 1000.5, "1h30m"));
  expect(all.at("3m")).toBePending(low, { sku: 'a "mug"' });
  expect(all.at("25m")).toFire(low, { sku: "shirt" });
  expect(all.at("1m")).not.toFire(low);
  expect(all.during("0", "1h")).toFireTimes(low, 2);
  expect(all.at("1h")).toRecord(total, { page: "home" }, (value) => value > 600);
  expect(all.at("10m")).toRecord(stock, { sku: "shirt" }, 3);
};

describe("scenarios written out for promtool", () => {
  it("hold, by our own verdict and by promtool's", () => {
    const start = { start: "2026-03-29T00:00:00Z", interval: "30s" };
    const calendar = asserted((one) => {
      const busy = one.given(inventory, { sku: "mug" }, daily(5, 20, { peak: "02:00" }));
      expect(busy.at("1h")).toStayQuiet(low);
    }, start);
    writeExport(folder, "test/shop.test.ts", [...asserted(emptying), ...calendar], ".");
    const file = join(folder, "test-shop.yml");
    const { passed, tests } = runTestFile(file, { features: [] });
    expect(tests.flatMap(({ failures }) => failures)).toEqual([]);
    expect(passed).toBe(true);
    expect(readFileSync(file, "utf8")).toMatchSnapshot();
  });

  const promtool = process.env.TOCSIN_PROMTOOL ?? "promtool";
  const version = spawnSync(promtool, ["--version"], { encoding: "utf8" }).stdout ?? "";
  it.skipIf(process.env.TOCSIN_PROMTOOL === undefined && !version.includes("version 3"))(
    "hold by promtool 3 (TOCSIN_PROMTOOL)",
    () => {
      writeExport(folder, "test/again.test.ts", asserted(emptying), ".");
      const { status, stdout, stderr } = spawnSync(promtool, ["test", "rules", "test-again.yml"], {
        cwd: folder,
        encoding: "utf8",
      });
      expect(`${status} ${stdout}${stderr}`).toContain("SUCCESS");
    },
  );
});

it("assertions say what they cover", async () => {
  const covered = await coverageOf(asserted(emptying));
  expect(covered.map(({ name, fired, quiet, asserted }) => [name, fired, quiet, asserted])).toEqual([
    ["sku:catalog_inventory_items:sum", false, false, true],
    ["page:catalog_clicks:increase1h", false, false, true],
    ["Low", true, true, false],
  ]);
  expect(covered.every(({ file, line }) => file === "test/testing/export.test.ts" && line > 15)).toBe(true);
});

it("assertions notice changes of the rules that they reach", async () => {
  const { mutants } = await mutantsOf(asserted(emptying));
  const unnoticed = mutants.filter(({ noticed }) => !noticed).map(({ rule, change }) => `${rule}: ${change}`);
  expect(mutants.length).toBeGreaterThan(8);
  expect(unnoticed).toEqual([
    "Low: < 10 becomes < 20",
    "Low: for: 2m becomes 4m",
    "page:catalog_clicks:increase1h: the window [1h] becomes [2h]",
  ]);
});
