/**
 * What only the whole graph shows: the alertmanager.yml of each plan, read back, beside the alerts that its rules emit.
 * Problems are reported where the definition stands that is to blame.
 */
import { type AlertmanagerConfig, readConfigNode } from "../alertmanager/config/config.ts";
import { buildGraph, type Places } from "../alertmanager/lint/graph.ts";
import { lintRoutes } from "../alertmanager/lint/lint.ts";
import type { Diagnostic, Place } from "../diagnostic/diagnostic.ts";
import type { Workspace } from "../model/workspace.ts";
import { alertsOf, type Plan, type PlannedAlert, type Route } from "../plan/plan.ts";
import type { SourcedDiagnostic, SourcedRelated, SourcePoint } from "../source/place.ts";
import { sameList } from "../util/memo.ts";
import { toYamlNode } from "../yaml/to-node.ts";
import { alertmanagerYaml } from "./alertmanager/alertmanager.ts";
import { emittedAlerts } from "./emitted-alerts.ts";
import type { OutputFile } from "./output-file.ts";

/** A plan, and the files that Alertmanager reads of it: alertmanager.yml, then its templates. */
export interface Printed {
  readonly plan: Plan;
  readonly alertmanager: readonly OutputFile[];
}

/** Looks at the graph of every plan; a problem that several share is reported once. */
export function checkGraph(workspace: Workspace, printed: readonly Printed[]): readonly SourcedDiagnostic[] {
  const byProblem = new Map<string, { readonly one: SourcedDiagnostic; readonly environments: string[] }>();
  for (const { plan, alertmanager } of printed) {
    for (const one of checkPlan(workspace, plan, alertmanager[0]?.text ?? "")) {
      const key = `${one.code} ${one.message}`;
      const known = byProblem.get(key) ?? { one, environments: [] };
      byProblem.set(key, known);
      known.environments.push(plan.environment ?? "");
    }
  }
  return [...byProblem.values()].map(({ one, environments }) =>
    environments.length === printed.length
      ? one
      : { ...one, message: `${one.message} (in ${[...new Set(environments)].join(", ")})` },
  );
}

interface Checked {
  readonly alertmanager: string;
  readonly alerts: readonly PlannedAlert[];
  readonly problems: readonly SourcedDiagnostic[];
}

/** The last check of each folder in `out/`. */
const checked = new Map<string, Checked>();

function checkPlan(workspace: Workspace, plan: Plan, alertmanager: string): readonly SourcedDiagnostic[] {
  const alerts = alertsOf(plan);
  const before = checked.get(plan.folder);
  if (before !== undefined && before.alertmanager === alertmanager && sameList(before.alerts, alerts))
    return before.problems;
  const problems = problemsOf(workspace, plan);
  checked.set(plan.folder, { alertmanager, alerts, problems });
  return problems;
}

function problemsOf(workspace: Workspace, plan: Plan): readonly SourcedDiagnostic[] {
  const { config, reading, diagnostics } = readConfigNode(toYamlNode(alertmanagerYaml(plan.alertmanager)));
  if (config === undefined) return diagnostics.flatMap(refused);
  const points = new SourcePoints();
  const parts = partsOf(config, plan);
  const places: Places = {
    placeOf: (part, field) => {
      const at = parts.points.get(part)?.(field);
      return at === undefined ? reading.placeOf(part, field) : points.placeFor(at);
    },
  };
  const graph = buildGraph(config, places, {
    emitted: emittedAlerts(workspace, plan, ({ definition }) =>
      points.placeFor({ origin: definition.origin, path: [0] }),
    ),
    // A team says who would hear of a severity, whether or not it has such alerts already.
    offers: ({ config }) => !parts.written.has(config),
    now: NOW,
  });
  return lintRoutes(graph).map((one) => points.sourced(inOurWords(one)));
}

/** What Alertmanager would not take; the file is not written yet, so its places say nothing. */
function refused({ code, severity, message, help }: Diagnostic): readonly SourcedDiagnostic[] {
  return severity === "error" ? [{ code, severity, message: `Alertmanager would refuse it: ${message}`, help }] : [];
}

/** Time intervals are looked at for years from here; a build says the same at any time. */
const NOW = Date.UTC(2026, 0, 1);

/** Stands in for places that are worked out only when they are shown. */
class SourcePoints {
  readonly #points = new Map<Place, SourcePoint>();

  placeFor(at: SourcePoint): Place {
    // Checks sort by place, so each problem keeps the order of its definition.
    const place: Place = { file: undefined, source: "", start: this.#points.size, end: this.#points.size };
    this.#points.set(place, at);
    return place;
  }

  sourced({ place, related, ...diagnostic }: Diagnostic): SourcedDiagnostic {
    const at = place && this.#points.get(place);
    return {
      ...diagnostic,
      ...(at === undefined ? { place } : { at }),
      related: related?.map((one) => {
        const point = this.#points.get(one.place);
        return point === undefined ? one : ({ message: one.message, at: point } satisfies SourcedRelated);
      }),
    };
  }
}

interface Parts {
  /** Where the definition stands that a part of the configuration comes from. */
  readonly points: ReadonlyMap<object, (field?: string) => SourcePoint | undefined>;
  /** The routes that somebody wrote as such. */
  readonly written: ReadonlySet<object>;
}

/** Leads from the parts of a configuration to what they were printed of: both have them in the same order. */
function partsOf({ route, inhibit_rules, receivers }: AlertmanagerConfig, { alertmanager }: Plan): Parts {
  const points = new Map<object, (field?: string) => SourcePoint | undefined>();
  const written = new Set<object>();
  const intervals = new Map(alertmanager.timeIntervals.map((interval) => [interval.name, interval]));
  const pointInRoute = (node: Route, field?: string): SourcePoint | undefined => {
    const names = field === undefined ? undefined : HOURS[field]?.(node);
    const interval = names?.map((name) => intervals.get(name)).find((one) => one !== undefined);
    if (interval !== undefined) return { origin: interval.origin, path: [0] };
    const isMatch = node.written === true && field !== undefined && field.startsWith("match");
    return node.at && isMatch ? { ...node.at, path: [...node.at.path, "match"] } : node.at;
  };
  const walk = (config: AlertmanagerConfig["route"], node: Route): void => {
    points.set(config, (field) => pointInRoute(node, field));
    if (node.written === true) written.add(config);
    for (const [i, child] of config.routes.entries()) {
      const below = node.routes[i];
      if (child !== undefined && below !== undefined) walk(child, below);
    }
  };
  walk(route, alertmanager.route);
  for (const [i, rule] of inhibit_rules.entries()) {
    if (rule !== undefined) points.set(rule, () => alertmanager.inhibitRules[i]?.at);
  }
  for (const [i, receiver] of receivers.entries()) {
    const origin = alertmanager.receivers[i]?.integrations[0]?.definition.origin;
    points.set(receiver, () => origin && { origin, path: [0] });
  }
  return { points, written };
}

const HOURS: Readonly<Record<string, (node: Route) => readonly string[] | undefined>> = {
  active_time_intervals: ({ activeTimeIntervals }) => activeTimeIntervals,
  mute_time_intervals: ({ muteTimeIntervals }) => muteTimeIntervals,
};

/** Advice is about what the author wrote, where the same fields have other names. */
function inOurWords(one: Diagnostic): Diagnostic {
  return { ...one, message: rename(one.message), help: one.help && rename(one.help) };
}

function rename(text: string): string {
  return text.replace(
    /\b(group|repeat)_(by|wait|interval)\b/g,
    (_, a: string, b: string) => a + b[0]?.toUpperCase() + b.slice(1),
  );
}
