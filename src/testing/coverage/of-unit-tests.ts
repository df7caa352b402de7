/** The coverage that promtool's unit tests add up to. */

import { compileQuery, InvalidQueryError } from "../../engine/query.ts";
import { readsOf } from "../../rule/dependencies.ts";
import type { Rule, RuleGroup } from "../../rule/rule.ts";
import type { RanTest } from "../unit-test/run-test-file.ts";
import { branchCoverage } from "./branches.ts";
import { isConstant, mergeCoverage, type RuleCoverage } from "./coverage.ts";

/** What tests that passed show of the rules that they load. */
export function coverageOfTests(tests: readonly RanTest[]): readonly RuleCoverage[] {
  return mergeCoverage(tests.map(coverageOfTest));
}

function coverageOfTest({ test, groups, ran }: RanTest): readonly RuleCoverage[] {
  const read = test.promql_expr_test.map(({ expr }) => readsOfText(expr));
  return groups.flatMap((group) =>
    group.rules.map((rule) => {
      const own = test.alert_rule_test.filter(({ alertname }) => rule.kind === "alerting" && alertname === rule.name);
      return {
        name: rule.name,
        kind: rule.kind,
        file: fileOf(group),
        line: rule.line ?? 0,
        fired: own.some(({ exp_alerts }) => exp_alerts.length > 0) && hasFired(rule, ran),
        quiet: own.some(({ exp_alerts }) => exp_alerts.length === 0),
        constant: isConstant(rule.expr),
        asserted: rule.kind === "recording" && read.some((reads) => reads(rule.name)),
        branches: branchCoverage(rule.expr, ran === undefined ? [] : [ran]),
      };
    }),
  );
}

/** Rules may share a name: only one that is active has fired. */
function hasFired(rule: Rule, ran: RanTest["ran"]): boolean {
  if (rule.kind !== "alerting") return false;
  const history = ran?.alerts.get(rule) ?? [];
  return history.some(({ alerts }) => alerts.some(({ state }) => state === "firing"));
}

function fileOf({ file, name }: RuleGroup): string {
  return file ?? name;
}

function readsOfText(expr: string): (name: string) => boolean {
  try {
    return readsOf(compileQuery(expr).expr);
  } catch (error) {
    if (error instanceof InvalidQueryError) return () => false;
    throw error;
  }
}
