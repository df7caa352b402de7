/** The coverage that a test file's assertions add up to. */

import { groupBy } from "../../util/group-by.ts";
import type { Assertion } from "../assertions.ts";
import type { PlannedWorkspace } from "../scenario/workspace.ts";
import { branchCoverage, type Ran } from "./branches.ts";
import { isConstant, mergeCoverage, type RuleCoverage } from "./coverage.ts";
import { whereabouts } from "./whereabouts.ts";

/** What the assertions show of every rule of the workspaces that they are about. */
export async function coverageOf(assertions: readonly Assertion[]): Promise<readonly RuleCoverage[]> {
  const byWorkspace = groupBy(assertions, ({ scenario }) => scenario.workspace);
  const all = [...byWorkspace].map(([workspace, own]) => ofWorkspace(workspace, own));
  return mergeCoverage(await Promise.all(all));
}

async function ofWorkspace(
  { definitionOf }: PlannedWorkspace,
  assertions: readonly Assertion[],
): Promise<readonly RuleCoverage[]> {
  const byRule = groupBy(assertions, ({ rule }) => rule);
  return Promise.all(
    [...definitionOf].map(async ([rule, definition]) => {
      const own = byRule.get(definition) ?? [];
      const has = (kind: Assertion["kind"]) => own.some((assertion) => assertion.kind === kind);
      return {
        name: rule.name,
        kind: rule.kind,
        ...(await whereabouts(definition)),
        fired: has("fires"),
        quiet: has("quiet"),
        constant: isConstant(rule.expr),
        asserted: has("records"),
        branches: branchCoverage(rule.expr, own.map(ran)),
      };
    }),
  );
}

function ran({ scenario, atMs }: Assertion): Ran {
  const { startMs, intervalMs } = scenario;
  return { storage: scenario.run(atMs).storage, startMs, endMs: startMs + atMs, stepMs: intervalMs };
}
