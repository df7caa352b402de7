import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.ts";
import { temporaryFolder, worldIn } from "./world.ts";

const FILES = [
  ".github/workflows/monitors.yml",
  ".gitignore",
  "README.md",
  "monitors/catalog.ts",
  "monitors/teams.ts",
  "package.json",
  "test/catalog.test.ts",
  "tsconfig.json",
];

function filesIn(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort();
}

describe("init", () => {
  it("writes a repository, and says how to go on", async () => {
    const world = worldIn(temporaryFolder());
    expect(await run(["init", "deep/shop monitors"], world)).toBe(0);
    expect(world.out()).toBe(
      "8 files written. Now:\n\n  cd 'deep/shop monitors'\n  npm install\n  npm run build\n  npm test\n",
    );
    const dir = join(world.cwd, "deep/shop monitors");
    expect(filesIn(dir)).toEqual(FILES);
    expect(readdirSync(join(world.cwd, "deep"))).toEqual(["shop monitors"]);
    for (const path of FILES) expect(readFileSync(join(dir, path), "utf8")).not.toMatch(/\{\{(?! )|\}\}(?!`)/);
    expect(JSON.parse(readFileSync(join(dir, "package.json"), "utf8"))).toMatchObject({
      name: "shop-monitors",
      scripts: { build: "tocsin build", test: "vitest run" },
      devDependencies: { tocsin: expect.stringMatching(/^\^\d/) },
    });
  });

  it.each([
    ["Ünï <b>\"q\" 'x' `code` $(rm) [a](b)\n# title", "uni-b-q-x-code-rm-a-b-title"],
    ["{{name}}", "name"],
    ["日本", "monitors"],
    ["tocsin", "monitors"],
  ])("takes %j for a name", async (name, expected) => {
    const world = worldIn(temporaryFolder());
    const dir = join(world.cwd, name.replaceAll("/", "∕"));
    expect(await run(["init", dir], world)).toBe(0);
    expect(JSON.parse(readFileSync(join(dir, "package.json"), "utf8")).name).toBe(expected);
  });

  it("leaves files of others alone where none is in the way", async () => {
    const dir = temporaryFolder({ LICENSE: "mine", ".git/config": "mine", "monitors/mine.ts": "mine" });
    const world = worldIn(dir);
    expect(await run(["init", "."], world)).toBe(0);
    expect(filesIn(dir)).toEqual([...FILES, "LICENSE", ".git/config", "monitors/mine.ts"].sort());
    expect(world.out()).not.toContain("cd ");
  });

  it("writes nothing where one is", async () => {
    const dir = temporaryFolder({ "README.md": "mine", "monitors/teams.ts": "mine" });
    const world = worldIn(dir);
    expect(await run(["init", "."], world)).toBe(1);
    expect(world.err()).toBe("Nothing is written, since these are there already:\n  README.md\n  monitors/teams.ts\n");
    expect(filesIn(dir)).toEqual(["README.md", "monitors/teams.ts"]);
  });

  it("takes back what it wrote where it cannot go on", async () => {
    const dir = temporaryFolder();
    mkdirSync(join(dir, "here"));
    writeFileSync(join(dir, "here/test"), "a file where a folder should be");
    const world = worldIn(dir);
    expect(await run(["init", "here"], world)).toBe(2);
    expect(world.err()).toMatch(/^error: Cannot write .*\nNothing was written\.\n$/);
    expect(filesIn(dir)).toEqual(["here/test"]);
    expect(existsSync(join(dir, "here/monitors"))).toBe(false);
    expect(await run(["init", "here/test"], worldIn(dir))).toBe(2);
  });
});
