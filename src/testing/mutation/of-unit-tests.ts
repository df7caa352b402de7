/** Puts promtool's unit tests to changed rules. */

import { compileQuery } from "../../engine/query.ts";
import { onlyNeeded, readsOf } from "../../rule/dependencies.ts";
import { outputsOf, type Rule, type RuleGroup } from "../../rule/rule.ts";
import type { RanTest } from "../unit-test/run-test-file.ts";
import { mutantsOfRule } from "./mutants.ts";
import type { MutantResult, MutationResult } from "./result.ts";

/** Tells which changes of the rules the tests notice; tests that fail as it is have no say. */
export function mutantsOfTests(tests: readonly RanTest[]): MutationResult {
  const start = performance.now();
  const passing = tests.filter(({ failures }) => failures.length === 0);
  const reaches = new Map(passing.map((test) => [test, reachOf(test)]));
  const rules = new Map<Rule, RuleGroup>();
  for (const { groups } of tests) for (const group of groups) for (const rule of group.rules) rules.set(rule, group);
  const mutants: MutantResult[] = [];
  for (const [rule, group] of rules) {
    const reaching = passing.filter((test) => reaches.get(test)?.rules.has(rule));
    for (const { change, rule: changed } of mutantsOfRule(rule)) {
      const noticed = reaching.some((test) => fails(test, reaches.get(test) as Reach, rule, changed));
      mutants.push({ rule: rule.name, file: group.file ?? group.name, line: rule.line ?? 0, change, noticed });
    }
  }
  return { mutants, milliseconds: performance.now() - start };
}

interface Reach {
  readonly groups: readonly RuleGroup[];
  readonly rules: ReadonlySet<Rule>;
}

/** The rules that have a say in what a test asks for. */
function reachOf({ test, groups }: RanTest): Reach {
  const names = new Set(test.alert_rule_test.map(({ alertname }) => alertname));
  const reads = test.promql_expr_test.map(({ expr }) => readsOf(compileQuery(expr).expr));
  const isAsked = (rule: Rule) =>
    (rule.kind === "alerting" && names.has(rule.name)) ||
    outputsOf(rule).some((name) => reads.some((test) => test(name)));
  const asked = groups.flatMap(({ rules }) => rules.filter(isAsked));
  const needed = onlyNeeded(groups, asked);
  return { groups: needed, rules: new Set(needed.flatMap(({ rules }) => rules)) };
}

function fails({ rerun }: RanTest, { groups }: Reach, rule: Rule, changed: Rule): boolean {
  const replaced = groups.map((group) => ({
    ...group,
    rules: group.rules.map((one) => (one === rule ? changed : one)),
  }));
  return rerun(replaced).length > 0;
}
