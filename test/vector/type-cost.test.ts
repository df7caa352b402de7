import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { generateWorkspace } from "../bench/generate.ts";

const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");

/** How many types the compiler makes for a workspace of so many services: the same number on every machine. */
function instantiations(services: number): number {
  const root = mkdtempSync(join(tmpdir(), "tocsin-types-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(root, { recursive: true });
  generateWorkspace(root, services);
  writeFileSync(
    join(root, "tsconfig.json"),
    JSON.stringify({
      extends: resolve("tsconfig.json"),
      compilerOptions: { paths: { tocsin: [resolve("src/index.ts")] }, typeRoots: [resolve("node_modules/@types")] },
      include: ["monitors"],
      exclude: [],
    }),
  );
  const report = execFileSync(process.execPath, [tsc, "--noEmit", "--extendedDiagnostics", "-p", root], {
    encoding: "utf8",
  });
  return Number(/Instantiations:\s+(\d+)/.exec(report)?.[1]);
}

// A service here has three metrics, ten alerts, five recording rules and a dashboard.
it("costs the compiler the same for each service, however many there are", { timeout: 120_000 }, () => {
  const [few, more, most] = [instantiations(2), instantiations(12), instantiations(32)];
  const [first, later] = [(more - few) / 10, (most - more) / 20];
  expect(first).toBeLessThan(6_000);
  expect(later).toBeLessThan(first * 1.1);
});
