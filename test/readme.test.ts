import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { COMMANDS } from "../src/cli/commands.ts";
import { buildTexts, inShort } from "./helpers/workspace.ts";

const readme = readFileSync("README.md", "utf8");
const blocks = [...readme.matchAll(/^```(\w+)(?: ([\w-]+))?\n([\s\S]*?)^```$/gm)].map(
  ([, language, note, text = ""]) => ({
    language,
    note,
    text,
  }),
);
const monitors = blocks.flatMap(({ language, note, text }) => {
  const file = /^\/\/ ((?:monitors|test)\/\S+\.ts)\n/.exec(text)?.[1];
  return language === "ts" && note !== "no-check" ? [{ file, text }] : [];
});

describe("the README", () => {
  it("names the file of every block of TypeScript", () => {
    expect(monitors.filter(({ file }) => file === undefined)).toEqual([]);
  });

  it("shows monitors that build, all of them together", async () => {
    const { diagnostics, files } = await buildTexts(
      Object.fromEntries(monitors.map(({ file, text }) => [file ?? "", text])),
    );
    expect(diagnostics.map(inShort)).toEqual([]);
    expect(files.length).toBeGreaterThan(10);
  });

  it("shows tests that pass", { timeout: 120_000 }, () => {
    // Within the repository, so that vitest and the package are found as a user's would be.
    const root = mkdtempSync(resolve("test/.readme-"));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    for (const { file = "", text } of monitors) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
    const args = [vitest, "run", "--root", root, "--config", resolve("vitest.config.ts")];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      encoding: "utf8",
      env: { ...process.env, VITEST: "" },
    });
    expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: expect.stringContaining("4 passed") });
  });

  it("shows the rule that the tour's alert becomes", async () => {
    const shown =
      blocks.find(({ language, text }) => language === "yaml" && text.includes("alert: InventoryLow"))?.text ?? "";
    const tour = monitors.filter(({ file }) => file === "monitors/teams.ts" || file === "monitors/catalog.ts");
    const { file } = await buildTexts(Object.fromEntries(tour.map(({ file: path, text }) => [path ?? "", text])));
    const indented = shown
      .trimEnd()
      .split("\n")
      .map((line) => `      ${line}`);
    expect(file("prometheus/rules/catalog.yml")).toContain(indented.join("\n"));
  });

  it("lists every command", () => {
    for (const command of Object.keys(COMMANDS)) expect(readme).toContain(`tocsin ${command}`);
  });

  it("names scripts that exist", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
    for (const [, script] of readme.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(script);
  });
});
