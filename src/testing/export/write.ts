/** Writes a test file's scenarios out as promtool's unit tests, with the rules that they are about. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { ruleFile } from "../../emit/prometheus/rule-file.ts";
import type { Plan } from "../../plan/plan.ts";
import { groupBy } from "../../util/group-by.ts";
import { printYaml } from "../../yaml/print.ts";
import type { Assertion } from "../assertions.ts";
import { toPromtool } from "./to-promtool.ts";

const WARNING =
  "# Written by `tocsin test --export` from the scenarios that its name says. Changes to this file get lost.\n";

/** Writes to `folder`: a file for each environment that the test file's scenarios run in. */
export function writeExport(folder: string, testFile: string, assertions: readonly Assertion[], root: string): void {
  for (const [plan, own] of groupBy(assertions, ({ scenario }) => scenario.workspace.plan)) {
    const rules = writeRules(folder, plan);
    const name = relative(root, testFile)
      .split(sep)
      .join("-")
      .replace(/\.(?:test|spec)\.[mc]?[jt]sx?$/, "");
    const environment = plan.folder === "" ? "" : `-${plan.folder}`;
    const path = join(folder, `${name}${environment}.yml`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, WARNING + printYaml(toPromtool(own, rules)));
  }
}

/** The rules as they are built; the answer is where they lie, seen from `folder`. */
function writeRules(folder: string, plan: Plan): readonly string[] {
  return plan.prometheus.ruleFiles.map((file) => {
    const path = ["rules", plan.folder, file.path].filter((part) => part !== "").join("/");
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), printYaml(ruleFile(file)));
    return path;
  });
}
