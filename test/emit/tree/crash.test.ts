/** A build may die at any moment: what a reader finds is the old tree or the new one. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { compareTree, recoverTree, writeTree } from "../../../src/emit/tree/tree.ts";
import { faultyFs } from "./faulty-fs.ts";
import { asFiles, contents, put, type Texts, temporaryFolder, visible } from "./folder.ts";

const foreign: Texts = { "mine/notes.txt": "mine", README: "mine" };
const old: Texts = { "rules/a.yml": "1", "rules/b.yml": "1", "same/c.yml": "1", gone: "1", turns: "1", "back/x": "1" };
const fresh: Texts = {
  "rules/a.yml": "2",
  "rules/b.yml": "2",
  "same/c.yml": "1",
  "new/d.yml": "2",
  "turns/e": "2",
  back: "2",
};
const oldTree = { ...old, ...foreign };
const freshTree = { ...fresh, ...foreign };

async function oldFolder(): Promise<string> {
  const dir = join(temporaryFolder(), "out");
  expect((await writeTree(dir, asFiles(old))).diagnostics).toEqual([]);
  put(dir, foreign);
  return dir;
}

class Died extends Error {
  readonly code = "EDIED";
}

/** Runs a build that dies before, or right after, its change number `n`; from then on it can do nothing at all. */
async function dieAt(dir: string, n: number, after: boolean, inPlace: boolean): Promise<{ changes: number }> {
  let dead = false;
  const stop = () => {
    dead = true;
    throw new Died("killed");
  };
  const faulty = faultyFs(
    (k) => {
      if (dead || (!after && k === n)) stop();
    },
    (k) => {
      if (after && k === n) stop();
    },
  );
  await writeTree(dir, asFiles(fresh), { fs: faulty.fs, inPlace });
  return { changes: faulty.count() };
}

vi.setConfig({ testTimeout: 60_000 });

/** Runs `task` for 1, 2, 3, … several at a time, until it says that there is no such step any more. */
async function eachStep(task: (n: number) => Promise<"more" | "enough">): Promise<void> {
  for (let n = 1; ; n += 8) {
    const said = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((i) => task(n + i)));
    if (said.includes("enough")) return;
  }
}

/** What the builds of a test leave beside the folder, and in its own corner. */
function leftovers(dir: string): readonly string[] {
  return [...readdirSync(join(dir, "..")), ...readdirSync(join(dir, ".tocsin"))];
}

describe.each([[false], [true]])("a build that dies (in place: %s)", (inPlace) => {
  it.each([["before"], ["after"]])("at any step, just %s it, leaves the old tree or the new", async (when) => {
    const seen = { old: 0, fresh: 0, neither: 0 };
    await eachStep(async (n) => {
      const dir = await oldFolder();
      const { changes } = await dieAt(dir, n, when === "after", inPlace);
      const found = visible(dir);
      seen[same(found, oldTree) ? "old" : same(found, freshTree) ? "fresh" : "neither"]++;
      expect(await recoverTree(dir)).toEqual([]);
      expect([oldTree, freshTree]).toContainEqual(visible(dir));
      expect(leftovers(dir)).toEqual(["out", "manifest"]);

      expect((await writeTree(dir, asFiles(fresh), { inPlace })).diagnostics).toEqual([]);
      expect(visible(dir)).toEqual(freshTree);
      expect((await compareTree(dir, asFiles(fresh))).differences).toEqual([]);
      return n > changes ? "enough" : "more";
    });
    expect(seen.old).toBeGreaterThan(10);
    expect(seen.fresh).toBeGreaterThan(0);
    // For one instant of a swap the folder has no name; in place there is a time of changes.
    if (!inPlace) expect(seen.neither).toBeLessThanOrEqual(1);
  });

  it("while another death is being recovered from, leaves the old tree or the new as well", async () => {
    await eachStep(async (first) => {
      const dir = await oldFolder();
      const { changes } = await dieAt(dir, first, false, inPlace);
      for (let second = 3; second < 15; second += 4) await dieAt(dir, second, true, inPlace);
      expect(await recoverTree(dir)).toEqual([]);
      expect([oldTree, freshTree]).toContainEqual(visible(dir));
      return first > changes ? "enough" : "more";
    });
  });

  it.each([["ENOSPC"], ["EIO"], ["EACCES"]])(
    "of %s at any step says so and changes nothing, or goes on",
    async (code) => {
      await eachStep(async (n) => {
        const dir = await oldFolder();
        const before = contents(dir);
        const faulty = faultyFs((k) => {
          if (k === n) throw Object.assign(new Error(`${code}: no luck`), { code });
        });
        const { diagnostics } = await writeTree(dir, asFiles(fresh), { fs: faulty.fs, inPlace });
        if (diagnostics.length > 0) {
          expect(diagnostics).toEqual([
            {
              code: "out/cannot-write",
              severity: "error",
              message: `Cannot write the folder out: ${code}: no luck.`,
              help: "Nothing in it was changed.",
            },
          ]);
          expect(contents(dir)).toEqual(before);
        } else expect(visible(dir)).toEqual(freshTree);
        await recoverTree(dir);
        expect(leftovers(dir)).toEqual(["out", "manifest"]);
        return n > faulty.count() ? "enough" : "more";
      });
    },
  );

  it("of a disk that stays full in the midst says what is to be done", async () => {
    const dir = await oldFolder();
    let applying = false;
    const faulty = faultyFs((_n, call) => {
      if (applying && call === "renameSync") throw Object.assign(new Error("EIO: no luck"), { code: "EIO" });
      if (call === "fdatasync") applying = true;
    });
    // The journal itself has to come through.
    const fs = new Proxy(faulty.fs, {
      get: (target, name) =>
        name === "renameSync"
          ? (from: string, to: string) => (to.endsWith("/journal") ? renameSync(from, to) : target.renameSync(from, to))
          : Reflect.get(target, name),
    });
    const { diagnostics } = await writeTree(dir, asFiles(fresh), { fs, inPlace });
    expect(diagnostics.map(({ help }) => help)).toEqual([
      inPlace ? "Part of it is written. Build again, and the rest will be." : "Nothing in it was changed.",
    ]);
    expect((await writeTree(dir, asFiles(fresh), { inPlace })).diagnostics).toEqual([]);
    expect(visible(dir)).toEqual(freshTree);
    expect(leftovers(dir)).toEqual(["out", "manifest"]);
  });
});

describe("a process that is killed", () => {
  let script: string;

  beforeAll(() => {
    script = join(temporaryFolder(), "build.mjs");
    const source = `
      import { writeTree } from ${JSON.stringify(resolve("src/emit/tree/tree.ts"))};
      import { faultyFs } from ${JSON.stringify(resolve("test/emit/tree/faulty-fs.ts"))};
      const [dir, n, inPlace, files] = process.argv.slice(2);
      const { fs } = faultyFs((k) => { if (k === Number(n)) process.kill(process.pid, "SIGKILL"); });
      const report = await writeTree(dir, JSON.parse(files), { fs, inPlace: inPlace === "true" });
      if (report.diagnostics.length > 0) throw new Error(JSON.stringify(report.diagnostics));`;
    buildSync({
      stdin: { contents: source, resolveDir: resolve("."), loader: "ts" },
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: script,
    });
  });

  it.each([[false], [true]])(
    "with SIGKILL at any step leaves the old tree or the new (in place: %s)",
    async (inPlace) => {
      const states: string[] = [];
      await eachStep(async (n) => {
        const dir = await oldFolder();
        const args = [script, dir, String(n), String(inPlace), JSON.stringify(asFiles(fresh))];
        const child = spawn(process.execPath, args, { stdio: "inherit" });
        const [status, signal] = await once(child, "exit");
        expect([status, signal]).toEqual(signal === null ? [0, null] : [null, "SIGKILL"]);
        if (!inPlace && visible(dir) !== undefined) expect([oldTree, freshTree]).toContainEqual(visible(dir));
        // What comes next finds the lock of a process that is gone.
        expect((await compareTree(dir, asFiles(fresh))).diagnostics).toEqual([]);
        expect([oldTree, freshTree]).toContainEqual(visible(dir));
        expect(leftovers(dir)).toEqual(["out", "manifest"]);
        states[n] = same(visible(dir), oldTree) ? "old" : "fresh";
        return signal === null ? "enough" : "more";
      });
      // Once the new tree shows, no later death brings the old one back.
      expect(states.slice(1).join(" ")).toMatch(/^(?:old )+(?:fresh ?)+$/);
    },
  );
});

function same(one: Texts | undefined, other: Texts): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(texts: Texts = {}): unknown {
  return Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1));
}
