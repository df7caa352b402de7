/** What one environment changes of the definitions. */

import { didYouMean } from "../diagnostic/near-miss.ts";
import type { Definition, DefinitionKind } from "../model/definition.ts";
import type { Environment, Override } from "../model/environment.ts";
import { isThresholdLiteral } from "../model/threshold.ts";
import { called, shapeOf } from "../model/validate.ts";
import type { Expr } from "../promql/ast.ts";
import { mapExpr } from "../promql/map.ts";
import type { Quantity } from "../quantity/quantity.ts";
import type { SourcedDiagnostic } from "../source/place.ts";
import { memoized } from "../util/memo.ts";
import { number } from "../vector/build.ts";

type Patch = Readonly<Record<string, unknown>>;

/** Which properties an environment may change of each kind; a threshold is changed as a whole. */
const CHANGEABLE: Readonly<Partial<Record<DefinitionKind, readonly string[] | undefined>>> = {
  Service: ["scrape", "rules", "runbooks"],
  AlertingRule: ["for", "keepFiringFor", "severity", "enabled"],
  RuleGroup: ["interval", "queryOffset", "limit", "labels"],
  Team: ["notifications", "severities"],
  Receiver: undefined,
  Threshold: undefined,
};

export class Overrides {
  readonly #patches: ReadonlyMap<Definition, unknown>;
  readonly #thresholds: boolean;

  constructor(environment: Environment | undefined) {
    const overrides = environment?.spec.overrides ?? [];
    this.#patches = new Map(overrides.map(({ target, patch }) => [target, patch]));
    this.#thresholds = overrides.some(({ target }) => target.kind === "Threshold");
  }

  /** A definition's spec as it is in this environment. */
  spec<S extends object>(definition: Definition<DefinitionKind, S>): S {
    const patch = this.#patches.get(definition) as Patch | undefined;
    if (patch === undefined) return definition.spec;
    const merged: Record<string, unknown> = { ...(definition.spec as Patch) };
    for (const [key, value] of Object.entries(patch)) merged[key] = merge(merged[key], value);
    return merged as S;
  }

  /** What else its author wrote, as it is in this environment. */
  options<D extends Definition>(definition: D): D["options"] {
    const patch = this.#patches.get(definition) as Patch | undefined;
    return patch === undefined ? definition.options : merge(definition.options ?? {}, patch);
  }

  /** Whether a definition exists in this environment. */
  enabled(definition: Definition): boolean {
    return (this.#patches.get(definition) as Patch | undefined)?.enabled !== false;
  }

  /** An expression with this environment's thresholds. */
  expr(expr: Expr): Expr {
    return this.#thresholds ? this.#withThresholds(expr) : expr;
  }

  readonly #withThresholds = memoized((expr: Expr) =>
    mapExpr(expr, (node) => {
      const value = isThresholdLiteral(node) ? this.#patches.get(node.threshold) : undefined;
      return value === undefined ? node : number(value as Quantity);
    }),
  );
}

const NONE = new Overrides(undefined);
const overridesIn = memoized((environment: Environment) => new Overrides(environment));

/** What an environment changes: the same object each time, so that what was made with it can be remembered. */
export function overridesOf(environment: Environment | undefined): Overrides {
  return environment === undefined ? NONE : overridesIn(environment);
}

/** Properties of objects are changed one by one; where targets come from is replaced as a whole. */
function merge(before: unknown, after: unknown): unknown {
  if (!isObject(before) || !isObject(after)) return after;
  const { targets, discovery, ...rest } = before;
  const found = "targets" in after || "discovery" in after ? {} : { targets, discovery };
  return Object.fromEntries(Object.entries({ ...rest, ...found, ...after }).filter(([, value]) => value !== undefined));
}

function isObject(value: unknown): value is Patch {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Mistakes in the overrides that schemas of single definitions cannot see. */
export function checkOverrides(
  { name, spec }: Environment,
  known: ReadonlySet<Definition>,
): readonly SourcedDiagnostic[] {
  const seen = new Map<Definition, Override>();
  return (spec.overrides ?? []).flatMap((override): readonly SourcedDiagnostic[] => {
    const { target, patch, origin } = override;
    const problem = (message: string, help: string, path: readonly PropertyKey[] = [0]): SourcedDiagnostic => ({
      code: "environment/override",
      severity: "error",
      message: `environment ${JSON.stringify(name)}: ${message}`,
      help,
      at: { origin, path },
    });
    if (!(target.kind in CHANGEABLE)) {
      return [
        problem(
          `a ${target.kind} cannot be overridden`,
          `override services, alerts, teams, receivers, rule groups or thresholds`,
        ),
      ];
    }
    if (seen.has(target))
      return [problem(`${called(target)} is overridden twice`, "put both changes into one override")];
    seen.set(target, override);
    if (!known.has(target)) {
      return [
        problem(`${called(target)} is overridden, but nothing exports or uses it`, "export it, or remove the override"),
      ];
    }
    if (isObject(patch) === (target.kind === "Threshold")) {
      return [
        isObject(patch)
          ? problem(`${called(target)} takes one value`, "give the value: override(lowStock, 2)", [1])
          : problem(`${called(target)} takes an object`, 'give the properties that differ: { for: "1m" }', [1]),
      ];
    }
    const allowed = CHANGEABLE[target.kind];
    const unchangeable = Object.keys(isObject(patch) ? patch : {}).filter((key) => allowed?.includes(key) === false);
    return [
      ...unchangeable.map((key) =>
        problem(
          `${called(target)} cannot have its ${JSON.stringify(key)} changed.${didYouMean(key, allowed ?? [])}`,
          `an environment may change: ${allowed?.join(", ")}`,
          [1, key],
        ),
      ),
      ...(unchangeable.length > 0 ? [] : checkPatched(name, override)),
    ];
  });
}

/** What the schema of a definition says of it once it is changed, at the change. */
function checkPatched(environment: string, { target, patch, origin }: Override): readonly SourcedDiagnostic[] {
  if (!isObject(patch)) return [];
  // Whether something exists in an environment is no property of its own.
  const { enabled: _, ...changed } = patch;
  const [property, before] =
    target.kind === "Team" ? (["options", target.options ?? {}] as const) : (["spec", target.spec] as const);
  const merged = Object.fromEntries(
    Object.entries(changed).map(([key, value]) => [key, merge((before as Patch)[key], value)]),
  );
  const patched = { ...target, [property]: { ...(before as Patch), ...merged }, origin };
  return shapeOf(patched).map(({ at, ...found }) => ({
    ...found,
    message: `environment ${JSON.stringify(environment)}: ${found.message}`,
    // What stands in the second argument of override() is the first or third of the factory's.
    at: at && { ...at, path: at.origin === origin ? [1, ...at.path.slice(1)] : at.path },
  }));
}
