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

/** Writes to `folder`: a file for each set of monitors, and environment, that the test file's scenarios are about. */
export function writeExport(folder: string, testFile: string, assertions: readonly Assertion[], root: string): void {
  const name = relative(root, testFile)
    .split(sep)
    .join("-")
    .replace(/\.(?:test|spec)\.[mc]?[jt]sx?$/, "");
  const taken = new Map<string, number>();
  for (const [plan, own] of groupBy(assertions, ({ scenario }) => scenario.workspace.plan)) {
    const named = plan.folder === "" ? name : `${name}-${plan.folder}`;
    // A test file may make several sets of monitors of its own.
    const count = (taken.get(named) ?? 0) + 1;
    taken.set(named, count);
    const title = count === 1 ? named : `${named}-${count}`;
    const rules = writeRules(folder, title, plan);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${title}.yml`), WARNING + printYaml(toPromtool(own, rules)));
  }
}

/** The rules as they are built, in a folder of their own; the answer is where they lie, seen from `folder`. */
function writeRules(folder: string, title: string, plan: Plan): readonly string[] {
  return plan.prometheus.ruleFiles.map((file) => {
    const path = ["rules", title, file.path].join("/");
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), printYaml(ruleFile(file)));
    return path;
  });
}
