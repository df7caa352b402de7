/** `route/huge-group`: a group that would hold thousands of alerts, more than anyone reads in one notification. */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { type Route, walkRoutes } from "../route/route.ts";
import { canMatchAll, type EmittedAlert, type Graph, pathMatchers, routeName } from "./graph.ts";

const HUGE = 1000;

export function* hugeGroup({ reading, root, emitted }: Graph): Generator<Diagnostic> {
  for (const route of walkRoutes(root)) {
    const alerts = (emitted ?? []).filter((alert) => canMatchAll(pathMatchers(route), alert));
    const groups = new Map<string, EmittedAlert[]>();
    for (const alert of alerts) {
      // Routes below get their alerts themselves.
      if (route.routes.some(({ matchers }) => matchers.length === 0 || surelyMatches(matchers, alert))) continue;
      const key = JSON.stringify([...(route.options.groupBy ?? [])].map((name) => alert.labels[name] ?? ""));
      groups.set(key, [...(groups.get(key) ?? []), alert]);
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

function surelyMatches(matchers: Route["matchers"], { labels, varying }: EmittedAlert): boolean {
  return matchers.every(({ name, test }) => !Object.hasOwn(varying, name) && test(labels[name] ?? ""));
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
function sizeWithin({ options }: Route, { varying }: EmittedAlert): number {
  if (options.groupBy === undefined) return 1;
  return Object.entries(varying).reduce(
    (size, [name, values]) => (options.groupBy?.has(name) ? size : size * count(values)),
    1,
  );
}

function count(values: readonly string[] | number | undefined): number {
  return typeof values === "number" ? values : Math.max(1, values?.length ?? 1);
}

function bestLabel({ options }: Route, alerts: readonly EmittedAlert[]): string | undefined {
  const names = alerts.flatMap(({ varying }) => Object.keys(varying)).filter((name) => !options.groupBy?.has(name));
  const weight = (name: string) => Math.max(...alerts.map(({ varying }) => count(varying[name])));
  return [...new Set(names)].sort((a, b) => weight(a) - weight(b)).find((name) => weight(name) > 1);
}
