/** Puts the assertions of a test file to changed rules: only those that reach a rule can notice its changes. */
import { onlyNeeded } from "../../rule/dependencies.ts";
import type { Rule } from "../../rule/rule.ts";
import { groupBy } from "../../util/group-by.ts";
import type { Assertion } from "../assertions.ts";
import { whereabouts } from "../coverage/whereabouts.ts";
import type { PlannedWorkspace } from "../scenario/workspace.ts";
import { mutantsOfRule } from "./mutants.ts";
import type { MutantResult, MutationResult } from "./result.ts";

/** Tells which changes of the rules the assertions notice. */
export async function mutantsOf(assertions: readonly Assertion[]): Promise<MutationResult> {
  const mutants: MutantResult[] = [];
  let milliseconds = 0;
  for (const [workspace, own] of groupBy(assertions, ({ scenario }) => scenario.workspace)) {
    const reaches = reachesOf(workspace, own);
    for (const [rule, definition] of workspace.definitionOf) {
      const place = await whereabouts(definition);
      const reaching = own.filter((assertion) => reaches.get(assertion.rule)?.rules.has(rule));
      const start = performance.now();
      for (const { change, rule: changed } of mutantsOfRule(rule)) {
        const noticed = reaching.length > 0 && isNoticed(reaching, workspace, reaches, rule, changed);
        mutants.push({ rule: rule.name, ...place, change, noticed });
      }
      milliseconds += performance.now() - start;
    }
  }
  return { mutants, milliseconds };
}

interface Reach {
  readonly groups: PlannedWorkspace["groups"];
  readonly rules: ReadonlySet<Rule>;
}

type Reaches = ReadonlyMap<Assertion["rule"], Reach>;

/** By the rule that is asserted, the rules that have a say in it. */
function reachesOf(workspace: PlannedWorkspace, assertions: readonly Assertion[]): Reaches {
  const reaches = new Map<Assertion["rule"], Reach>();
  for (const { rule: definition } of assertions) {
    const rule = workspace.ruleOf.get(definition);
    if (rule === undefined || reaches.has(definition)) continue;
    const groups = onlyNeeded(workspace.groups, [rule]);
    reaches.set(definition, { groups, rules: new Set(groups.flatMap(({ rules }) => rules)) });
  }
  return reaches;
}

function isNoticed(
  assertions: readonly Assertion[],
  workspace: PlannedWorkspace,
  reaches: Reaches,
  rule: Rule,
  changed: Rule,
): boolean {
  const workspaces = new Map<Assertion["rule"], PlannedWorkspace>();
  return assertions.some(({ rule: asserted, scenario, holds }) => {
    let other = workspaces.get(asserted);
    if (other === undefined) {
      other = withChanged(workspace, (reaches.get(asserted) as Reach).groups, rule, changed);
      workspaces.set(asserted, other);
    }
    try {
      return !holds(scenario.withWorkspace(other));
    } catch {
      // A rule that fails is noticed, too.
      return true;
    }
  });
}

function withChanged(
  { plan, definitionOf, ruleOf }: PlannedWorkspace,
  groups: PlannedWorkspace["groups"],
  rule: Rule,
  changed: Rule,
): PlannedWorkspace {
  const definition = definitionOf.get(rule);
  if (definition === undefined) throw new Error("a rule that nobody defined");
  return {
    plan,
    groups: groups.map((group) => ({ ...group, rules: group.rules.map((one) => (one === rule ? changed : one)) })),
    definitionOf: new Map(definitionOf).set(changed, definition),
    ruleOf: new Map(ruleOf).set(definition, changed),
  };
}
