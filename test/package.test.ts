import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

// What a stranger does: installs the packed package in a folder of their own. Installing takes a while.
const SLOW = 300_000;
const home = mkdtempSync(join(tmpdir(), "tocsin-package-"));
const env = { ...process.env, NO_COLOR: "1", CI: "true", VITEST: undefined, NODE_ENV: undefined };
let packed = "";

function run(folder: string, command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { cwd: folder, encoding: "utf8", env, stdio: ["ignore", "pipe", "pipe"] });
}

beforeAll(() => {
  const [{ filename }] = JSON.parse(run(resolve("."), "npm", "pack", "--json", "--pack-destination", home));
  packed = join(home, filename);
}, SLOW);

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("the package", () => {
  it("builds a monitors file in an empty folder", { timeout: SLOW }, () => {
    const folder = join(home, "stranger");
    mkdirSync(join(folder, "monitors"), { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
    run(folder, "npm", "install", "--no-audit", "--no-fund", packed);
    writeFileSync(
      join(folder, "monitors", "shop.ts"),
      `import { alert, gauge, service, team, webhook } from "tocsin";
const desk = team("desk", { page: webhook("desk", { url: "http://desk.example/" }) });
export const stock = gauge("stock_items", { help: "Items in stock." });
export const catalog = service("catalog", { owner: desk, metrics: { stock } });
export const low = alert("Low", { service: catalog, when: stock.below(10), severity: "page", summary: (_, left) => \`\${left} left\` });
`,
    );
    expect(run(folder, "npx", "tocsin", "version").trim()).toBe(
      JSON.parse(readFileSync("package.json", "utf8")).version,
    );
    run(folder, "npx", "tocsin", "build");
    expect(readFileSync(join(folder, "out/prometheus/rules/catalog.yml"), "utf8")).toContain("expr: stock_items < 10");
    const entries = `import { alert } from "tocsin"; import { parse, print } from "tocsin/promql"; console.log(typeof alert, print(parse("sum(x)by(a)").expr));`;
    expect(run(folder, process.execPath, "--input-type=module", "-e", entries)).toBe("function sum by (a) (x)\n");
    expect(existsSync(join(folder, "node_modules/vitest"))).toBe(false);
  });

  it("shares its modules with packages that monitors files import", { timeout: SLOW }, () => {
    const folder = join(home, "shared");
    mkdirSync(join(folder, "monitors"), { recursive: true });
    mkdirSync(join(folder, "node_modules/teams"), { recursive: true });
    symlinkSync(join(home, "stranger/node_modules/tocsin"), join(folder, "node_modules/tocsin"));
    writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
    const manifest = { name: "teams", type: "module", exports: "./index.js" };
    writeFileSync(join(folder, "node_modules/teams/package.json"), JSON.stringify(manifest));
    writeFileSync(
      join(folder, "node_modules/teams/index.js"),
      `import * as tocsin from "tocsin";
export { tocsin };
export const desk = tocsin.team("desk", { page: tocsin.webhook("desk", { url: "http://desk.example/" }) });
`,
    );
    writeFileSync(
      join(folder, "monitors", "shop.ts"),
      `import * as tocsin from "tocsin";
import * as teams from "teams";
if (teams.tocsin.alert !== tocsin.alert) throw new Error("there are two tocsins");
export const stock = tocsin.gauge("stock_items", { help: "Items in stock." });
export const catalog = tocsin.service("catalog", { owner: teams.desk, metrics: { stock } });
export const low = tocsin.alert("Low", { service: catalog, when: stock.below(10), severity: "page", summary: () => "few" });
`,
    );
    run(folder, join(home, "stranger/node_modules/.bin/tocsin"), "build");
    expect(readFileSync(join(folder, "out/alertmanager/alertmanager.yml"), "utf8")).toContain("http://desk.example/");
  });

  it("runs unit tests of rules from one file, of which it keeps the compiled code", { timeout: SLOW }, () => {
    const folder = join(home, "stranger");
    const rules = { groups: [{ name: "g", rules: [{ record: "double", expr: 'stock{sku=~"[a-m]ug"} * 2' }] }] };
    const sample = { labels: 'double{sku="mug"}', value: 8 };
    const test = {
      name: "doubles",
      input_series: [{ series: 'stock{sku="mug"}', values: "4" }],
      promql_expr_test: [{ expr: "double", eval_time: "0m", exp_samples: [sample] }],
    };
    writeFileSync(join(folder, "rules.yml"), JSON.stringify(rules));
    writeFileSync(join(folder, "test.yml"), JSON.stringify({ rule_files: ["rules.yml"], tests: [test] }));
    const kept = () =>
      readdirSync(join(folder, "node_modules/tocsin/dist/cli")).filter((name) => name.endsWith(".cache"));
    expect(kept()).toEqual([]);
    expect(run(folder, "npx", "tocsin", "test", "test.yml")).toBe("ok   test.yml (1 assertions)\n");
    expect(kept()).toHaveLength(1);
    const file = join(folder, "node_modules/tocsin/dist/cli", kept()[0] as string);
    const before = statSync(file).mtimeMs;
    expect(run(folder, "npx", "tocsin", "test", "test.yml")).toBe("ok   test.yml (1 assertions)\n");
    // It was of use, or it would have been written anew; what is no compiled code is not used.
    expect(statSync(file).mtimeMs).toBe(before);
    // Code that was kept can load what comes late, too: an engine of regular expressions, here.
    expect(run(folder, "npx", "tocsin", "test", "--run", "doub.*", "test.yml")).toBe("ok   test.yml (1 assertions)\n");
    writeFileSync(file, "x");
    expect(run(folder, "npx", "tocsin", "test", "test.yml")).toBe("ok   test.yml (1 assertions)\n");
    expect(statSync(file).size).toBeGreaterThan(10_000);
    expect(() => run(folder, "npx", "tocsin", "test", "--nope")).toThrow("There is no option --nope.");
  });

  it("brings the licences of the packages within that file", () => {
    const notices = run(home, "tar", "-xzOf", packed, "package/dist/cli/quick.cjs.LICENSES.txt");
    for (const name of ["yaml", "picocolors"])
      expect(notices).toContain(readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim());
  });

  it("writes a repository that builds, type-checks and passes its test", { timeout: SLOW }, () => {
    const folder = join(home, "shop");
    run(home, process.execPath, join(home, "stranger/node_modules/tocsin/dist/cli/main.js"), "init", "shop");
    const file = join(folder, "package.json");
    const manifest = JSON.parse(readFileSync(file, "utf8"));
    manifest.devDependencies.tocsin = `file:${packed}`;
    writeFileSync(file, JSON.stringify(manifest));
    run(folder, "npm", "install", "--no-audit", "--no-fund");
    run(folder, "npm", "run", "build");
    expect(existsSync(join(folder, "out/prometheus/prometheus.yml"))).toBe(true);
    run(folder, "npm", "run", "check");
    expect(run(folder, "npm", "test")).toMatch(/1 passed/);
  });
});
