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
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 9; i++)
    lines.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(", ")}]`,
    );
  const { diagnostics } = readRuleFile(`${lines.join("\n")}\ngroups: *a8\n`, "rules.yml");
  expect(diagnostics.length).toBeGreaterThan(0);
});
