import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import type { Place } from "../../src/diagnostic/diagnostic.ts";
import { createLoader } from "../../src/source/load.ts";
import { createLocator } from "../../src/source/locate.ts";
import { captureOrigin, type Origin } from "../../src/source/origin.ts";
import { type ArgumentPath, placeOf, resolvePlaces, type TextSpan } from "../../src/source/place.ts";
import { runs } from "../helpers/property-runs.ts";

// Machines that test are often busy.
vi.setConfig({ testTimeout: 60_000 });

interface Made {
  readonly args: readonly unknown[];
  readonly origin: Origin;
}

const made: Made[] = [];

/** Stands for any factory of the product: it keeps what it was given and where. */
function make(...args: unknown[]): Made {
  const definition = { args, origin: captureOrigin(make) };
  made.push(definition);
  return definition;
}

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});

/** Runs a monitors file and gives what it made, in order. */
async function run(source: string): Promise<readonly Made[]> {
  const root = mkdtempSync(join(tmpdir(), "tocsin-place-"));
  roots.push(root);
  mkdirSync(join(root, "monitors"));
  writeFileSync(join(root, "monitors/shop.ts"), source);
  made.length = 0;
  const { diagnostics } = await createLoader(root, { provided: { tocsin: { make } } }).load();
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return [...made];
}

const HEAD = 'import { make } from "tocsin";\n';

function shown(place: Place | undefined): string | undefined {
  return place?.source.slice(place.start, place.end);
}

async function shownAt(source: string, path: ArgumentPath, which = -1): Promise<string | undefined> {
  const definition = (await run(HEAD + source)).at(which);
  return shown(await placeOf(definition?.origin ?? {}, path));
}

describe("the place of a definition", () => {
  it("is the name of the function that made it", async () => {
    const [first] = await run(`${HEAD}\n\nexport const catalog = make("catalog", {});`);
    const place = await placeOf(first?.origin ?? {});
    expect(place).toMatchObject({ file: "monitors/shop.ts" });
    expect(shown(place)).toBe("make");
    expect(place?.source.slice(0, place.start).split("\n")).toHaveLength(4);
  });

  it("is unknown where there is no stack", async () => {
    expect(await placeOf({})).toBeUndefined();
    expect(await placeOf({ stack: "Error\n    at nowhere" }, [1, "owner"])).toBeUndefined();
  });

  it("is in this very file where a test makes it", async () => {
    const definition = make("made by a test", { for: "10m" });
    const place = await placeOf(definition.origin, [1, "for"]);
    expect(place?.file).toBe("test/source/place.test.ts");
    expect(shown(place)).toBe('"10m"');
  });

  it("is the author's, behind types that vanish and lines that move", async () => {
    const source = `interface Spec { a: string }
enum Page { Home, Search }
const ü: Spec = { a: "x" } satisfies Spec; type T = typeof ü; make<string>("ü", { for: "1m" as string });`;
    expect(await shownAt(source, [1, "for"])).toBe('"1m" as string');
  });
});

describe("a path into the arguments", () => {
  it.each<[string, ArgumentPath, string]>([
    ['make("x")', [0], '"x"'],
    ['make("x", { for: "10m" })', [1, "for"], '"10m"'],
    ['make("x", { "for": "10m" })', [1, "for"], '"10m"'],
    ['make("x", { ["for"]: "10m" })', [1, "for"], '"10m"'],
    ['make("x", { 5: "10m" })', [1, 5], '"10m"'],
    ['make("x", { rows: { Catalog: ["a", "b"] } })', [1, "rows", "Catalog", 1], '"b"'],
    [
      'make("x", { m: { inventory: ((n, s) => s)("stock", { labels: { sku: 5 } }) } })',
      [1, "m", "inventory", "labels", "sku"],
      "5",
    ],
    ['const spec = { for: "10m" }; make("x", spec)', [1, "for"], '"10m"'],
    ['const spec = { for: "10m" } as const; make("x", (spec))', [1, "for"], '"10m"'],
    ['const base = { for: "10m" }; make("x", { ...base, severity: "page" })', [1, "for"], '"10m"'],
    ['const base = { for: "10m" }; make("x", { for: "5m", ...base })', [1, "for"], '"10m"'],
    ['const base = { for: "10m" }; make("x", { ...base, for: "5m" })', [1, "for"], '"5m"'],
    ['const labels = { sku: 1 }; make("x", { labels })', [1, "labels", "sku"], "1"],
    ['const times = { long: { at: 5 } }; make("x", { for: times.long })', [1, "for", "at"], "5"],
    ['const { long } = { long: { at: 5 } }; make("x", { for: long })', [1, "for", "at"], "5"],
    ['const [, long] = [1, { at: 5 }]; make("x", { for: long })', [1, "for", "at"], "5"],
    ['const a = { at: 1 }; { const a = { at: 2 }; make("x", a) }', [1, "at"], "2"],
    ['make("x", { for: "10m", for: "5m" })', [1, "for"], '"5m"'],
    ['make("x", {}).origin; make("y", { a: make("z", { b: 1 }) })', [1, "a", "b"], "1"],
  ])("%s at %j is %s", async (source, path, expected) => {
    expect(await shownAt(source, path)).toBe(expected);
  });

  it.each<[string, ArgumentPath, string]>([
    ['make("x", { for: "10m" })', [1, "owner"], '{ for: "10m" }'],
    ['make("x", {\n  for: "10m",\n})', [1, "owner"], "make"],
    ['make("x", {\n  labels: {\n    a: 1,\n  },\n})', [1, "labels", "b"], "labels"],
    ['make("x")', [1, "owner"], "make"],
    ['function spec() { return { for: "10m" } }\nmake("x", spec())', [1, "for"], "spec()"],
    ['for (const spec of [{ for: "1m" }]) make("x", { ...spec, a: 1 })', [1, "for"], "{ ...spec, a: 1 }"],
    ['const one = (spec: object) => make("x", spec); const spec = { for: 1 }; one(spec)', [1, "for"], "spec"],
    ['let spec = { for: "10m" }; make("x", spec)', [1, "for"], "spec"],
    ['const list = [...[1, 2], 3]; make("x", list)', [1, 2], "list"],
    ["var base = undefined; const a = { ...base, b: 1 }; make('x', a)", [1, "c"], "a"],
  ])("stops as near as it can: %s at %j", async (source, path, expected) => {
    expect(await shownAt(source, path)).toBe(expected);
  });

  it("does not go round in circles", async () => {
    const circle =
      "const a = () => { const b = { ...b }; const { c } = c; make('y', b, c); };\nif (1 > 2) a(); make('x', {})";
    const [definition] = await run(HEAD + circle);
    const { source = "" } = (await placeOf(definition?.origin ?? {})) ?? {};
    const locate = createLocator();
    const call = { file: "monitors/shop.ts", source, offset: source.indexOf("make('y'") };
    const at = (path: ArgumentPath) => {
      const { start, end } = locate(call, path, { key: false, text: undefined });
      return source.slice(start, end);
    };
    expect(at([1, "z"])).toBe("b");
    expect(at([2, "z"])).toBe("c");
  });

  it("goes through methods, tags, new and namespaces", async () => {
    const source = "import * as all from 'tocsin';\nall.make('x', { a: 1 }).args.map(String); all.make`up == 0`;";
    const [first, second] = await run(HEAD + source);
    expect(shown(await placeOf(first?.origin ?? {}, [1, "a"]))).toBe("1");
    expect(shown(await placeOf(second?.origin ?? {}, [0]))).toBe("`up == 0`");
  });

  it("points at a name instead of its value", async () => {
    const [first] = await run(`${HEAD}make("x", { labels: { skuu: 5 } });`);
    const [diagnostic] = await resolvePlaces([
      {
        code: "model/unknown",
        severity: "error",
        message: "No such label.",
        at: { origin: first?.origin ?? {}, path: [1, "labels", "skuu"], key: true },
        related: [{ message: "of this", at: { origin: first?.origin ?? {}, path: [0] } }],
      },
    ]);
    expect(shown(diagnostic?.place)).toBe("skuu");
    expect(diagnostic?.related?.map(({ message, place }) => [message, shown(place)])).toEqual([["of this", '"x"']]);
    expect(diagnostic).not.toHaveProperty("at");
  });
});

describe("a stretch of a text", () => {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are the texts of monitors files.
  it.each<[string, TextSpan, string]>([
    ['"sum(up)"', { start: 4, end: 6 }, "up"],
    ['"a\\tb\\u{1F514}c\\x41d"', { start: 5, end: 6 }, "c"],
    ['"a\\tb\\u{1F514}c\\x41d"', { start: 6, end: 7 }, "\\x41"],
    ['"a\\tb\\u{1F514}c\\x41d"', { start: 3, end: 5 }, "\\u{1F514}"],
    ['"a\\\n b"', { start: 1, end: 3 }, " b"],
    ["`a\\`b`", { start: 1, end: 2 }, "\\`"],
    ["`x ${1 + 1} y`", { start: 5, end: 6, holes: [2] }, "y"],
    ["`x ${1 + 1} y`", { start: 2, end: 4, holes: [2] }, "${1 + 1}"],
    ["`x ${1 + 1} y ${2} z`", { start: 10, end: 11, holes: [3, 1] }, "z"],
    ["`x ${'abc'} y`", { start: 6, end: 7 }, "y"],
    ["`x ${Math.PI} y`", { start: 9, end: 10 }, ""],
    ["'ab' + \"cd\"", { start: 2, end: 3 }, "c"],
    ["'ab' + \"cd\"", { start: 4, end: 4 }, ""],
    ["String.raw`a\\db`", { start: 1, end: 3 }, "\\d"],
    ["`a\\db`", { start: 1, end: 3, raw: true }, "\\d"],
    ["text", { start: 2, end: 4 }, "CC"],
    ["String('abc').trim()", { start: 0, end: 4 }, "String('abc').trim()"],
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above.
  ])("of %s at %j is %s", async (literal, text, expected) => {
    const [definition] = await run(`${HEAD}const text = "AACC"; make("x", { expr: ${literal} });`);
    const at = { origin: definition?.origin ?? {}, path: [1, "expr"], span: text };
    const [diagnostic] = await resolvePlaces([{ code: "promql/syntax", severity: "error", message: "no", at }]);
    expect(shown(diagnostic?.place)).toBe(expected);
  });

  it("is found for every character of any string", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
        fc.boolean(),
        async (value, asTemplate) => {
          const escaped = JSON.stringify(value);
          const literal = asTemplate ? `\`${escaped.slice(1, -1).replace(/`|\$/g, "\\$&")}\`` : escaped;
          const [definition] = await run(`${HEAD}make(${literal});`);
          expect(definition?.args).toEqual([value]);
          const places = await resolvePlaces(
            Array.from(value, (_, i) => ({
              code: "x/y" as const,
              severity: "error" as const,
              message: "",
              at: { origin: definition?.origin ?? {}, path: [0], span: { start: i, end: i + 1 } },
            })),
          );
          for (const [i, { place }] of places.entries()) {
            const piece = shown(place) ?? "";
            // A surrogate pair that is written as one character cannot be split.
            const unit = value[i] ?? "";
            const evaluated = piece.length === 1 ? piece : JSON.parse(`"${piece.replace(/\\([`$])/g, "$1")}"`);
            expect(evaluated).toBe(unit);
          }
        },
      ),
      { numRuns: runs(40) },
    );
  });
});
