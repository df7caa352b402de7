import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { TreeMemory } from "../../../src/emit/tree/memory.ts";
import { compareTree, writeTree } from "../../../src/emit/tree/tree.ts";
import { runs } from "../../helpers/property-runs.ts";
import { faultyFs } from "./faulty-fs.ts";
import { asFiles, contents, put, type Texts, temporaryFolder, visible } from "./folder.ts";

// Machines that test are often busy.
vi.setConfig({ testTimeout: 60_000 });

const shop: Texts = {
  "prometheus/prometheus.yml": "global: {}\n",
  "prometheus/rules/catalog.yml": "groups: []\n",
  "alertmanager/alertmanager.yml": "route: {}\n",
};

async function build(dir: string, texts: Texts, options = {}) {
  const report = await writeTree(dir, asFiles(texts), options);
  expect(report.diagnostics).toEqual([]);
  return report;
}

function stamps(dir: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.keys(contents(dir) ?? {}).map((path) => {
      const { ino, mtimeMs, mode } = lstatSync(join(dir, path));
      return [path, { ino, mtimeMs, mode }];
    }),
  );
}

describe.each([
  ["by swapping", {}],
  ["in place", { inPlace: true }],
  ["with what is remembered", { inPlace: true, memory: new TreeMemory() }],
])("a tree written %s", (_, options) => {
  it("holds the files of the build and a list of them", async () => {
    const dir = join(temporaryFolder(), "deep/down/out");
    const report = await build(dir, shop, options);
    expect(visible(dir)).toEqual(shop);
    expect(report).toMatchObject({ removed: [], unchanged: 0 });
    expect(contents(dir)?.[".tocsin/manifest"]?.split("\n").slice(1)).toEqual([...Object.keys(shop).sort(), ""]);
    expect(readdirSync(join(dir, ".."))).toEqual(["out"]);
  });

  it("is not touched when nothing changes", async () => {
    const dir = join(temporaryFolder(), "out");
    await build(dir, shop, options);
    const before = stamps(dir);
    const folder = statSync(dir).mtimeMs;
    expect(await build(dir, shop, options)).toMatchObject({ written: [], removed: [], unchanged: 4 });
    expect(stamps(dir)).toEqual(before);
    expect(statSync(dir).mtimeMs).toBe(folder);
  });

  it("keeps what does not change, with time and permissions", async () => {
    const dir = join(temporaryFolder(), "out");
    await build(dir, shop, options);
    chmodSync(join(dir, "prometheus/rules/catalog.yml"), 0o600);
    chmodSync(join(dir, "alertmanager"), 0o750);
    const before = stamps(dir);
    const { "alertmanager/alertmanager.yml": _gone, ...rest } = shop;
    const after = { ...rest, "prometheus/rules/catalog.yml": "groups: [1]\n", "alertmanager/new.yml": "" };
    const report = await build(dir, after, options);
    expect(report.written).toEqual(["prometheus/rules/catalog.yml", "alertmanager/new.yml", ".tocsin/manifest"]);
    expect(report.removed).toEqual(["alertmanager/alertmanager.yml"]);
    expect(visible(dir)).toEqual(after);
    expect(stamps(dir)["prometheus/prometheus.yml"]).toEqual(before["prometheus/prometheus.yml"]);
    expect(statSync(join(dir, "prometheus/rules/catalog.yml")).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, "alertmanager")).mode & 0o777).toBe(0o750);
  });

  it("leaves alone what it never made", async () => {
    const dir = join(temporaryFolder(), "out");
    await build(dir, shop, options);
    const foreign = { "README.md": "mine", "prometheus/rules/own.yml": "mine", "notes/deep/a.txt": "mine" };
    put(dir, foreign);
    symlinkSync("../elsewhere", join(dir, "prometheus/link"));
    mkdirSync(join(dir, "empty"));
    chmodSync(join(dir, "README.md"), 0o640);
    const before = stamps(dir);
    await build(dir, { "grafana/one.json": "{}" }, options);
    expect(visible(dir)).toEqual({ "grafana/one.json": "{}", ...foreign, "prometheus/link": "-> ../elsewhere" });
    expect(statSync(join(dir, "empty")).isDirectory()).toBe(true);
    for (const path of [...Object.keys(foreign), "prometheus/link"]) expect(stamps(dir)[path]).toEqual(before[path]);
    await build(dir, {}, options);
    expect(visible(dir)).toEqual({ ...foreign, "prometheus/link": "-> ../elsewhere" });
    expect(readdirSync(dir)).not.toContain("grafana");
  });

  it.each<[string, Texts, Texts]>([
    ["a file becomes a folder", { a: "1", b: "2" }, { "a/b/c": "1", b: "2" }],
    ["a folder becomes a file", { "a/b/c": "1", "a/d": "2" }, { a: "1" }],
    ["everything goes", { "a/b": "1" }, {}],
    [
      "names with spaces, quotes and other scripts",
      { "a b/'\u00fc'\u{1F514} #{}.yml": "1", "-rf": "2", "__proto__/x": "3" },
      { "-rf": "3" },
    ],
    ["texts with every kind of line end", { a: "\r\n\u2028\0\uFEFF" }, { a: "\uFEFF\r\n" }],
    ["half of a character", { a: "\ud800" }, { a: "x\udc00" }],
  ])("%s", async (_name, first, second) => {
    const dir = join(temporaryFolder(), "out");
    const wellFormed = (texts: Texts) =>
      JSON.parse(Buffer.from(JSON.stringify(texts).replace(/\\ud[89a-f]../gi, "\ufffd")).toString());
    for (const texts of [first, second, first]) {
      await build(dir, texts, options);
      expect(visible(dir)).toEqual(wellFormed(texts));
      expect(await build(dir, texts, options)).toMatchObject({ written: [], removed: [] });
    }
  });

  it("is refused where something of others is in the way, and nothing is written", async () => {
    const dir = join(temporaryFolder(), "out");
    await build(dir, { old: "1" }, options);
    put(dir, { "prometheus/prometheus.yml": "mine", alertmanager: "a file", "grafana/x.json/y": "" });
    symlinkSync("/etc", join(dir, "runbooks"));
    const before = contents(dir);
    const report = await writeTree(
      dir,
      asFiles({ ...shop, "grafana/x.json": "{}", "runbooks/passwd": "root", fine: "1" }),
      options,
    );
    expect(report.written).toEqual([]);
    expect(report.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'out/foreign-file Cannot write "prometheus/prometheus.yml": something that tocsin did not make stands there.',
      'out/foreign-file Cannot write "alertmanager/alertmanager.yml": "alertmanager" is no folder, and tocsin did not make it.',
      'out/foreign-file Cannot write "grafana/x.json": something that tocsin did not make stands there.',
      'out/foreign-file Cannot write "runbooks/passwd": "runbooks" is no folder, and tocsin did not make it.',
    ]);
    expect(contents(dir)).toEqual(before);
  });

  it("takes over a file that is already as it should be, such as one whose list was lost", async () => {
    const dir = join(temporaryFolder(), "out");
    put(dir, shop);
    expect((await build(dir, shop, options)).written).toEqual([".tocsin/manifest"]);
    await build(dir, {}, options);
    expect(visible(dir)).toEqual({});
  });

  it("reads a list of files that git could not merge", async () => {
    const dir = join(temporaryFolder(), "out");
    put(dir, {
      a: "1",
      b: "1",
      mine: "1",
      ".tocsin/manifest": "# x\n<<<<<<< HEAD\na\n=======\nb\n../x\n/etc/passwd\n>>>>>>> other\n",
    });
    await build(dir, { c: "1" }, options);
    expect(visible(dir)).toEqual({ c: "1", mine: "1" });
  });

  it("is written through a link to the folder", async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, "real"));
    symlinkSync("real", join(home, "out"));
    await build(join(home, "out"), shop, options);
    await build(join(home, "out"), { a: "1" }, options);
    expect(visible(join(home, "real"))).toEqual({ a: "1" });
    expect(lstatSync(join(home, "out")).isSymbolicLink()).toBe(true);
    expect(readdirSync(home).sort()).toEqual(["out", "real"]);
  });

  it("never mixes two builds, however many there are at once", async () => {
    const dir = join(temporaryFolder(), "out");
    const trees = [1, 2, 3, 4, 5].map((n): Texts => ({ a: `${n}`, b: `${n}`, [`only/${n}`]: `${n}` }));
    await Promise.all(trees.map((texts) => build(dir, texts, options)));
    expect(trees).toContainEqual(visible(dir));
  });

  it("is the files of the last build, whatever came before", async () => {
    const name = fc.constantFrom("a", "b", "c", "d e", "\u00fc");
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
    const tree = fc
      .dictionary(path, fc.string({ unit: "grapheme" }), { maxKeys: 6, noNullPrototype: true })
      .filter((texts) => {
        const paths = Object.keys(texts);
        return paths.every((one) => paths.every((other) => !other.startsWith(`${one}/`)));
      });
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { minLength: 2, maxLength: 4 }), async (trees) => {
        const dir = join(temporaryFolder(), "out");
        for (const texts of trees) {
          await build(dir, texts, options);
          expect(visible(dir)).toEqual(texts);
          expect((await compareTree(dir, asFiles(texts))).differences).toEqual([]);
        }
      }),
      { numRuns: runs(30) },
    );
  });
});

describe("the folder itself", () => {
  it("stays the same one in place, and where a program works in it", async () => {
    const dir = join(temporaryFolder(), "out");
    await build(dir, shop);
    const { ino } = statSync(dir);
    await build(dir, { a: "1", b: "2" }, { inPlace: true });
    expect(statSync(dir).ino).toBe(ino);
    await build(dir, { a: "1", b: "3" });
    expect(statSync(dir).ino).toBe(ino);
    await build(dir, shop);
    expect(statSync(dir).ino).not.toBe(ino);
  });

  it.each([["EBUSY"], ["EXDEV"]])("is changed in place where renaming it fails with %s", async (code) => {
    const dir = join(temporaryFolder(), "out");
    await build(dir, shop);
    const { ino } = statSync(dir);
    // As on a mount point: no rename leads from beside into it, or gives it another name.
    const { fs } = faultyFs(() => {});
    const mounted = new Proxy(fs, {
      get: (target, name) =>
        name === "renameSync"
          ? (from: string, to: string) => {
              const inside = (path: string) => path.startsWith(`${dir}/`);
              if (inside(from) !== inside(to) || from === dir) throw Object.assign(new Error(code), { code });
              renameSync(from, to);
            }
          : Reflect.get(target, name),
    });
    for (const texts of [{ a: "1", b: "2" }, { a: "1", b: "3" }, { a: "1" }]) {
      await build(dir, texts, { fs: mounted });
      expect(visible(dir)).toEqual(texts);
    }
    expect(statSync(dir).ino).toBe(ino);
  });

  it("may not be a file", async () => {
    const dir = join(temporaryFolder(), "out");
    writeFileSync(dir, "mine");
    const report = await writeTree(dir, asFiles(shop));
    expect(report.diagnostics.map(({ message }) => message)).toEqual(["Cannot write the folder out: it is no folder."]);
  });

  it("keeps what others put there while a new tree is being made", async () => {
    const dir = join(temporaryFolder(), "out");
    await build(dir, shop);
    put(dir, { "mine.txt": "old" });
    const { fs } = faultyFs((_n, call) => {
      if (call === "fdatasync") {
        put(dir, { "late/new.txt": "late", "mine.tmp": "newer" });
        renameSync(join(dir, "mine.tmp"), join(dir, "mine.txt"));
      }
    });
    await build(dir, { a: "1", b: "2" }, { fs });
    expect(visible(dir)).toEqual({ a: "1", b: "2", "late/new.txt": "late", "mine.txt": "newer" });
  });
});

describe("names that may not be written", () => {
  it.each([
    ["../x", "leaves its folder"],
    ["a/../../x", "leaves its folder"],
    ["./x", "leaves its folder"],
    ["/etc/passwd", "is not relative"],
    ["c:/x", "is not relative"],
    ["c:x", "is not relative"],
    ["a\\..\\x", "holds \\, which Windows refuses"],
    ["ab:c", "holds :, which Windows refuses"],
    ["", "is empty"],
    ["a//b", "has an empty part"],
    ["a/", "has an empty part"],
    ["a\0b", "holds a control character"],
    ["a\nb", "holds a control character"],
    ["\ud800", "holds half of a character"],
    ["rules/nul", 'has the part "nul", which is a device of Windows'],
    ["Con.yml", 'has the part "Con.yml", which is a device of Windows'],
    ["com1.tar.gz/x", 'has the part "com1.tar.gz", which is a device of Windows'],
    ["a./b", "has a part that ends in a dot or a space, which Windows drops"],
    ["a ", "has a part that ends in a dot or a space, which Windows drops"],
    [`${"ü".repeat(130)}`, "has a part that is too long"],
    [`${"abc/".repeat(300)}x`, "is too long"],
    [".git/hooks/pre-commit", "would be part of git's own data"],
    ["x/.GIT/config", "would be part of git's own data"],
    [".tocsin/manifest", "is in the folder that tocsin keeps for itself"],
    [".Tocsin/x", "is in the folder that tocsin keeps for itself"],
  ])("%j", async (path, reason) => {
    const dir = join(temporaryFolder(), "out");
    const report = await writeTree(dir, asFiles({ fine: "1", [path]: "2" }));
    expect(report.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      `out/bad-path Cannot write a file of this name: ${JSON.stringify(path)} ${reason}.`,
    ]);
    expect(contents(dir)).toBeUndefined();
  });

  it.each([
    [["Catalog.yml", "catalog.yml"]],
    [["caf\u00e9", "cafe\u0301"]],
    [["STRASSE", "stra\u00dfe"]],
    [["a", "A/b"]],
    [["A/b", "a"]],
    [["x", "x"]],
  ])("%j, of which some file system makes one", async (paths) => {
    const report = await writeTree(
      join(temporaryFolder(), "out"),
      paths.map((path) => ({ path, text: "" })),
    );
    expect(report.diagnostics.map(({ code }) => code)).toEqual(["out/path-collision"]);
  });

  it.each(["console.yml", "null", "a.b", "com10", ".gitignore", "...a", "a..b", "\u65e5\u672c", "-x", "~", "$HOME"])(
    "but %j is fine",
    async (path) => {
      const dir = join(temporaryFolder(), "out");
      await build(dir, { [path]: "1" });
      expect(visible(dir)).toEqual({ [path]: "1" });
    },
  );
});

it("a memory of what was written does not hide what others do to it", async () => {
  const dir = join(temporaryFolder(), "out");
  const memory = new TreeMemory();
  await build(dir, shop, { memory });
  for (const tampered of ["groups: [x]\n", "groups: {}\n", undefined]) {
    await setTimeout(70);
    expect(await build(dir, shop, { memory })).toMatchObject({ written: [] });
    if (tampered === undefined) rmSync(join(dir, "prometheus/rules/catalog.yml"));
    else put(dir, { "prometheus/rules/catalog.yml": tampered });
    expect((await build(dir, shop, { memory })).written).toEqual(["prometheus/rules/catalog.yml"]);
    expect(visible(dir)).toEqual(shop);
  }
});

describe("a check", () => {
  it("says what a build would change, and changes nothing", async () => {
    const dir = join(temporaryFolder(), "out");
    await build(dir, { same: "1", edited: "1", gone: "1" });
    put(dir, { edited: "by hand", mine: "x" });
    const before = stamps(dir);
    const { differences } = await compareTree(dir, asFiles({ same: "1", edited: "1", fresh: "2" }));
    expect(differences.map(({ kind, path, before, after }) => [kind, path, before, after]).slice(1)).toEqual([
      ["changed", "edited", "by hand", "1"],
      ["added", "fresh", "", "2"],
      ["removed", "gone", "1", ""],
    ]);
    expect(differences[0]).toMatchObject({ kind: "changed", path: ".tocsin/manifest" });
    expect(stamps(dir)).toEqual(before);
  });

  it("says that everything is to be added where there is no folder", async () => {
    const dir = join(temporaryFolder(), "out");
    const { differences } = await compareTree(dir, asFiles({ a: "1" }));
    expect(differences.map(({ kind, path }) => `${kind} ${path}`)).toEqual(["added .tocsin/manifest", "added a"]);
    expect(contents(dir)).toBeUndefined();
  });
});

describe("a lock", () => {
  const lockOf = (dir: string) => join(dir, "../.out.tocsin/lock");

  function leaveLock(dir: string, holder: object): void {
    mkdirSync(join(dir, "../.out.tocsin"), { recursive: true });
    writeFileSync(lockOf(dir), JSON.stringify(holder));
  }

  it("of a process that lives is waited for, and then named", async () => {
    const dir = join(temporaryFolder(), "out");
    leaveLock(dir, { id: "x", pid: process.ppid, host: "elsewhere", began: "" });
    const report = await writeTree(dir, asFiles(shop), { patienceMs: 50 });
    expect(report.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      `out/locked Another build (process ${process.ppid}) is writing the folder out.`,
    ]);
    globalThis.setTimeout(() => rmSync(lockOf(dir)), 100);
    await build(dir, shop, { patienceMs: 5_000 });
  });

  it.each([
    ["that is gone", { id: "x", pid: 2 ** 22 + 1, host: hostname(), began: "" }],
    ["whose number another has now", { id: "x", pid: process.pid, host: hostname(), began: "1" }],
  ])("of a process %s is taken over", async (_, holder) => {
    const dir = join(temporaryFolder(), "out");
    leaveLock(dir, holder);
    await Promise.all([build(dir, shop), build(dir, shop), build(dir, shop)]);
    expect(visible(dir)).toEqual(shop);
    expect(readdirSync(join(dir, ".."))).toEqual(["out"]);
  });
});
