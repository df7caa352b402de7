/** `route`: the tree that decides who is told. https://prometheus.io/docs/alerting/latest/configuration/#route */
import type { Matcher } from "../../label/matcher.ts";
import { bool, lazy, list, mapOf, optional, type Reading, type Shape, struct, text } from "../../yaml/shape.ts";
import { isLabelName, type MatcherMode } from "../matcher/parse-matchers.ts";
import { invalid } from "./checks.ts";
import { checkNames, match, matchersShape, matchRe } from "./matchers.ts";
import { duration } from "./value/shapes.ts";

/** A node of the routing tree as it is written. */
export interface RouteConfig {
  readonly receiver: string;
  /** `undefined` inherits the parent's; `["..."]` groups by all labels. */
  readonly group_by: readonly string[] | undefined;
  readonly match: Readonly<Record<string, string>>;
  readonly match_re: Readonly<Record<string, string | undefined>>;
  readonly matchers: readonly Matcher[];
  readonly mute_time_intervals: readonly string[];
  readonly active_time_intervals: readonly string[];
  readonly continue: boolean;
  readonly routes: readonly (RouteConfig | undefined)[];
  /** In milliseconds, as the other two. */
  readonly group_wait: number | undefined;
  readonly group_interval: number | undefined;
  readonly repeat_interval: number | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/** The shape of a route and all below it. */
export function routeShape(mode: MatcherMode): Shape<RouteConfig> {
  const shape: Shape<RouteConfig> = struct(
    "route",
    {
      receiver: text,
      group_by: optional(list(text)),
      match,
      match_re: matchRe,
      matchers: matchersShape(mode),
      mute_time_intervals: list(text),
      active_time_intervals: list(text),
      continue: bool,
      routes: list(optional(lazy<RouteConfig>("a route", {} as RouteConfig, () => shape))),
      group_wait: optional(duration),
      group_interval: optional(duration),
      repeat_interval: optional(duration),
      labels: mapOf(text),
    },
    (route, reading) => {
      checkNames(route.match, reading);
      for (const name of Object.keys(route.labels))
        if (!isLabelName(name, mode))
          invalid(
            reading,
            route.labels,
            name,
            `invalid label name ${JSON.stringify(name)} in route labels.`,
            undefined,
            LABEL,
          );
      checkGroupBy(route.group_by ?? [], route, mode, reading);
      for (const field of ["group_interval", "repeat_interval"] as const)
        if (route[field] === 0 && !reading.broken(route, field))
          invalid(reading, route, field, `${field} cannot be zero.`);
      for (const [index, child] of route.routes.entries())
        if (child === undefined)
          invalid(
            reading,
            route,
            "routes",
            `routes[${index}] is empty.`,
            "Write a route, or remove the dash.",
            "alertmanager/missing",
          );
      return undefined;
    },
  );
  return shape;
}

const LABEL = "alertmanager/label-name";

function checkGroupBy(names: readonly string[], route: RouteConfig, mode: MatcherMode, reading: Reading): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (name === "...") continue;
    if (!isLabelName(name, mode))
      invalid(
        reading,
        route,
        "group_by",
        `invalid label name ${JSON.stringify(name)} in group_by list.`,
        undefined,
        LABEL,
      );
    if (seen.has(name))
      invalid(
        reading,
        route,
        "group_by",
        `duplicated label ${JSON.stringify(name)} in group_by.`,
        "Name each label once.",
      );
    seen.add(name);
  }
  if (seen.size > 0 && names.includes("..."))
    invalid(
      reading,
      route,
      "group_by",
      "group_by cannot have the wildcard `...` and other labels at the same time.",
      "`...` means all labels: remove the others, or the wildcard.",
    );
}
