import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/alertmanager/config/config.ts";
import { buildGraph, type EmittedAlert } from "../../src/alertmanager/lint/graph.ts";
import { lintRoutes } from "../../src/alertmanager/lint/lint.ts";
import { pageText } from "../../src/cli/explain.ts";
import { run } from "../../src/cli/run.ts";
import type { Example } from "../../src/explain/page.ts";
import { PAGES } from "../../src/explain/pages.ts";
import { readRuleFile } from "../../src/rule/file/rule-file.ts";
import { worldIn } from "../cli/world.ts";
import { buildTexts, SHOP } from "../helpers/workspace.ts";

const AREAS = [...new Set(Object.keys(PAGES).map((code) => code.slice(0, code.indexOf("/"))))].join("|");

/** All codes that the source names. */
function reported(): readonly string[] {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.startsWith("explain"))
    .map((file) => readFileSync(join("src", file), "utf8").replace(/(?:from|import\() ?"[^"]+"/g, ""));
  const code = new RegExp(`"((?:${AREAS})/[a-z-]+)"`, "g");
  return [...new Set(files.flatMap((text) => [...text.matchAll(code)].map(([, name = ""]) => name)))].sort();
}

const ALERTS: readonly EmittedAlert[] = [
  { name: "SoldOut", labels: { severity: "page" }, varying: { sku: 200, team: ["storefront", "checkout"] } },
  {
    name: "InventoryLow",
    labels: { severity: "ticket", team: "storefront" },
    varying: { sku: 2000, warehouse: ["fra", "iad"] },
  },
];

const MORE = `import { deadMansSwitch, route } from "tocsin";\n`;

/** The codes of what is found in an example. */
const FIND: Readonly<Record<Exclude<Example["in"], "dashboard">, (text: string) => Promise<readonly string[]>>> = {
  async monitors(text) {
    const { diagnostics } = await buildTexts(MORE + SHOP + text);
    return diagnostics.map(({ code }) => code);
  },
  async "alertmanager.yml"(text) {
    const { config, reading, diagnostics } = readConfig(text);
    const lints =
      config === undefined ? [] : lintRoutes(buildGraph(config, reading, { emitted: ALERTS, now: Date.UTC(2026, 0) }));
    return [...diagnostics, ...lints].map(({ code }) => code);
  },
  async "rules.yml"(text) {
    return readRuleFile(text, "rules.yml").diagnostics.map(({ code }) => code);
  },
};

it("has a page for every code that is reported, and none for another", () => {
  expect(Object.keys(PAGES).sort()).toEqual(reported());
});

describe.each(Object.entries(PAGES))("%s", (code, page) => {
  const { about, remedy, wrong, right } = page;

  it("says in sentences what it means and what to do", () => {
    expect(about).toMatch(/^[A-Z].*[.…]$/s);
    expect(remedy).toMatch(/^[A-Z].*[.…]$/s);
    expect(pageText(code, page)).toContain(remedy);
  });

  // Dashboards have tests of their own, with the same examples.
  if (wrong === undefined || right === undefined || wrong.in === "dashboard") return;
  const find = FIND[wrong.in];

  it("shows something that is wrong, and the same done right", async () => {
    expect(await find(wrong.text)).toContain(code);
    expect(await find(right.text)).not.toContain(code);
  });
});

it("lists all, and says which code was meant", async () => {
  const world = worldIn(".");
  expect(await run(["explain"], world)).toBe(0);
  expect(world.out()).toMatch(/^ {2}alert\/never-fires +The condition of an alert can give no result/m);
  expect(await run(["explain", "alert/never-fire"], world)).toBe(2);
  expect(world.err()).toContain('Did you mean "alert/never-fires"?');
});
