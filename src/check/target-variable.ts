/** Variables for a target's labels, `job` and `instance`, and the matchers that use them. */
import type { PlannedDashboard } from "../plan/dashboard/planned.ts";
import type { VectorSelector } from "../promql/ast.ts";
import {
  asksPrometheus,
  type Finding,
  type Knowledge,
  mayHaveLabel,
  readableQueries,
  selectorsOf,
} from "./dashboard-check.ts";

/** Looks at the variable of a label that every scraped series has. */
export function* targetVariable(
  dashboard: PlannedDashboard,
  label: string,
  title: string,
  knowledge: Knowledge,
): Generator<Finding> {
  if (!asksPrometheus(dashboard) || !isNeeded(dashboard, label, knowledge)) return;
  const variable = dashboard.variables.find(({ name }) => name === label);
  if (variable === undefined) {
    yield { message: `has no variable ${label}` };
    return;
  }
  const problem = (what: string): Finding => ({ variable, message: `its variable ${label} ${what}` });
  if (!/^\$\{?(?:prometheus_)?datasource\}?$/.test(variable.datasource.ref ?? ""))
    yield problem(`should ask the data source $datasource, and asks ${variable.datasource.ref ?? "none"}`);
  if (variable.kind !== "query") yield problem(`should be filled by a query, and is of type ${variable.kind}`);
  if (variable.label !== title) yield problem(`should be labelled ${title}, and is ${variable.label ?? "not"}`);
  if (!variable.multi) yield problem("should take several values");
  if (variable.allValue !== ".+")
    yield problem(`should stand for .+ where all are chosen, and stands for ${variable.allValue ?? "a list"}`);
}

/** Looks for `label=~"$label"` in every selector. */
export function* targetMatcher(dashboard: PlannedDashboard, label: string, knowledge: Knowledge): Generator<Finding> {
  if (!asksPrometheus(dashboard)) return;
  for (const { panel, query, expr } of readableQueries(dashboard)) {
    for (const selector of selectorsOf(expr)) {
      if (!mayHaveLabel(selector.name, label, knowledge)) continue;
      const problem = matcherProblem(selector, label);
      if (problem !== undefined) yield { panel, query, message: `${selector.name ?? "a selector"} ${problem}` };
    }
  }
}

/** Whether anything that the dashboard reads can have the label. */
function isNeeded(dashboard: PlannedDashboard, label: string, knowledge: Knowledge): boolean {
  if (knowledge.catalog === undefined) return true;
  return readableQueries(dashboard).some(({ expr }) =>
    selectorsOf(expr).some(({ name }) => mayHaveLabel(name, label, knowledge)),
  );
}

function matcherProblem({ matchers }: VectorSelector, label: string): string | undefined {
  const own = matchers.filter(({ name }) => name === label);
  const variable = new RegExp(`^(?:\\$${label}|\\$\\{${label}(?::\\w+)?\\}|\\[\\[${label}\\]\\])$`);
  if (own.some(({ op, value }) => op === "=~" && variable.test(value))) return undefined;
  const [other] = own;
  if (other === undefined) return `is not narrowed by ${label}=~"$${label}"`;
  return `is narrowed by ${label}${other.op}${JSON.stringify(other.value)}, not by ${label}=~"$${label}"`;
}
