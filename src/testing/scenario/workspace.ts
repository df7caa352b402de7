/** The plan that scenarios run: resolved once for the same definitions and environment. */
import { plan as planOf } from "../../emit/compile.ts";
import type { WorkspaceModule } from "../../model/workspace.ts";
import type { Plan } from "../../plan/plan.ts";
import { type PlannedRules, rulesFromPlan } from "../../rule/from-plan.ts";

/** What a scenario starts from: a module's exports, or several of them spread into one object. */
export type Definitions = Readonly<Record<string, unknown>> | object;

export interface PlannedWorkspace extends PlannedRules {
  readonly plan: Plan;
  /** The project, whose templates texts are made with; the current folder where nothing is said. */
  readonly root?: string;
}

const known = new WeakMap<object, Map<string, PlannedWorkspace>>();

/** Resolves definitions; throws where something is wrong with them, as the build would say it. */
export function plannedWorkspace(definitions: Definitions, environment: string | undefined): PlannedWorkspace {
  const byEnvironment = known.get(definitions) ?? new Map<string, PlannedWorkspace>();
  known.set(definitions, byEnvironment);
  const key = environment ?? "";
  let found = byEnvironment.get(key);
  if (found === undefined) {
    const plan = choose(resolve(definitions), environment);
    found = { plan, ...rulesFromPlan(plan) };
    byEnvironment.set(key, found);
  }
  return found;
}

/** Resolves modules as a loader gives them; throws where something is wrong with them. */
export function plannedModules(modules: readonly WorkspaceModule[], environment: string | undefined): PlannedWorkspace {
  const plan = choose(resolveModules(modules), environment);
  return { plan, ...rulesFromPlan(plan) };
}

const plans = new WeakMap<object, readonly Plan[]>();

function resolve(definitions: Definitions): readonly Plan[] {
  let found = plans.get(definitions);
  if (found === undefined) {
    const exports = definitions as WorkspaceModule["exports"];
    found = resolveModules([{ file: "scenario", exports }]);
    plans.set(definitions, found);
  }
  return found;
}

function resolveModules(modules: readonly WorkspaceModule[]): readonly Plan[] {
  const { plans: all, diagnostics } = planOf(modules);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0)
    throw new Error(`the monitors cannot be built:\n${errors.map(({ message }) => `- ${message}`).join("\n")}`);
  return all;
}

function choose(all: readonly Plan[], environment: string | undefined): Plan {
  const found = environment === undefined ? all[0] : all.find((plan) => plan.environment === environment);
  if (found !== undefined) return found;
  const names = all.flatMap((plan) => plan.environment ?? []);
  throw new Error(`there is no environment ${JSON.stringify(environment)}; there are ${names.join(", ") || "none"}`);
}
