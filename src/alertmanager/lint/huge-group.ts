/** `route/huge-group`: a group that would hold thousands of alerts, more than anyone reads in one notification. */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { type Route, walkRoutes } from "../route/route.ts";
import { type EmittedAlert, type Graph, pathMatchers, routeName } from "./graph.ts";

const HUGE = 2000;

export function* hugeGroup({ reading, root, emitted, matching }: Graph): Generator<Diagnostic> {
  if (emitted === undefined) return;
  for (const route of walkRoutes(root)) {
    // Routes below get their alerts themselves.
    const taken = new Set<EmittedAlert>();
    for (const child of route.routes)
      for (const alert of matching(pathMatchers(child))) if (surelyMatches(child.matchers, alert)) taken.add(alert);
    const groups = new Map<string, EmittedAlert[]>();
    for (const alert of matching(pathMatchers(route))) {
      if (taken.has(alert)) continue;
      const key = JSON.stringify([...(route.options.groupBy ?? [])].map((name) => alert.labels[name] ?? ""));
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [alert]);
      else group.push(alert);
    }
    const [size, biggest] = largest(route, groups.values());
    if (size <= HUGE || biggest === undefined) continue;
    const names = [...new Set(biggest.map(({ name }) => name))];
    const splitter = bestLabel(route, biggest);
    yield {
      code: "route/huge-group",
      severity: "warning",
      message: `${routeName(route)} would put up to ${size} alerts into one group: ${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""}.`,
      help: splitter === undefined ? "Add a label to group_by." : `Add ${JSON.stringify(splitter)} to group_by.`,
      place: reading.placeOf(route.config, route.config.group_by === undefined ? undefined : "group_by"),
    };
  }
}

function surelyMatches(matchers: Route["matchers"], { labels, varying, open }: EmittedAlert): boolean {
  return matchers.every(
    ({ name, test }) =>
      !Object.hasOwn(varying, name) && (open !== true || labels[name] !== undefined) && test(labels[name] ?? ""),
  );
}

function largest(route: Route, groups: Iterable<EmittedAlert[]>): readonly [number, EmittedAlert[] | undefined] {
  let best: EmittedAlert[] | undefined;
  let most = 0;
  for (const group of groups) {
    const size = group.reduce((sum, alert) => sum + sizeWithin(route, alert), 0);
    if (size <= most) continue;
    most = size;
    best = group;
  }
  return [most, best];
}

/** How many alerts of one rule can share their group labels. */
function sizeWithin(route: Route, { varying }: EmittedAlert): number {
  const { groupBy } = route.options;
  if (groupBy === undefined) return 1;
  return Object.entries(varying).reduce(
    (size, [name, values]) => (groupBy.has(name) ? size : size * Math.min(count(values), mostIn(route, name))),
    1,
  );
}

/** How many values of a label get to a route, by its matchers and those above it. */
function mostIn(route: Route, name: string): number {
  const counts = pathMatchers(route).map((matcher) => (matcher.name === name ? matcher.values?.length : undefined));
  return Math.min(...counts.map((most) => most ?? Number.POSITIVE_INFINITY));
}

function count(values: readonly string[] | number | undefined): number {
  return typeof values === "number" ? values : Math.max(1, values?.length ?? 1);
}

function bestLabel({ options }: Route, alerts: readonly EmittedAlert[]): string | undefined {
  const names = alerts.flatMap(({ varying }) => Object.keys(varying)).filter((name) => !options.groupBy?.has(name));
  const weight = (name: string) => Math.max(...alerts.map(({ varying }) => count(varying[name])));
  return [...new Set(names)].sort((a, b) => weight(a) - weight(b)).find((name) => weight(name) > 1);
}
