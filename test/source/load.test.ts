import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import { type Diagnostic, lineAndColumn } from "../../src/diagnostic/diagnostic.ts";
import { createLoader, type Loader, type LoaderOptions } from "../../src/source/load.ts";
import { runs } from "../helpers/property-runs.ts";

// Machines that test are often busy.
vi.setConfig({ testTimeout: 60_000 });

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});

type Files = Readonly<Record<string, string>>;

function project(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), "tocsin-load-"));
  roots.push(root);
  write(root, files);
  return root;
}

function write(root: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

const tocsin = { alert: (name: string) => ({ name }) };

function loaderOf(root: string, options?: LoaderOptions): Loader {
  return createLoader(root, { provided: { tocsin }, ...options });
}

async function load(files: Files) {
  return loaderOf(project(files)).load();
}

/** What a user would read: place, code, message, and the text that is marked. */
function said(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, message, place }) => {
    if (place === undefined) return `${code} ${message}`;
    const { line, column } = lineAndColumn(place.source, place.start);
    const marked = place.source.slice(place.start, place.end);
    return `${place.file}:${line}:${column} ${code} ${message} <${marked}>`;
  });
}

describe("a folder of monitors", () => {
  it("gives what each file exports, sorted, without tests and declarations", async () => {
    const { modules, diagnostics } = await load({
      "monitors/shop/stock.ts": 'import { alert } from "tocsin";\nexport const low = alert("Low");\nexport default 5;',
      "monitors/a.ts": "export const a: number = 1;",
      "monitors/z.mts": "export enum Page { Home = 7 }",
      "monitors/a.test.ts": "throw new Error('never runs');",
      "monitors/types.d.ts": "export interface X { a: 1 }",
      "monitors/.hidden/x.ts": "throw 1;",
      "monitors/node_modules/x/index.ts": "throw 1;",
      "monitors/notes.md": "# not code",
    });
    expect(diagnostics).toEqual([]);
    expect(modules.map(({ file, exports }) => [file, { ...exports }])).toEqual([
      ["monitors/a.ts", { a: 1 }],
      ["monitors/shop/stock.ts", { low: { name: "Low" }, default: 5 }],
      ["monitors/z.mts", { Page: { 7: "Home", Home: 7 } }],
    ]);
  });

  it("hands in the very instance of the package that runs", async () => {
    const same = {};
    const root = project({
      "monitors/a.ts": 'import * as all from "tocsin/promql";\nexport const { same } = all;',
      "node_modules/tocsin/package.json": '{"name":"tocsin","exports":{"./promql":"./index.js"}}',
      "node_modules/tocsin/index.js": "throw new Error('a second copy');",
    });
    const { modules, diagnostics } = await loaderOf(root, { provided: { tocsin, "tocsin/promql": { same } } }).load();
    expect(said(diagnostics)).toEqual([]);
    expect(modules[0]?.exports.same).toBe(same);
  });

  it("resolves imports as TypeScript does", async () => {
    const { modules, diagnostics } = await load({
      "monitors/a.ts": `import { b } from "./b.ts"; import { c } from "./c.js"; import { d } from "./d"; import { e } from "./e";
        import table from "../data/table.json" with { type: "json" }; import { up } from "../shared/up.ts";
        import { type Ghost } from "./ghost.ts"; import type { Other } from "./other.ts";
        export const got = [b, c, d, e, table.rows, up]; export const far: Ghost | Other = 1;
        export const later = () => import("./later.ts");`,
      "monitors/b.ts": "export const b = 'b';",
      "monitors/c.ts": "export const c = 'c';",
      "monitors/d.ts": "export const d = 'd';",
      "monitors/e/index.ts": "export * from './inner.ts';",
      "monitors/e/inner.ts": "export const e = 'e';",
      "monitors/later.ts": "export const late = 'late';",
      "data/table.json": '{"rows": 3}',
      "shared/up.ts": "export const up = 'up';",
    });
    expect(said(diagnostics)).toEqual([]);
    const [a] = modules;
    expect(a?.exports.got).toEqual(["b", "c", "d", "e", 3, "up"]);
    const later = a?.exports.later as () => Promise<unknown>;
    expect({ ...((await later()) as object) }).toEqual({ late: "late" });
  });

  it("takes packages, whether CommonJS, ES modules, for import alone, built in, or linked TypeScript", async () => {
    const root = project({
      "package.json": '{"type":"module","imports":{"#shared":"./shared/inner.ts"}}',
      "shared/inner.ts": "export const inner = 'inner';",
      "packages/ours/package.json": '{"name":"ours","exports":"./src/index.ts"}',
      "packages/ours/src/index.ts": "import { x } from './x.js'; export const ours: string = x;",
      "packages/ours/src/x.ts": "export const x = 'ours';",
      "node_modules/old/package.json": '{"name":"old"}',
      "node_modules/old/index.js": "exports.old = 'old';",
      "node_modules/modern/package.json": '{"name":"modern","type":"module","exports":{"default":"./m.js"}}',
      "node_modules/modern/m.js": "export const modern = 'modern'; export default 'default';",
      "node_modules/@only/import/package.json":
        '{"name":"@only/import","type":"module","exports":{".":{"import":"./m.js"},"./sub":{"types":"./x.d.ts","import":"./s.js"}}}',
      "node_modules/@only/import/m.js": "export const only = 'only';",
      "node_modules/@only/import/s.js": "export const sub = 'sub';",
      "monitors/a.ts": `import { old } from "old"; import def, { modern } from "modern"; import { only } from "@only/import";
        import { sub } from "@only/import/sub"; import { sep } from "node:path"; import { ours } from "ours"; import { inner } from "#shared";
        export const got = [old, modern, def, only, sub, sep, ours, inner];`,
    });
    symlinkSync("../packages/ours", join(root, "node_modules/ours"));
    const { modules, diagnostics } = await loaderOf(root).load();
    expect(said(diagnostics)).toEqual([]);
    expect(modules[0]?.exports.got).toEqual(["old", "modern", "default", "only", "sub", "/", "ours", "inner"]);
  });

  it("runs a file that is linked twice once, and does not follow a link round in circles", async () => {
    const root = project({
      "elsewhere/one.ts": "export const one = {};",
      "monitors/b/deep.ts": "export const deep = 1;",
    });
    symlinkSync(join(root, "elsewhere/one.ts"), join(root, "monitors/second.ts"));
    symlinkSync(join(root, "elsewhere/one.ts"), join(root, "monitors/first.ts"));
    symlinkSync(join(root, "monitors"), join(root, "monitors/b/round"));
    symlinkSync(join(root, "gone.ts"), join(root, "monitors/dangling.ts"));
    const { modules, diagnostics } = await loaderOf(root).load();
    expect(said(diagnostics)).toEqual([]);
    expect(modules.map(({ file }) => file)).toEqual(["monitors/b/deep.ts", "monitors/first.ts"]);
  });

  it("tells a file where it stands", async () => {
    const root = project({
      "monitors/a b (c)#%.ts":
        "export const at = [import.meta.url, import.meta.dirname, import.meta.filename, __filename];",
    });
    const { modules } = await loaderOf(root).load();
    const file = join(root, "monitors/a b (c)#%.ts");
    expect(modules[0]?.exports.at).toEqual([expect.stringMatching(/^file:.*%23%25\.ts$/), dirname(file), file, file]);
  });

  it("runs cycles as CommonJS does", async () => {
    const { modules, diagnostics } = await load({
      "monitors/a.ts": "import { b } from './b.ts'; export const a = 'a'; export const sees = () => b;",
      "monitors/b.ts": "import { a } from './a.ts'; export const b = 'b'; export const sees = () => a;",
    });
    expect(said(diagnostics)).toEqual([]);
    expect(modules.map(({ exports }) => (exports.sees as () => string)())).toEqual(["b", "a"]);
  });
});

describe("a folder in which something is wrong", () => {
  it.each<[string, Files, string]>([
    ["without the folder", { "package.json": "{}" }, "source/no-monitors There is no folder monitors/ here."],
    [
      "without a file",
      { "monitors/a.test.ts": "" },
      "source/no-monitors The folder monitors/ holds no TypeScript file.",
    ],
  ])("%s", async (_, files, expected) => {
    const { modules, diagnostics } = await load(files);
    expect(modules).toEqual([]);
    expect(said(diagnostics)).toEqual([expected]);
  });

  it("says everything that does not parse, in all files at once, and runs what does", async () => {
    const { modules, diagnostics } = await load({
      "monitors/a.ts": "export const ü = 'ü', y = 1 +* 2;",
      "monitors/b.ts": "import './lib/c.ts';\nexport const fine = 1;",
      "monitors/lib/c.ts": "\uFEFFlet = = 4;",
      "monitors/d.ts": "export const d = 1;",
      "monitors/e.ts": "export const e = await Promise.resolve(1);\nfor await (const x of []) {}",
      "monitors/f.ts": "import '../data.json';",
      "data.json": '{"a": 1,, }',
    });
    expect(modules.map(({ file }) => file)).toEqual(["monitors/d.ts"]);
    expect(said(diagnostics)).toEqual([
      'monitors/a.ts:1:30 source/syntax Unexpected "*". <*>',
      'monitors/lib/c.ts:1:7 source/syntax Unexpected "=". <=>',
      "monitors/e.ts:1:18 source/top-level-await A monitors file cannot await at its top level. <await>",
      "monitors/e.ts:2:5 source/top-level-await A monitors file cannot await at its top level. <await>",
      expect.stringMatching(/^data\.json:1:9 source\/syntax /),
    ]);
  });

  it("says where a file throws, once, also when others import it", async () => {
    const { modules, diagnostics } = await load({
      "monitors/a.ts": "import { metrics } from './b.ts';\nexport const x = metrics;",
      "monitors/b.ts":
        "interface Gone { a: string }\nconst shop: any = {};\nexport const metrics = shop.catalog.metrics;",
      "monitors/c.ts": "import { check } from '../lib/check.ts';\n\nexport const c = check('x');",
      "lib/check.ts":
        "export function check(x: string): never {\n  throw new RangeError(x + ` is out\\n    at /etc/passwd:1:1`);\n}",
    });
    expect(modules).toEqual([]);
    expect(said(diagnostics)).toEqual([
      "monitors/b.ts:3:37 source/throws This throws TypeError: Cannot read properties of undefined (reading 'metrics') <metrics>",
      "lib/check.ts:2:9 source/throws This throws RangeError: x is out\n    at /etc/passwd:1:1 <new>",
    ]);
    expect(diagnostics[1]?.related?.map(({ message, place }) => [message, place.file, place.start])).toEqual([
      ["reached from here", "monitors/c.ts", 59],
    ]);
  });

  it("bears whatever is thrown", async () => {
    const { diagnostics } = await load({
      "monitors/a.ts": "throw undefined;",
      "monitors/b.ts": "throw 'text';",
      "monitors/c.ts": "throw new Error('outer', { cause: new TypeError('inner') });",
      "monitors/d.ts": "const f = (): number => f() + 1; f();",
      "monitors/e.ts": "JSON.parse('{');",
      "monitors/f.ts": "process.exit(0);",
      "monitors/g.ts": "type X = 1;\nexport const x = /(/;",
    });
    expect(said(diagnostics)).toEqual([
      "monitors/a.ts:1:1 source/throws This throws a value that is no Error: undefined <>",
      "monitors/b.ts:1:1 source/throws This throws a value that is no Error: text <>",
      "monitors/c.ts:1:7 source/throws This throws an error: outer\nIts cause is TypeError: inner <new>",
      "monitors/d.ts:1:27 source/throws This throws RangeError: Maximum call stack size exceeded <)>",
      expect.stringMatching(/^monitors\/e\.ts:1:6 source\/throws This throws SyntaxError: .* <parse>$/),
      "monitors/f.ts:1:9 source/throws This throws an error: process.exit(0) would end the build. <exit>",
      "monitors/g.ts:2:18 source/throws This throws SyntaxError: Invalid regular expression: /(/: Unterminated group </>",
    ]);
  });

  it("names every import that leads nowhere, and what was meant", async () => {
    const { diagnostics } = await load({
      "package.json": '{"dependencies":{"prom-client":"1"}}',
      "monitors/a.ts": `import { x } from "./catalgo.ts";\nimport { y } from './catalgo';\nimport z from "../nowhere/z.ts";\nconsole.log(x, y, z);`,
      "monitors/b.ts": `import { x } from "prom-clinet";\nexport { x };`,
      "monitors/c.ts": `import { x } from "tocsin/tests";\nexport { x };`,
      "monitors/d.ts": `import { x } from "tocsim";\nexport { x };`,
      "monitors/catalog.ts": "export const x = 1;",
    });
    expect(said(diagnostics)).toEqual([
      'monitors/a.ts:1:19 source/import-not-found Cannot find "./catalgo.ts". Did you mean "./catalog.ts"? <"./catalgo.ts">',
      `monitors/a.ts:2:19 source/import-not-found Cannot find "./catalgo". Did you mean "./catalog"? <'./catalgo'>`,
      'monitors/a.ts:3:15 source/import-not-found Cannot find "../nowhere/z.ts". <"../nowhere/z.ts">',
      'monitors/b.ts:1:19 source/import-not-found Cannot find "prom-clinet". Did you mean "prom-client"? <"prom-clinet">',
      'monitors/c.ts:1:19 source/import-not-found Cannot find "tocsin/tests". <"tocsin/tests">',
      'monitors/d.ts:1:19 source/import-not-found Cannot find "tocsim". Did you mean "tocsin"? <"tocsim">',
    ]);
  });

  it("never fails itself, whatever stands in a file", async () => {
    const pieces = [
      "import",
      "export ",
      "from './b.ts'",
      "{",
      "}",
      "(",
      "`",
      "$" + "{",
      '"',
      "\\",
      "/*",
      "//",
      "\u2028",
      "\r",
      "await ",
      "=>",
    ];
    const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 5 })), {
      maxLength: 12,
    });
    const root = project({ "monitors/b.ts": "export const b = 1;" });
    await fc.assert(
      fc.asyncProperty(text, async (parts) => {
        write(root, { "monitors/a.ts": parts.join("") });
        const { modules, diagnostics } = await loaderOf(root).load();
        const isWrong = diagnostics.some(({ severity }) => severity === "error");
        expect(modules.some(({ file }) => file === "monitors/a.ts")).toBe(!isWrong);
        for (const { place } of diagnostics) {
          expect(place?.start).toBeGreaterThanOrEqual(0);
          expect(place?.end).toBeLessThanOrEqual(place?.source.length ?? 0);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it("warns of what is legal and surely not meant", async () => {
    const { modules, diagnostics } = await load({ "monitors/a.ts": 'export const a = { for: "10m", for: "5m" };' });
    expect(modules).toHaveLength(1);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ["source/duplicate-object-key", "warning"],
    ]);
  });
});

describe("after a change", () => {
  const shop: Files = {
    "monitors/team.ts": "export const team = {};",
    "monitors/catalog.ts": "import { team } from './team.ts'; export const catalog = { team };",
    "monitors/checkout.ts": "import { limits } from '../data/limits.ts'; export const checkout = { limits };",
    "data/limits.ts": "export const limits = { low: 10 };",
  };

  async function ranAgain(files: Files, change: (root: string) => readonly string[] | undefined): Promise<string[]> {
    const root = project(files);
    const loader = loaderOf(root);
    const before = await loader.load();
    loader.invalidate(change(root));
    const after = await loader.load();
    expect(said(after.diagnostics)).toEqual([]);
    return after.modules
      .filter(({ exports }) => before.modules.every((old) => old.exports !== exports))
      .map(({ file }) => file);
  }

  it.each<[string, Files, string[]]>([
    ["of a file alone", { "monitors/catalog.ts": "export const catalog = 2;" }, ["monitors/catalog.ts"]],
    [
      "of a file that another imports",
      { "monitors/team.ts": "export const team = 2;" },
      ["monitors/catalog.ts", "monitors/team.ts"],
    ],
    ["of a file outside of the folder", { "data/limits.ts": "export const limits = 5;" }, ["monitors/checkout.ts"]],
    ["that adds a file", { "monitors/new.ts": "export const fresh = 1;" }, ["monitors/new.ts"]],
    [
      "that puts another file in an import's way",
      { "monitors/team.ts/index.ts": "", "data/limits.ts": "export const limits = 4;" },
      ["monitors/checkout.ts"],
    ],
    ["of a test", { "monitors/team.test.ts": "1" }, []],
    [
      "of a table that any module may read",
      { "data/table.csv": "a,b" },
      ["monitors/catalog.ts", "monitors/checkout.ts", "monitors/team.ts"],
    ],
  ])("%s, only what could notice runs again", async (_, change, expected) => {
    const possible = Object.fromEntries(Object.entries(change).filter(([name]) => !name.includes(".ts/")));
    expect(
      await ranAgain(shop, (root) => {
        write(root, possible);
        return Object.keys(possible);
      }),
    ).toEqual(expected);
  });

  it("of anything, all runs again when all is forgotten", async () => {
    expect(await ranAgain(shop, () => undefined)).toHaveLength(3);
  });

  it("takes absolute names and removed files", async () => {
    const root = project(shop);
    const loader = loaderOf(root);
    await loader.load();
    rmSync(join(root, "monitors/team.ts"));
    loader.invalidate([join(root, "monitors/team.ts")]);
    const { modules, diagnostics } = await loader.load();
    expect(modules.map(({ file }) => file)).toEqual(["monitors/checkout.ts"]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["source/import-not-found"]);
  });

  it("recovers from every kind of mistake", async () => {
    const root = project({
      "monitors/a.ts": "import { b } from './b.ts'; export const a = b;",
      "monitors/c.ts": "throw 1;",
    });
    const loader = loaderOf(root);
    const codes = async (change: Files) => {
      write(root, change);
      loader.invalidate(Object.keys(change));
      const { modules, diagnostics } = await loader.load();
      return [...diagnostics.map(({ code }) => code), ...modules.map(({ file }) => file)];
    };
    expect(await codes({})).toEqual(["source/import-not-found", "source/throws"]);
    expect(await codes({ "monitors/b.ts": "export const b = ;" })).toEqual(["source/syntax", "source/throws"]);
    expect(await codes({ "monitors/c.ts": "export {};" })).toEqual(["source/syntax", "monitors/c.ts"]);
    expect(await codes({ "monitors/b.ts": "export const b = 1;" })).toEqual([
      "monitors/a.ts",
      "monitors/b.ts",
      "monitors/c.ts",
    ]);
  });
});
