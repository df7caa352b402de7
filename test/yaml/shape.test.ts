import { expect, it } from "vitest";
import { lineAndColumn } from "../../src/diagnostic/diagnostic.ts";
import { readYaml } from "../../src/yaml/read.ts";
import {
  anything,
  bool,
  float,
  integer,
  list,
  mapOf,
  optional,
  otherwise,
  Reading,
  readShape,
  type Shape,
  struct,
  text,
  unsigned,
} from "../../src/yaml/shape.ts";

const product = struct("product", {
  sku: text,
  stock: otherwise(integer, 10),
  listed: otherwise(bool, true),
  weight: optional(float),
  tags: list(text),
  labels: mapOf(text),
  limit: unsigned,
  extra: optional(anything),
});

function read<T>(shape: Shape<T>, source: string) {
  const reading = new Reading(source, "shop.yml");
  const { root } = readYaml(source);
  const value = root === undefined ? shape.zero : readShape(shape, root, reading);
  const problems = reading.diagnostics.map(({ message, place }) => {
    const { line, column } = lineAndColumn(source, place?.start ?? 0);
    return `${line}:${column} ${message}`;
  });
  return { value, problems, reading };
}

it("fills in defaults for what is left out, and the zero value for null", () => {
  expect(read(product, "sku: mug\n").value).toMatchObject({ sku: "mug", stock: 10, listed: true, weight: undefined });
  expect(read(product, "sku: mug\nstock:\nlisted: null\n").value).toMatchObject({ stock: 0, listed: false });
});

it("takes any scalar for text, by its letters", () => {
  expect(read(list(text), "[1_000, yes, 2026-03-01, ~, '~']").value).toEqual(["1_000", "yes", "2026-03-01", "", "~"]);
});

it.each([
  ["skuu: mug", '1:1 product has no field "skuu". Did you mean "sku"?'],
  ["sku: a\nsku: b", '2:1 "sku" stands here a second time.'],
  ["sku: [a]", "1:6 Expected text, got a list."],
  ["stock: many", '1:8 Expected a whole number, got "many".'],
  ["stock: 9223372036854775808", '1:8 Expected a whole number, got "9223372036854775808".'],
  ["stock: .nan", '1:8 Expected a whole number, got ".nan".'],
  ["limit: -1", '1:8 Expected a whole number that is not negative, got "-1".'],
  ["listed: 'true'", '1:9 Expected true or false, got "true".'],
  ["tags: a", '1:7 Expected a list, got "a".'],
  ["labels: {a: 1, a: 2}", '1:16 "a" stands here a second time.'],
  ["extra: {a: {b: 1, b: 2}}", '1:19 "b" stands here a second time.'],
  ["<<: 5", "1:5 Only a map or a list of maps can be merged by <<."],
])("says of %j what is wrong and where", (source, expected) => {
  expect(read(product, source).problems).toEqual([expected]);
});

it("reports all problems at once", () => {
  expect(read(product, "skuu: mug\nstock: many\nlisted: 5\n").problems).toHaveLength(3);
});

it("lets what comes later win where maps are merged, be it merged or written out", () => {
  expect(read(product, "base: 1").problems).toHaveLength(1);
  const merged = "- &a {sku: a, stock: 1}\n- <<: *a\n  sku: b\n- sku: c\n  <<: *a\n";
  expect(read(list(product), merged).value.map(({ sku, stock }) => [sku, stock])).toEqual([
    ["a", 1],
    ["b", 1],
    ["a", 1],
  ]);
});

it("keeps only what JSON could hold of anything", () => {
  expect(read(anything, "{a: [1, ~, x], 5: dropped, '5': kept}").value).toEqual({ a: [1, null, "x"], 5: "kept" });
});

it("does not follow aliases of aliases without end", () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 9; i++)
    lines.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(", ")}]`,
    );
  const { problems } = read(anything, lines.join("\n"));
  expect(problems).toEqual([expect.stringContaining("Aliases of aliases")]);
});

it("takes a name that every object has for a name like any other", () => {
  expect(read(mapOf(text), "{__proto__: a, constructor: b}").value).toHaveProperty("constructor", "b");
  expect(read(product, "constructor: a").problems).toHaveLength(1);
});
