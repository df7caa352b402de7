/** What the checks look at: a configuration, its routing tree, and the alerts that rules emit. */
import type { Place } from "../../diagnostic/diagnostic.ts";
import type { LabelSet } from "../../label/label-set.ts";
import type { Reading } from "../../yaml/shape.ts";
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
  readonly place?: Place | undefined;
}

export interface Graph {
  readonly config: AlertmanagerConfig;
  readonly reading: Reading;
  readonly root: Route;
  readonly inhibitRules: readonly InhibitRule[];
  /** `undefined` where the rules are not known: then nothing is said about what they emit. */
  readonly emitted: readonly EmittedAlert[] | undefined;
  /** The instant from which time intervals are looked at, in milliseconds since 1970. */
  readonly now: number;
}

export function buildGraph(
  config: AlertmanagerConfig,
  reading: Reading,
  { emitted, now }: { readonly emitted?: readonly EmittedAlert[] | undefined; readonly now: number },
): Graph {
  const named = emitted?.map((alert) => ({ ...alert, labels: { alertname: alert.name, ...alert.labels } }));
  const root = compileRoutes(config.route);
  return { config, reading, root, inhibitRules: compileInhibitRules(config.inhibit_rules), emitted: named, now };
}

/** Whether an alert can have a label that passes. */
export function canMatch(matcher: CompiledMatcher, { labels, varying }: EmittedAlert): boolean {
  if (!Object.hasOwn(varying, matcher.name)) return matcher.test(labelValue(labels, matcher.name));
  const values = varying[matcher.name];
  return Array.isArray(values) ? values.some((value) => matcher.test(value)) : true;
}

/** Whether an alert can have labels that pass all. */
export function canMatchAll(matchers: readonly CompiledMatcher[], alert: EmittedAlert): boolean {
  return matchers.every((matcher) => canMatch(matcher, alert));
}

/** Whether an alert has a label, or may have it. */
export function mayHave(name: string, { labels, varying }: EmittedAlert): boolean {
  return Object.hasOwn(varying, name) || labelValue(labels, name) !== "";
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
