import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { type BuildOptions, build } from "../../src/cli/build.ts";
import { check } from "../../src/cli/check.ts";
import { UsageError } from "../../src/cli/command.ts";
import { pages, temporaryFolder, type World, worldIn, writeFiles } from "./world.ts";

// Machines that test are often busy.
vi.setConfig({ testTimeout: 60_000 });

const FINE = { "monitors/shop.ts": 'import { page } from "tocsin";\nexport const home = page("welcome");\n' };
const BAD = { "monitors/bad.ts": 'import { page } from "tocsin";\n\nexport const bad = page("bad");\n' };

function run(world: World, options: Partial<BuildOptions> = {}) {
  return build({ check: false, watch: false, json: false, ...options }, world, async () => pages);
}

const timeless = (text: string) => text.replace(/\d+(?:\.\d+)? m?s\b/g, "N ms");

describe("a build", () => {
  it("writes out/, says so, and says nothing but that", async () => {
    const root = temporaryFolder(FINE);
    const world = worldIn(root);
    expect(await run(world)).toBe(0);
    expect(readFileSync(join(root, "out/pages/home.txt"), "utf8")).toBe("welcome");
    expect(timeless(world.out())).toBe("out/: 1 file, 2 files written in N ms\n");
    expect(world.err()).toBe("");
    const again = worldIn(root);
    expect(await run(again)).toBe(0);
    expect(timeless(again.out())).toBe("out/: 1 file, nothing changed in N ms\n");
  });

  it("shows what is wrong at its place, exits with 1, and leaves out/ as it is", async () => {
    const root = temporaryFolder(FINE);
    await run(worldIn(root));
    writeFiles(root, { ...BAD, "monitors/shop.ts": "export {};\n" });
    const world = worldIn(root);
    expect(await run(world)).toBe(1);
    expect(world.out()).toBe("");
    expect(world.err()).toMatchInlineSnapshot(`
      "monitors/bad.ts:3:25 - error page/bad: This page is bad.
        3 │ export const bad = page("bad");
          │                         ^^^^^

      Found 1 error. \`tocsin explain page/bad\` tells more.
      "
    `);
    expect(readFileSync(join(root, "out/pages/home.txt"), "utf8")).toBe("welcome");
  });

  it("says at once what does not load and what does not compile", async () => {
    const world = worldIn(temporaryFolder({ ...FINE, ...BAD, "monitors/a.ts": "export const = 1;" }));
    expect(await run(world)).toBe(1);
    expect(world.err()).toContain("source/syntax");
    expect(world.err()).toContain("page/bad");
    expect(world.err()).toContain("Found 2 errors.");
    expect(existsSync(join(world.cwd, "out"))).toBe(false);
  });

  it("prints one JSON object when asked to", async () => {
    const world = worldIn(temporaryFolder({ ...FINE, ...BAD }));
    expect(await run(world, { json: true })).toBe(1);
    expect(JSON.parse(world.out())).toEqual({
      ok: false,
      summary: { pages: 2 },
      diagnostics: [
        {
          code: "page/bad",
          severity: "error",
          message: "This page is bad.",
          place: {
            file: "monitors/bad.ts",
            start: { line: 3, column: 25, offset: 56 },
            end: { line: 3, column: 30, offset: 61 },
          },
        },
      ],
    });
    expect(world.err()).toBe("");
    rmSync(join(world.cwd, "monitors/bad.ts"));
    const fine = worldIn(world.cwd);
    expect(await run(fine, { format: "json" })).toBe(0);
    expect(JSON.parse(fine.out())).toEqual({
      ok: true,
      summary: { pages: 1 },
      written: ["pages/home.txt", ".tocsin/manifest"],
      removed: [],
      unchanged: 0,
      diagnostics: [],
    });
  });

  it("annotates the pull request in a workflow of GitHub", async () => {
    const repository = temporaryFolder();
    writeFiles(join(repository, "apps/shop"), BAD);
    const world = worldIn(join(repository, "apps/shop"), {
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: repository,
      CI: "true",
    });
    expect(await run(world)).toBe(1);
    expect(world.out()).toBe(
      "::error file=apps/shop/monitors/bad.ts,line=3,endLine=3,col=25,endColumn=30,title=tocsin page/bad::This page is bad.\n",
    );
    expect(world.err()).toContain("apps/shop/monitors/bad.ts:3:25 - error page/bad: This page is bad.");
  });

  it.each([
    ["a terminal", {}, true, true],
    ["a terminal, not wanted", { NO_COLOR: "1" }, true, false],
    ["a file", {}, false, false],
    ["a file, wanted", { FORCE_COLOR: "1" }, false, true],
    ["a terminal that has none", { TERM: "dumb" }, true, false],
  ])("has colours on %s", async (_, env, isTTY, expected) => {
    const world = worldIn(temporaryFolder(BAD), env, isTTY);
    await run(world);
    expect(world.err().includes("\u001b[31merror")).toBe(expected);
  });

  it("shows progress to someone who watches, and to no one else", async () => {
    const root = temporaryFolder(FINE);
    const watched = worldIn(root, {}, true);
    await run(watched);
    expect(watched.err()).toContain("Compiling 1 files…");
    expect(watched.err().endsWith("\r\u001b[2K")).toBe(true);
    for (const world of [worldIn(root), worldIn(root, { CI: "true" }, true)]) {
      await run(world);
      expect(world.err()).toBe("");
    }
  });

  it("takes another project, folder and environment", async () => {
    const root = temporaryFolder({ "project/monitors/shop.ts": FINE["monitors/shop.ts"] });
    const world = worldIn(root);
    expect(await run(world, { root: "project", out: "made/here", environment: "staging" })).toBe(0);
    expect(existsSync(join(root, "made/here/pages/staginghome.txt"))).toBe(true);
    expect(existsSync(join(root, "project/out"))).toBe(false);
  });

  it.each<[string, Partial<BuildOptions>]>([
    ["There is no folder", { root: "nowhere" }],
    ["holds the project", { out: "." }],
    ["holds the project", { out: ".." }],
    ["needs --out DIR", { environment: "staging" }],
    ["--watch goes with neither", { watch: true, check: true }],
    ["--watch goes with neither", { watch: true, json: true }],
  ])("is wrong use: %s", async (message, options) => {
    const world = worldIn(temporaryFolder(FINE));
    await expect(run(world, options)).rejects.toThrow(UsageError);
    await expect(run(world, options)).rejects.toThrow(message);
    expect(existsSync(join(world.cwd, "out"))).toBe(false);
  });

  it("says what keeps it from writing", async () => {
    const world = worldIn(temporaryFolder({ ...FINE, "out/pages/home.txt": "by hand" }));
    expect(await run(world)).toBe(1);
    expect(world.err()).toContain("out/foreign-file");
    expect(readFileSync(join(world.cwd, "out/pages/home.txt"), "utf8")).toBe("by hand");
  });
});

describe("build --check", () => {
  it("is fine where out/ is what a build makes, and touches nothing", async () => {
    const world = worldIn(temporaryFolder(FINE));
    await run(world);
    const before = statSync(join(world.cwd, "out")).mtimeMs;
    const checked = worldIn(world.cwd);
    expect(await run(checked, { check: true })).toBe(0);
    expect(checked.out()).toBe("out/ is what a build makes\n");
    expect(statSync(join(world.cwd, "out")).mtimeMs).toBe(before);
  });

  it("shows what differs, and exits with 1", async () => {
    const root = temporaryFolder({
      "monitors/shop.ts":
        'import { page } from "tocsin";\nexport const a = page("1\\n2\\n"), b = page("x"), c = page("\u001b[31m");\n',
    });
    await run(worldIn(root));
    writeFiles(root, {
      "monitors/shop.ts":
        'import { page } from "tocsin";\nexport const a = page("1\\nzwei\\n"), c = page("\u001b[32m"), d = page("");\n',
    });
    const world = worldIn(root);
    expect(await run(world, { check: true })).toBe(1);
    expect(world.out()).toMatchInlineSnapshot(`
      "changed out/.tocsin/manifest
        @@ -1,4 +1,4 @@
         # Files that \`tocsin build\` made. Those that it makes no longer, it removes.
         pages/a.txt
        -pages/b.txt
         pages/c.txt
        +pages/d.txt
      changed out/pages/a.txt
        @@ -1,2 +1,2 @@
         1
        -2
        +zwei
      removed out/pages/b.txt
      changed out/pages/c.txt
        @@ -1 +1 @@
        -␛[31m
        \\ No newline at end of file
        +␛[32m
        \\ No newline at end of file
      added   out/pages/d.txt
      out/ differs in 5 files. Run \`tocsin build\` and commit what it writes.
      "
    `);
    expect(readFileSync(join(root, "out/pages/a.txt"), "utf8")).toBe("1\n2\n");
    const json = worldIn(root);
    expect(await run(json, { check: true, json: true })).toBe(1);
    expect(JSON.parse(json.out())).toMatchObject({
      ok: false,
      differences: [
        { kind: "changed", path: ".tocsin/manifest" },
        { kind: "changed", path: "pages/a.txt" },
        { kind: "removed", path: "pages/b.txt" },
        { kind: "changed", path: "pages/c.txt" },
        { kind: "added", path: "pages/d.txt" },
      ],
    });
  });
});

describe("check", () => {
  it("says what is wrong and writes nothing", async () => {
    const fine = worldIn(temporaryFolder(FINE));
    expect(await check({ json: false }, fine, async () => pages)).toBe(0);
    expect(timeless(fine.out())).toBe("monitors/ is fine: 1 file to be built, in N ms\n");
    const bad = worldIn(temporaryFolder(BAD));
    expect(await check({ json: false, format: "sarif" }, bad, async () => pages)).toBe(1);
    expect(JSON.parse(bad.out()).runs[0].results).toHaveLength(1);
    for (const { cwd } of [fine, bad]) expect(existsSync(join(cwd, "out"))).toBe(false);
  });
});

describe("build --watch", () => {
  /** Waits until something has been printed. */
  async function printed(world: World, pattern: RegExp, what: "out" | "err" = "out"): Promise<void> {
    for (const end = Date.now() + 20_000; !pattern.test(world[what]()); await new Promise((go) => setTimeout(go, 20)))
      if (Date.now() > end) throw new Error(`never printed ${pattern}:\n${world.out()}\n${world.err()}`);
  }

  it("builds again on every change, survives mistakes, and ends when asked to", async () => {
    const root = temporaryFolder({ ...FINE, "lib/text.ts": 'export const text = "lib";' });
    const world = worldIn(root);
    const ended = run(world, { watch: true });
    await printed(world, /^\d\d:\d\d:\d\d out\/: 1 file, 2 files written in \d/);
    const { ino } = statSync(join(root, "out"));

    writeFiles(root, BAD);
    await printed(world, /page\/bad/, "err");
    writeFileSync(join(root, "monitors/bad.ts"), "export const bad = ;");
    await printed(world, /source\/syntax/, "err");
    expect(readFileSync(join(root, "out/pages/home.txt"), "utf8")).toBe("welcome");

    rmSync(join(root, "monitors/bad.ts"));
    writeFiles(root, {
      "monitors/shop.ts":
        'import { page } from "tocsin";\nimport { text } from "../lib/text.ts";\nexport const home = page(text);\n',
    });
    await printed(world, /1 file written/);
    expect(readFileSync(join(root, "out/pages/home.txt"), "utf8")).toBe("lib");
    writeFileSync(join(root, "lib/text.ts"), 'export const text = "changed";');
    await printed(world, /1 file written[\s\S]*1 file written/);
    expect(readFileSync(join(root, "out/pages/home.txt"), "utf8")).toBe("changed");
    // Whoever mounts the folder still has the same one.
    expect(statSync(join(root, "out")).ino).toBe(ino);

    world.stop();
    expect(await ended).toBe(0);
    chmodSync(root, 0o755);
  });
});
