import { expect, it } from "vitest";
import { lineAndColumn } from "../../src/diagnostic/diagnostic.ts";
import { readYaml, type YamlNode } from "../../src/yaml/read.ts";
import { resolveScalar } from "../../src/yaml/resolve-scalar.ts";

function plain(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === "list") return node.items.map(plain);
  if (node.kind === "map") return Object.fromEntries(node.entries.map(({ key, value }) => [plain(key), plain(value)]));
  return node.text;
}

const problems = (source: string) =>
  readYaml(source, "shop.yml").diagnostics.map(({ severity, message, place }) => {
    const { line, column } = lineAndColumn(source, place?.start ?? 0);
    return `${severity} ${line}:${column} ${message}`;
  });

it("keeps the letters of every scalar, and whether they stood between quotes", () => {
  const { root } = readYaml("a: yes\nb: 'yes'\nc: 0x1F\n");
  expect(plain(root)).toEqual({ a: "yes", b: "yes", c: "0x1F" });
  expect(root?.kind === "map" && root.entries.map(({ value }) => value.kind === "scalar" && value.plain)).toEqual([
    true,
    false,
    true,
  ]);
});

it("knows the place of everything", () => {
  const source = "route:\n  receiver: shop # the desk\n";
  const { root } = readYaml(source);
  const route = root?.kind === "map" ? root.entries[0]?.value : undefined;
  const receiver = route?.kind === "map" ? route.entries[0]?.value : undefined;
  expect(source.slice(receiver?.start, receiver?.end)).toBe("shop");
});

it("puts what an anchor names in the place of its aliases", () => {
  expect(plain(readYaml("a: &x [1, 2]\nb: *x\n").root)).toEqual({ a: ["1", "2"], b: ["1", "2"] });
});

it.each([
  ["a: *nobody\n", 'error 1:4 There is no anchor "&nobody" before this alias.'],
  ["a: &x [*x]\n", 'error 1:8 The anchor "&x" contains itself.'],
  ["a:\n  -\tb\n", "error 2:4 A tab cannot indent."],
  ["a: \u0001\n", "error 1:4 The character U+0001 is not allowed in YAML."],
  ["%YAML 1.2\n---\na: b\n", "error 1:1 YAML 1.2 is not supported."],
  ["a: { b: http://c/?d=e }\n", 'error 1:9 Between brackets, a text with "?" needs quotes.'],
  ["a: { b: :25 }\n", 'error 1:9 Between brackets, a text that begins with ":" needs quotes.'],
  ["a: b\n---\nc: [\n", "warning 2:1 Only the first YAML document of the file is read."],
  ["a: b\n%TAG ! tag:shop.example,2026:\n---\n{\n", "warning 2:1 Only what stands before this line is read."],
])("says of %j what is wrong with it", (source, expected) => {
  expect(problems(source)).toEqual([expected]);
});

it("reports one mistake in the syntax, not its consequences", () => {
  expect(problems("a: [b\nc: d\ne: f\n")).toHaveLength(1);
});

it("lets brackets and quoted texts go on in the first column, as Go does, and keeps their places", () => {
  const source = "a:\n  b: { c: [\n1,\n2\n] }\n  d: 'x\ny'\n  e: f\n";
  const { root, diagnostics } = readYaml(source);
  expect(diagnostics).toEqual([]);
  expect(plain(root)).toEqual({ a: { b: { c: ["1", "2"] }, d: "x y", e: "f" } });
  const a = root?.kind === "map" ? root.entries[0]?.value : undefined;
  const e = a?.kind === "map" ? a.entries[2]?.value : undefined;
  expect(source.slice(e?.start, e?.end)).toBe("f");
});

it("takes a lone carriage return for the end of a line", () => {
  expect(plain(readYaml("a: 1\rb: 2\r").root)).toEqual({ a: "1", b: "2" });
});

it.each([
  ["yes", { kind: "bool", value: true }],
  ["Off", { kind: "bool", value: false }],
  ["n", { kind: "bool", value: false }],
  ["", { kind: "null" }],
  ["NULL", { kind: "null" }],
  ["12", { kind: "int", value: 12n }],
  ["-0x1F", { kind: "int", value: -31n }],
  ["010", { kind: "int", value: 8n }],
  ["0b11", { kind: "int", value: 3n }],
  ["1_000", { kind: "int", value: 1000n }],
  ["08", { kind: "float", value: 8 }],
  ["18446744073709551615", { kind: "int", value: 18446744073709551615n }],
  [".5", { kind: "float", value: 0.5 }],
  ["1e3", { kind: "float", value: 1000 }],
  ["-.inf", { kind: "float", value: Number.NEGATIVE_INFINITY }],
  ["5m", { kind: "text", value: "5m" }],
  ["2026-03-01", { kind: "text", value: "2026-03-01" }],
])("reads the plain scalar %j as YAML 1.1 does", (text, expected) => {
  expect(resolveScalar({ kind: "scalar", text, plain: true, tag: undefined, start: 0, end: 0 })).toEqual(expected);
});

it.each([
  ["!!str 5", { kind: "text", value: "5" }],
  ['!!int "5"', { kind: "int", value: 5n }],
  ["!!float 5", { kind: "float", value: 5 }],
  ["!!binary c2hvcA==", { kind: "text", value: "shop" }],
  ["!!int shop", { kind: "mistake", message: '"shop" is no int' }],
])("reads the tagged scalar %s by its tag", (source, expected) => {
  const { root } = readYaml(source);
  expect(root?.kind === "scalar" && resolveScalar(root)).toEqual(expected);
});
