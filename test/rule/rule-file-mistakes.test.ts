import { expect, it } from "vitest";
import { readRuleFile } from "../../src/rule/file/rule-file.ts";

const rule = "{ record: shop:stock, expr: stock }";

it.each([
  ["a group without a name", `groups: [{ rules: [${rule}] }]`, "rule-file/group", "A group needs a name."],
  [
    "two groups of one name",
    `groups: [{ name: a, rules: [] }, { name: a, rules: [] }]`,
    "rule-file/group",
    'The group "a" is in this file twice.',
  ],
  [
    "a rule that is neither",
    "groups: [{ name: a, rules: [{ expr: stock }] }]",
    "rule-file/rule",
    "A rule needs `record` or `alert`.",
  ],
  [
    "a rule that is both",
    "groups: [{ name: a, rules: [{ record: a, alert: A, expr: stock }] }]",
    "rule-file/rule",
    "A rule has either `record` or `alert`, and this one has both.",
  ],
  [
    "PromQL that is none",
    "groups: [{ name: a, rules: [{ record: a, expr: 'sum(' }] }]",
    "rule-file/rule",
    "could not parse expression",
  ],
  [
    "a field that nobody knows",
    `groups: [{ name: a, interva: 1m, rules: [${rule}] }]`,
    "yaml/unknown-field",
    "interva",
  ],
  [
    "a field given twice",
    `groups: [{ name: a, name: b, rules: [${rule}] }]`,
    "yaml/duplicate-key",
    '"name" stands here a second time.',
  ],
  ["a list where a text belongs", `groups: [{ name: [a], rules: [${rule}] }]`, "yaml/wrong-type", "got a list"],
])("refuses %s", (_, source, code, message) => {
  const [first] = readRuleFile(source, "rules.yml").diagnostics;
  expect(first?.code).toBe(code);
  expect(first?.message).toContain(message);
  expect(first?.place?.file).toBe("rules.yml");
});

it("refuses aliases that blow a small file up", () => {
  const many = (alias: string) => Array(1500).fill(alias).join(", ");
  const rules = `[&r { record: shop:stock, expr: stock }, ${many("*r")}]`;
  const { diagnostics } = readRuleFile(`groups: [&g { name: a, rules: ${rules} }, ${many("*g")}]\n`, "rules.yml");
  expect(diagnostics.map(({ code }) => code)).toContain("yaml/aliases");
});
