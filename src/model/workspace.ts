/** Everything that the modules in `monitors/` export, by kind: the exports are the build. */
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { SourcedDiagnostic } from "../source/place.ts";
import { memoized } from "../util/memo.ts";
import type { AnyAlert } from "./alert.ts";
import type { Dashboard } from "./dashboard/dashboard.ts";
import { DEFINITION_KINDS, type Definition, type DefinitionKind, isDefinition } from "./definition.ts";
import type { Environment, Override } from "./environment.ts";
import type { Receiver } from "./receiver/receiver.ts";
import type { AnyRecordingRule } from "./recording-rule.ts";
import type { RouteNode } from "./route.ts";
import type { RuleGroup } from "./rule-group.ts";
import type { AnyService } from "./service.ts";
import type { AnyTeam } from "./team.ts";
import type { Threshold } from "./threshold.ts";
import type { TimeInterval } from "./time-interval.ts";

/** A module and what it exports. */
export interface WorkspaceModule {
  readonly file: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

interface ByKind {
  readonly Team: AnyTeam;
  readonly Receiver: Receiver;
  readonly TimeInterval: TimeInterval;
  readonly Metric: Definition<"Metric">;
  readonly Service: AnyService;
  readonly RecordingRule: AnyRecordingRule;
  readonly RuleGroup: RuleGroup;
  readonly AlertingRule: AnyAlert;
  readonly Threshold: Threshold;
  readonly Dashboard: Dashboard;
  readonly Environment: Environment;
}

/** All definitions by kind, each once, ordered by name. */
export interface Workspace {
  readonly definitions: { readonly [K in DefinitionKind]: readonly ByKind[K][] };
  /** The definitions that were exported themselves, not only used by others. */
  readonly exported: ReadonlySet<Definition>;
}

export interface Collected {
  readonly workspace: Workspace;
  readonly diagnostics: readonly SourcedDiagnostic[];
}

/** Collects the definitions among the modules' exports, and those that they use. */
export function collect(modules: readonly WorkspaceModule[]): Collected {
  const exported = new Set<Definition>();
  for (const module of modules) for (const definition of exportedBy(module.exports)) exported.add(definition);
  const all = new Set<Definition>();
  for (const definition of exported) addWithUses(definition, all);
  const byKind = Object.fromEntries(DEFINITION_KINDS.map((kind) => [kind, [] as Definition[]])) as Record<
    DefinitionKind,
    Definition[]
  >;
  for (const definition of all) byKind[definition.kind].push(definition);
  for (const list of Object.values(byKind)) list.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const workspace = { definitions: byKind as unknown as Workspace["definitions"], exported };
  return {
    workspace,
    diagnostics: [...emptyModules(modules, exported), ...promises(modules), ...duplicates(workspace)],
  };
}

/** Definitions among exports, also in lists, maps and plain objects: loops make lists. */
const exportedBy = memoized((exports: object): readonly Definition[] => {
  const found: Definition[] = [];
  const seen = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (isDefinition(value)) found.push(value);
    else if (Array.isArray(value) || value instanceof Map || value instanceof Set) value.forEach(visit);
    else if (isPlain(value)) Object.values(value).forEach(visit);
  };
  Object.values(exports).forEach(visit);
  return found;
});

function addWithUses(definition: Definition, found: Set<Definition>): void {
  if (found.has(definition)) return;
  found.add(definition);
  for (const used of usedBy(definition)) addWithUses(used, found);
}

/** The definitions that a definition names in what its author wrote. */
const usedBy = memoized(({ spec, options }: Definition): readonly Definition[] => {
  const found: Definition[] = [];
  const seen = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (isDefinition(value)) found.push(value);
    // An override brings in what it sets, not what it changes: that has to be used by something else.
    else if ("kind" in value && value.kind === "Override") visit((value as Override).patch);
    else if ("kind" in value && value.kind === "Route") visit((value as RouteNode).spec);
    else if ("definition" in value && isDefinition(value.definition)) found.push(value.definition);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (isPlain(value)) Object.values(value).forEach(visit);
  };
  visit(spec);
  visit(options);
  return found;
});

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  // Modules' objects come from another realm at times: a plain object's prototype has no prototype of its own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function emptyModules(modules: readonly WorkspaceModule[], exported: ReadonlySet<Definition>): readonly Diagnostic[] {
  const silent = modules.filter((module) => Object.keys(module.exports).length === 0);
  const diagnostics: Diagnostic[] = silent.map(({ file }) => ({
    code: "workspace/nothing-exported",
    severity: "error",
    message: `${file} exports nothing, so nothing in it is built`,
    help: "export what it defines: `export const inventoryLow = alert(…)`",
    place: { file, source: "", start: 0, end: 0 },
  }));
  if (exported.size === 0 && silent.length === 0 && modules.length > 0) {
    diagnostics.push({
      code: "workspace/nothing-exported",
      severity: "error",
      message: "no module exports a definition, so there is nothing to build",
      help: "export services, alerts and dashboards: `export const inventoryLow = alert(…)`",
    });
  }
  return diagnostics;
}

/** What an async function would have made comes too late for a build. */
function promises(modules: readonly WorkspaceModule[]): readonly Diagnostic[] {
  return modules.flatMap(({ file, exports }) =>
    Object.keys(exports)
      .filter((name) => isPromise(exports[name]))
      .map((name) => ({
        code: "workspace/promise",
        severity: "error",
        message: `${file} exports ${name}, which is a promise: what it will hold is not built`,
        help: "make the definition without async: read files with readFileSync",
        place: { file, source: "", start: 0, end: 0 },
      })),
  );
}

/** Modules' objects come from another realm at times: a promise is told by what it does. */
function isPromise(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** Kinds whose names tell definitions apart, and what people call them. */
const UNIQUE: Readonly<Partial<Record<DefinitionKind, string>>> = {
  Team: "teams",
  TimeInterval: "time intervals",
  Service: "services",
  RuleGroup: "rule groups",
  Threshold: "thresholds",
  Dashboard: "dashboards",
  Environment: "environments",
};

function duplicates({ definitions }: Workspace): readonly SourcedDiagnostic[] {
  const diagnostics: SourcedDiagnostic[] = [];
  for (const [kind, plural] of Object.entries(UNIQUE)) {
    diagnostics.push(...sameNames<Definition>(definitions[kind as DefinitionKind], plural, ({ name }) => name));
  }
  diagnostics.push(
    ...sameNames(
      definitions.AlertingRule,
      "alerts in one group",
      ({ name, spec }) => `${groupKey(spec)}\0${spec?.severity}\0${name}`,
    ),
  );
  return diagnostics;
}

/** Shapes are not checked yet: what an author forgot is missing. */
function groupKey(spec: AnyAlert["spec"] | undefined | null): string {
  return `${spec?.service?.name}\0${spec?.group?.name ?? ""}`;
}

/** Names that are the same, or would be on a file system that does not tell upper and lower case apart. */
function sameNames<D extends Definition>(
  definitions: readonly D[],
  plural: string,
  key: (definition: D) => string,
): readonly SourcedDiagnostic[] {
  const first = new Map<string, D>();
  const diagnostics: SourcedDiagnostic[] = [];
  for (const definition of definitions) {
    const folded = String(key(definition)).toLowerCase();
    const other = first.get(folded);
    if (other === undefined) {
      first.set(folded, definition);
      continue;
    }
    const same = other.name === definition.name;
    diagnostics.push({
      code: "workspace/duplicate-name",
      severity: "error",
      message: same
        ? `two ${plural} are named ${JSON.stringify(definition.name)}`
        : `two ${plural} are named ${JSON.stringify(other.name)} and ${JSON.stringify(definition.name)}, which some file systems do not tell apart`,
      help: "rename one of them",
      at: { origin: definition.origin, path: [0] },
      related: [{ message: "the other one", at: { origin: other.origin, path: [0] } }],
    });
  }
  return diagnostics;
}
