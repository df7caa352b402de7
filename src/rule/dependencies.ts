/** Which rules may read what others write, and which of them look at more than what lies behind a moment. */
import { METRIC_NAME } from "../label/label-set.ts";
import { matcherTest } from "../label/matcher.ts";
import type { Duration, Expr, VectorSelector } from "../promql/ast.ts";
import { walkExpr } from "../promql/map.ts";
import { outputsOf, type Rule, type RuleGroup } from "./rule.ts";

/** A test for the metric names that an expression may read. */
export type Reads = (metricName: string) => boolean;

/** The metric names that any selector of the expression accepts. */
export function readsOf(expr: Expr): Reads {
  const tests: Reads[] = [];
  walkExpr(expr, (node) => {
    if (node.kind === "VectorSelector") tests.push(nameTest(node));
    // What it joins need not be selected by any part of the expression.
    else if (node.kind === "Call" && node.func === "info") tests.push(() => true);
  });
  return (name) => tests.some((test) => test(name));
}

function nameTest({ name, matchers }: VectorSelector): Reads {
  if (name !== undefined) return (metricName) => metricName === name;
  const tests = matchers.filter((matcher) => matcher.name === METRIC_NAME).map(matcherTest);
  return (metricName) => tests.every((test) => test(metricName));
}

/**
 * Whether every rule can be evaluated at all its times before the next rule is: none reads what a later one, or it
 * itself, writes, and none looks ahead or at the bounds of the query.
 */
export function canRunRuleByRule(groups: readonly RuleGroup[]): boolean {
  const later = new Map<string, number>();
  let rules = 0;
  for (const group of groups) {
    for (const rule of group.rules) {
      // What is written later than the time it is written for is seen too early.
      const order = group.queryOffsetMs > 0 ? Number.POSITIVE_INFINITY : rules;
      for (const name of outputsOf(rule)) later.set(name, Math.max(order, later.get(name) ?? order));
      rules++;
    }
  }
  let at = 0;
  for (const group of groups) {
    for (const rule of group.rules) {
      if (looksElsewhere(rule.expr) || asksQueries(rule)) return false;
      const reads = readsOf(rule.expr);
      for (const [name, last] of later) if (last >= at && reads(name)) return false;
      at++;
    }
  }
  return true;
}

/** Whether a text of the rule runs queries of its own. */
export function asksQueries(rule: Rule): boolean {
  if (rule.kind === "recording") return false;
  return [rule.labels, rule.annotations].some((texts) =>
    Object.values(texts).some((text) => text.includes("{{") && /\bquery\b/.test(text)),
  );
}

/** Whether an expression's value at a moment depends on more than the moment and what lies behind it. */
export function looksElsewhere(expr: Expr): boolean {
  let found = false;
  walkExpr(expr, (node) => {
    if (node.kind === "VectorSelector" || node.kind === "SubqueryExpr") {
      found ||= node.at !== undefined || (node.offset !== undefined && !isPast(node.offset));
      if (node.kind === "SubqueryExpr")
        found ||= !isFixed(node.range) || (node.step !== undefined && !isFixed(node.step));
    } else if (node.kind === "MatrixSelector") found ||= !isFixed(node.range);
  });
  return found;
}

function isPast(offset: Duration): boolean {
  return offset.kind === "DurationLiteral" && offset.ms >= 0;
}

/** Arithmetic may ask for the step and the range of the query. */
function isFixed({ kind }: Duration): boolean {
  return kind === "DurationLiteral";
}

/** The groups with no other rules than `wanted` and those whose results they read, directly or not. */
export function onlyNeeded(groups: readonly RuleGroup[], wanted: Iterable<Rule>): readonly RuleGroup[] {
  const all = groups.flatMap(({ rules }) => rules);
  const needed = new Set(wanted);
  for (const rule of needed) {
    const reads = readsOf(rule.expr);
    // A set is walked through to whatever was added on the way.
    for (const other of all) if (outputsOf(other).some(reads)) needed.add(other);
  }
  return groups.flatMap((group) => {
    const rules = group.rules.filter((rule) => needed.has(rule));
    return rules.length === 0 ? [] : [{ ...group, rules }];
  });
}
