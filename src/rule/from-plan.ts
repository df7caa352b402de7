/** The rules of a plan, ready to be evaluated: the same ones that are printed. */
import type { Definition } from "../model/definition.ts";
import { escapeTemplate } from "../model/text.ts";
import type { Plan, PlannedGroup, PlannedRule } from "../plan/plan.ts";
import { parseDuration } from "../quantity/duration.ts";
import type { Rule, RuleGroup } from "./rule.ts";

export interface PlannedRules {
  readonly groups: readonly RuleGroup[];
  /** What each rule was defined as. */
  readonly definitionOf: ReadonlyMap<Rule, Definition>;
  readonly ruleOf: ReadonlyMap<Definition, Rule>;
}

/** The rule groups of a plan in the order of their files, which is the order of evaluation. */
export function rulesFromPlan({ prometheus }: Plan): PlannedRules {
  const definitionOf = new Map<Rule, Definition>();
  const ruleOf = new Map<Definition, Rule>();
  const remember = (rule: Rule, { definition }: PlannedRule) => {
    definitionOf.set(rule, definition);
    ruleOf.set(definition, rule);
    return rule;
  };
  const groups = prometheus.ruleFiles.flatMap(({ path, groups }) =>
    groups.map((group) => ({
      name: group.name,
      file: path,
      intervalMs: group.interval === undefined ? undefined : milliseconds(group.interval),
      queryOffsetMs: group.queryOffset === undefined ? 0 : milliseconds(group.queryOffset),
      limit: group.limit ?? 0,
      rules: group.rules.map((rule) => remember(ruleFromPlan(rule, group), rule)),
    })),
  );
  return { groups, definitionOf, ruleOf };
}

function ruleFromPlan(rule: PlannedRule, group: PlannedGroup): Rule {
  const { name, expr, text } = rule;
  if (rule.kind === "recording")
    return Object.freeze({ kind: "recording", name, expr, text, labels: { ...group.labels, ...rule.labels } });
  // Labels are literal in the plan and templates in a rule file.
  const own = Object.fromEntries(Object.entries(rule.labels).map(([label, value]) => [label, escapeTemplate(value)]));
  return Object.freeze({
    kind: "alerting",
    name,
    expr,
    text,
    labels: { ...group.labels, ...own },
    forMs: rule.for === undefined ? 0 : milliseconds(rule.for),
    keepFiringForMs: rule.keepFiringFor === undefined ? 0 : milliseconds(rule.keepFiringFor),
    annotations: rule.annotations,
  });
}

/** Durations of a plan have passed their schema. */
function milliseconds(duration: string): number {
  const ms = parseDuration(duration);
  if (ms === undefined) throw new Error(`a plan with the duration ${JSON.stringify(duration)}`);
  return ms;
}
