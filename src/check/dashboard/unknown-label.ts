/** A panel groups and narrows only by labels that its metrics have. */

import { didYouMean } from "../../diagnostic/near-miss.ts";
import type { Expr, VectorSelector } from "../../promql/ast.ts";
import { holdsVariable } from "../../promql/language.ts";
import { labelFact } from "../../promql/type/flow/facts.ts";
import { walk } from "../../promql/walk.ts";
import { type DashboardCheck, flowOf, type Knowledge, readableQueries, selectorsOf } from "../dashboard-check.ts";

export const unknownLabel: DashboardCheck = {
  code: "dashboard/unknown-label",
  severity: "warning",
  about: "A panel groups and narrows only by labels that its metrics have.",
  help: "declare the label with the metric, or correct its name",
  *find(dashboard, knowledge) {
    if (knowledge.catalog === undefined) return;
    for (const { panel, query, expr } of readableQueries(dashboard)) {
      for (const selector of selectorsOf(expr)) {
        for (const label of unknownMatchers(selector, knowledge))
          yield {
            panel,
            query,
            message: `narrows ${selector.name} by ${label}.${didYouMean(label, labelsOf(selector, knowledge))}`,
          };
      }
      for (const label of unknownGroups(expr, knowledge))
        yield { panel, query, message: `groups by ${label}, which what it groups cannot have` };
    }
  },
};

function labelsOf({ name = "" }: VectorSelector, { catalog }: Knowledge): readonly string[] {
  return Object.keys(catalog?.(name)?.labels ?? {});
}

function unknownMatchers(selector: VectorSelector, knowledge: Knowledge): readonly string[] {
  const facts = knowledge.catalog?.(selector.name ?? "");
  if (facts?.labels === undefined || facts.open) return [];
  const { labels } = facts;
  return selector.matchers
    .map(({ name }) => name)
    .filter((name) => name !== "__name__" && !Object.hasOwn(labels, name) && !holdsVariable(name));
}

function* unknownGroups(expr: Expr, knowledge: Knowledge): Generator<string> {
  for (const node of walk(expr)) {
    if (node.kind !== "AggregateExpr" || node.without) continue;
    const { labels } = flowOf(node.expr, knowledge);
    for (const label of node.grouping) {
      if (!holdsVariable(label) && labelFact(labels, label).status === "cannot") yield label;
    }
  }
}
