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
 * The rules that can be evaluated at all their times before the others are: none of them reads what a later one, or it
 * itself, writes, and no earlier one of the others would see what it writes too early.
 */
export function rulesToRunAhead(groups: readonly RuleGroup[]): ReadonlySet<Rule> {
  let found = known.get(groups);
  if (found === undefined) {
    found = findRulesToRunAhead(groups);
    known.set(groups, found);
  }
  return found;
}

/** The tests of a file run the same groups one after the other. */
const known = new WeakMap<readonly RuleGroup[], ReadonlySet<Rule>>();

function findRulesToRunAhead(groups: readonly RuleGroup[]): ReadonlySet<Rule> {
  const rules = groups.flatMap((group) => group.rules.map((rule) => ({ rule, isLate: group.queryOffsetMs > 0 })));
  if (rules.some(({ rule }) => looksElsewhere(rule.expr) || asksElsewhere(rule))) return new Set();
  const writers = new Map<string, number[]>();
  for (const [i, { rule }] of rules.entries())
    for (const name of outputsOf(rule)) writers.set(name, [...(writers.get(name) ?? []), i]);
  const read = rules.map(({ rule }) => {
    const reads = ruleReads(rule);
    return [...writers].flatMap(([name, by]) => (reads(name) ? by : []));
  });
  const stepwise = new Set<number>();
  // Until nothing changes: a rule that has to wait makes others wait.
  for (let size = -1; size !== stepwise.size; ) {
    size = stepwise.size;
    for (const [i, sources] of read.entries()) {
      // What is written later than the time it is written for is seen too early.
      const waits = sources.some((source) => source >= i || stepwise.has(source) || rules[source]?.isLate);
      if (waits) stepwise.add(i);
      if (stepwise.has(i)) for (const source of sources) if (source >= i || rules[source]?.isLate) stepwise.add(source);
    }
  }
  return new Set(rules.flatMap(({ rule }, i) => (stepwise.has(i) ? [] : [rule])));
}

/** The metric names that a rule may read: with its expression, and with queries in its texts, which name what they ask for. */
function ruleReads(rule: Rule): Reads {
  const reads = readsOf(rule.expr);
  if (!asksQueries(rule) || rule.kind === "recording") return reads;
  const texts = [...Object.values(rule.labels), ...Object.values(rule.annotations)];
  return (name) => reads(name) || texts.some((text) => text.includes(name));
}

function asksElsewhere(rule: Rule): boolean {
  if (!asksQueries(rule) || rule.kind === "recording") return false;
  const texts = [...Object.values(rule.labels), ...Object.values(rule.annotations)];
  return texts.some((text) => /\boffset\b|@|__name__/.test(text));
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
