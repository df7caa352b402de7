/** The program itself, as a process. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { temporaryFolder, writeFiles } from "./world.ts";

// Machines that test are often busy.
vi.setConfig({ testTimeout: 60_000 });

let main: string;

beforeAll(async () => {
  const home = temporaryFolder();
  await build({
    entryPoints: { "cli/main": resolve("src/cli/main.ts"), index: resolve("src/index.ts") },
    outdir: join(home, "dist"),
    bundle: true,
    splitting: true,
    chunkNames: "cli/[name]-[hash]",
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
  });
  for (const name of ["package.json", "templates", "node_modules"]) symlinkSync(resolve(name), join(home, name));
  main = join(home, "dist/cli/main.js");
});

function start(cwd: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [main, ...args], { cwd, env: { PATH: process.env.PATH } });
}

async function tocsin(cwd: string, ...args: string[]) {
  const child = start(cwd, args);
  let [out, err] = ["", ""];
  child.stdout?.on("data", (text) => (out += text));
  child.stderr?.on("data", (text) => (err += text));
  const [code] = await once(child, "close");
  return { code, out, err };
}

const SHOP = {
  "monitors/shop.ts": `import { alert, gauge, pagerduty, service, team } from "tocsin";
    const owner = team("storefront", { page: pagerduty("primary", { routingKeyFile: "/secrets/key" }) });
    export const shop = service("shop", {
      owner, runbooks: "https://runbooks.example", metrics: { stock: gauge("stock", { help: "Items." }) },
      scrape: { targets: ["shop:80"] },
    });
    export const low = alert("Low", { service: shop, when: shop.metrics.stock.below(10), severity: "page", summary: "low" });
    setInterval(() => {}, 1000);`,
};

describe("the program", () => {
  it("explains itself", async () => {
    expect(await tocsin(temporaryFolder(), "--help")).toMatchObject({ code: 0, err: "" });
  });

  it("exits with 2 on wrong use, with 1 on problems, and with 0 when it has built", async () => {
    const root = temporaryFolder();
    expect(await tocsin(root, "biuld")).toMatchObject({ code: 2, out: "" });
    expect(await tocsin(root, "build")).toMatchObject({ code: 1, out: "" });
    // A timer that a monitors file leaves running keeps nothing from ending.
    writeFiles(root, SHOP);
    expect(await tocsin(root, "build")).toMatchObject({ code: 0, err: "" });
    expect(readFileSync(join(root, "out/prometheus/rules/shop.yml"), "utf8")).toContain("alert: Low");
  });

  it("loads the compiler only when it compiles, and TypeScript's parser only when it reports", () => {
    const loaded = (file: string): string => {
      const text = readFileSync(file, "utf8");
      const inner = [...text.matchAll(/^(?:import|export) .*?from "(\.[^"]+)";$/gms)].map(([, path = ""]) => path);
      return [text, ...inner.map((path) => loaded(join(file, "..", path)))].join("\n");
    };
    const upFront = [...loaded(main).matchAll(/^import .*?from "([^".][^"]*)";$/gms)].map(([, name]) => name);
    expect(upFront.filter((name) => !name?.startsWith("node:"))).toEqual([]);
  });

  it("bears a reader that has seen enough", async () => {
    const child = start(temporaryFolder(), ["--help"]);
    child.stdout?.destroy();
    const [code] = await once(child, "close");
    expect(code).toBe(0);
  });

  it.each([["SIGINT"], ["SIGTERM"]] as const)(
    "ends watching in good order on %s",
    async (signal) => {
      const root = temporaryFolder(SHOP);
      const child = start(root, ["build", "--watch"]);
      let out = "";
      child.stdout?.on("data", (text) => {
        out += text;
        if (/files? written/.test(out)) child.kill(signal);
      });
      const [code] = await once(child, "close");
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(/^\d\d:\d\d:\d\d out\/: \d+ files, \d+ files written in .*\n$/),
      ]);
    },
    20_000,
  );
});
