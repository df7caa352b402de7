/** What the checks look at: a configuration, its routing tree, and the alerts that rules emit. */
import type { Place } from "../../diagnostic/diagnostic.ts";
import type { LabelSet } from "../../label/label-set.ts";
import type { AlertmanagerConfig } from "../config/config.ts";
import { compileInhibitRules, type InhibitRule } from "../inhibit/rule.ts";
import { type CompiledMatcher, labelValue } from "../matcher/compile.ts";
import { compileRoutes, type Route } from "../route/route.ts";

/** An alert that some rule emits, as far as it is known before the rule runs. */
export interface EmittedAlert {
  readonly name: string;
  /** Labels whose value is known; `alertname` need not be among them. */
  readonly labels: LabelSet;
  /** Labels that it may have: the values, or how many there are, or `undefined` where nothing is known. */
  readonly varying: Readonly<Record<string, readonly string[] | number | undefined>>;
  /** Whether it may have any other label as well. */
  readonly open?: boolean | undefined;
  readonly place?: Place | undefined;
}

/** Tells where the parts of a configuration stand. */
export interface Places {
  placeOf(part: object, field?: string): Place;
}

export interface Graph {
  readonly config: AlertmanagerConfig;
  readonly reading: Places;
  readonly root: Route;
  readonly inhibitRules: readonly InhibitRule[];
  /** `undefined` where the rules are not known: then nothing is said about what they emit. */
  readonly emitted: readonly EmittedAlert[] | undefined;
  /** The alerts that can have labels which pass all matchers. */
  readonly matching: (matchers: readonly CompiledMatcher[]) => readonly EmittedAlert[];
  /** Whether a route is there for alerts that may come, so that none need be there yet. */
  readonly offers: (route: Route) => boolean;
  /** The instant from which time intervals are looked at, in milliseconds since 1970. */
  readonly now: number;
}

export interface GraphOptions extends Pick<Graph, "now"> {
  readonly emitted?: readonly EmittedAlert[] | undefined;
  readonly offers?: Graph["offers"];
}

export function buildGraph(
  config: AlertmanagerConfig,
  reading: Places,
  { emitted, now, offers = () => false }: GraphOptions,
): Graph {
  const named = emitted?.map((alert) =>
    Object.hasOwn(alert.labels, "alertname") ? alert : { ...alert, labels: { alertname: alert.name, ...alert.labels } },
  );
  const root = compileRoutes(config.route);
  const inhibitRules = compileInhibitRules(config.inhibit_rules);
  return { config, reading, root, inhibitRules, emitted: named, matching: indexAlerts(named ?? []), offers, now };
}

/** Finds alerts by the values of their labels, so that many routes need not look at many alerts each. */
function indexAlerts(alerts: readonly EmittedAlert[]): Graph["matching"] {
  const byLabel = new Map<string, ReadonlyMap<string | undefined, readonly EmittedAlert[]>>();
  const index = (name: string) => {
    let byValue = byLabel.get(name);
    if (byValue === undefined) {
      // Those of whose value nothing is known stand under `undefined`.
      byValue = groupByValue(name, alerts);
      byLabel.set(name, byValue);
    }
    return byValue;
  };
  return (matchers) => {
    let fewest: readonly (readonly EmittedAlert[])[] = [alerts];
    let size = alerts.length;
    for (const { name, values } of matchers) {
      if (values === undefined) continue;
      const byValue = index(name);
      const found = [...new Set(values), undefined].map((value) => byValue.get(value) ?? []);
      const count = found.reduce((sum, part) => sum + part.length, 0);
      if (count < size) {
        fewest = found;
        size = count;
      }
    }
    return fewest.flatMap((part) => part.filter((alert) => canMatchAll(matchers, alert)));
  };
}

function groupByValue(
  name: string,
  alerts: readonly EmittedAlert[],
): ReadonlyMap<string | undefined, readonly EmittedAlert[]> {
  const groups = new Map<string | undefined, EmittedAlert[]>();
  for (const alert of alerts) {
    const value = fixedValue(name, alert);
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [alert]);
    else group.push(alert);
  }
  return groups;
}

function fixedValue(name: string, { labels, varying, open }: EmittedAlert): string | undefined {
  const value = labelValue(labels, name);
  return Object.hasOwn(varying, name) || (open === true && value === "") ? undefined : value;
}

/** Whether an alert can have a label that passes. */
export function canMatch(matcher: CompiledMatcher, { labels, varying, open }: EmittedAlert): boolean {
  if (!Object.hasOwn(varying, matcher.name)) {
    const value = labelValue(labels, matcher.name);
    return (open === true && value === "") || matcher.test(value);
  }
  const values = varying[matcher.name];
  return Array.isArray(values) ? values.some((value) => matcher.test(value)) : true;
}

/** Whether an alert can have labels that pass all. */
export function canMatchAll(matchers: readonly CompiledMatcher[], alert: EmittedAlert): boolean {
  return matchers.every((matcher) => canMatch(matcher, alert));
}

/** Whether an alert has a label, or may have it. */
export function mayHave(name: string, { labels, varying, open }: EmittedAlert): boolean {
  return open === true || Object.hasOwn(varying, name) || labelValue(labels, name) !== "";
}

/** The matchers of a route and of all above it. */
export function pathMatchers(route: Route): readonly CompiledMatcher[] {
  return route.parent === undefined ? route.matchers : [...pathMatchers(route.parent), ...route.matchers];
}

/** The field in which a route's matchers are written. */
export function matchersPlace({ reading }: Graph, { config }: Route): Place {
  const field = (["matchers", "match", "match_re"] as const).find((name) => Object.keys(config[name]).length > 0);
  return reading.placeOf(config, field);
}

/** What a person calls a route. */
export function routeName({ matchers, options }: Route): string {
  const written = matchers.map(({ name, op, value }) => `${name}${op}${JSON.stringify(value)}`).join(", ");
  return written === "" ? `The route to ${JSON.stringify(options.receiver)}` : `The route {${written}}`;
}
