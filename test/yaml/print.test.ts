import fc from "fast-check";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { printYaml, type YamlValue } from "../../src/yaml/print.ts";
import { runs } from "../helpers/property-runs.ts";

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "yes",
    "NO",
    "0x1f",
    "1e3",
    "~",
    "null",
    "- a",
    "a: b",
    "a #b",
    "#c",
    "{{ $value }}",
    "'",
    '"',
    "a\nb",
    " a\n b\n",
    "|",
    "&a",
    "*a",
    "!t",
    "%d",
    "@x",
    "`",
    "\t",
    "2026-11-23",
    "=",
    "<<",
    "a\n\n",
    "\n",
    ".5",
    "12:30:00",
    "30s",
    "1h30m",
    "  a\n  b",
    " (\n  x\n)",
    "\u2028",
    "\u0085x",
  ),
  fc
    .array(fc.constantFrom("a", "b:", " ", "\n", "#", "  ", "\t", "'", '"', "-", "\r"), { maxLength: 8 })
    .map((parts) => parts.join("")),
);

const value: fc.Arbitrary<YamlValue> = fc.letrec<{ any: YamlValue }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== "__proto__"),
      tie("any"),
      { maxKeys: 4 },
    ),
  ),
})).any;

it("reads back as it was, whatever the strings", () => {
  fc.assert(
    fc.property(value, (data) => {
      for (const version of ["1.1", "1.2"] as const) {
        expect(parse(printYaml(data), { version, merge: false, uniqueKeys: false })).toEqual(data);
      }
    }),
    { numRuns: runs(3000) },
  );
});

it("leaves out members that are undefined", () => {
  expect(printYaml({ name: "catalog", interval: undefined, rules: [{ alert: "InventoryLow", labels: {} }] })).toBe(
    "name: catalog\nrules:\n  - alert: InventoryLow\n    labels: {}\n",
  );
});

it("prints text of several lines as a block, and expressions as they are", () => {
  expect(printYaml({ expr: "sum by (sku) (catalog_inventory_items) < 10", text: "one\ntwo" })).toBe(
    "expr: sum by (sku) (catalog_inventory_items) < 10\ntext: |-\n  one\n  two\n",
  );
});
