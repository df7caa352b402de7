/**
 * The routing tree, compiled: every node knows what it inherits, and which of its children can match at all.
 * https://prometheus.io/docs/alerting/latest/configuration/#route
 */
import type { LabelSet } from "../../label/label-set.ts";
import type { Matcher } from "../../label/matcher.ts";
import { allMatchers } from "../config/matchers.ts";
import type { RouteConfig } from "../config/route.ts";
import { type CompiledMatcher, compileMatcher, labelValue } from "../matcher/compile.ts";
import { printMatchers, sortMatchers } from "../matcher/print.ts";
import { type ChildIndex, indexChildren } from "./child-index.ts";

/** What applies to the alerts of a route, with everything that it inherits. Durations are in milliseconds. */
export interface RouteOptions {
  readonly receiver: string;
  /** `undefined` groups by all labels. */
  readonly groupBy: ReadonlySet<string> | undefined;
  readonly groupWait: number;
  readonly groupInterval: number;
  readonly repeatInterval: number;
  /** Names of time intervals. These two are not inherited. */
  readonly muteTimeIntervals: readonly string[];
  readonly activeTimeIntervals: readonly string[];
  readonly labels: LabelSet;
}

/** A node of the routing tree. */
export interface Route {
  readonly parent: Route | undefined;
  /** As it stands in the configuration. */
  readonly config: RouteConfig;
  /** Which child of its parent it is, from 0. */
  readonly index: number;
  readonly options: RouteOptions;
  readonly matchers: readonly CompiledMatcher[];
  readonly continue: boolean;
  readonly routes: readonly Route[];
  /** The matchers from the root to here, as group keys begin with them. Routes with equal matchers share it. */
  readonly key: string;
  /** Like the key, but no two routes share it. */
  readonly id: string;
  /** Counts routes in the order in which Alertmanager numbers them: children before their parent. */
  readonly number: number;
  readonly children: ChildIndex;
}

const DEFAULTS: RouteOptions = {
  receiver: "",
  groupBy: new Set(),
  groupWait: 30_000,
  groupInterval: 300_000,
  repeatInterval: 14_400_000,
  muteTimeIntervals: [],
  activeTimeIntervals: [],
  labels: {},
};

/** Compiles the routing tree of a configuration. */
export function compileRoutes(config: RouteConfig): Route {
  let count = 0;
  const compile = (config: RouteConfig, parent: Route | undefined, index: number): Route => {
    const written = sortMatchers(allMatchers(config.match, config.match_re, config.matchers));
    const matchers = written.map(compileMatcher);
    const own = printMatchers(written);
    const key = parent === undefined ? own : `${parent.key}/${own}`;
    const id = parent === undefined ? own : `${parent.id}/${own}/${index}`;
    const options = inheritOptions(config, parent?.options ?? DEFAULTS);
    const routes: Route[] = [];
    const route = { parent, config, index, options, matchers, continue: config.continue, routes, key, id, number: 0 };
    for (const [i, child] of config.routes.entries())
      if (child !== undefined) routes.push(compile(child, route as unknown as Route, i));
    return Object.assign(route, { number: count++, children: indexChildren(routes) });
  };
  return compile(config, undefined, 0);
}

function inheritOptions(config: RouteConfig, parent: RouteOptions): RouteOptions {
  const { group_by } = config;
  // A list that only says `...` leaves the parent's labels behind; an empty one groups all alerts together.
  const groupBy = group_by === undefined ? parent.groupBy : group_by.includes("...") ? undefined : new Set(group_by);
  return {
    receiver: config.receiver || parent.receiver,
    groupBy,
    groupWait: config.group_wait ?? parent.groupWait,
    groupInterval: config.group_interval ?? parent.groupInterval,
    repeatInterval: config.repeat_interval ?? parent.repeatInterval,
    muteTimeIntervals: config.mute_time_intervals,
    activeTimeIntervals: config.active_time_intervals,
    labels: Object.keys(config.labels).length === 0 ? parent.labels : { ...parent.labels, ...config.labels },
  };
}

/** The routes that take an alert with these labels, in the order of the tree. There is always at least one. */
export function matchRoutes(root: Route, labels: LabelSet): readonly Route[] {
  const found: Route[] = [];
  collect(root, labels, found);
  return found;
}

/** Adds what a route, whose own matchers are known to pass, and the routes below it take. */
function collect(route: Route, labels: LabelSet, found: Route[]): void {
  const before = found.length;
  const { routes, children } = route;
  const candidates = children.label === undefined ? children.others : candidatesFor(children, labels);
  for (let i = 0; i < candidates.length; i++) {
    const child = routes[candidates[i] as number] as Route;
    if (!passes(child.matchers, labels)) continue;
    collect(child, labels, found);
    if (!child.continue) break;
  }
  if (found.length === before) found.push(route);
}

function candidatesFor(children: ChildIndex, labels: LabelSet): Int32Array {
  return children.byValue.get(labelValue(labels, children.label as string)) ?? children.others;
}

function passes(matchers: readonly CompiledMatcher[], labels: LabelSet): boolean {
  for (let i = 0; i < matchers.length; i++) {
    const matcher = matchers[i] as CompiledMatcher;
    if (!matcher.test(labelValue(labels, matcher.name))) return false;
  }
  return true;
}

/** Every route of a tree, parents before their children. */
export function* walkRoutes(route: Route): Generator<Route> {
  yield route;
  for (const child of route.routes) yield* walkRoutes(child);
}

/** The matchers of a route as they are written in its key. */
export function routeMatchers({ matchers }: Route): readonly Matcher[] {
  return matchers;
}
