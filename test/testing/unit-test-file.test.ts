import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { runTestFile } from "../../src/testing/unit-test/run-test-file.ts";

function run(source: string | undefined) {
  const folder = mkdtempSync(join(tmpdir(), "tocsin-unit-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "stock_test.yml");
  if (source !== undefined) writeFileSync(file, source);
  return runTestFile(file, {});
}

it.each([
  ["there is no such file", undefined, "unit-test/unreadable"],
  ["a group stands in the order twice", "group_eval_order: [a, a]\ntests: []\n", "unit-test/group-order"],
  ["a pattern of rule files is none", "rule_files: ['[']\ntests: []\n", "unit-test/rule-files"],
])("fails, and says why, where %s", (_, source, code) => {
  const { passed, diagnostics } = run(source);
  expect(passed).toBe(false);
  expect(diagnostics.map((one) => one.code)).toEqual([code]);
});
