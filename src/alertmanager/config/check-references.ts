/** Checks what the parts of a configuration say about each other: names that exist once, and the root route's duties. */
import { didYouMean } from "../../diagnostic/near-miss.ts";
import type { Reading } from "../../yaml/shape.ts";
import { invalid } from "./checks.ts";
import type { WrittenConfig } from "./config.ts";
import type { RouteConfig } from "./route.ts";

export function checkReferences(config: WrittenConfig, reading: Reading): void {
  checkUnique(config.receivers, "receiver", reading);
  // The older list and the newer one share their names.
  const intervals = [...config.mute_time_intervals, ...config.time_intervals];
  checkUnique(intervals, "time interval", reading);
  if (config.route === undefined) {
    if (reading.broken(config, "route")) return;
    reading.error(reading.placeOf(config), {
      code: "alertmanager/missing",
      message: "The configuration has no route, so nobody would be told of anything.",
      help: "Write at least `route: { receiver: NAME }`.",
    });
    return;
  }
  checkRoot(config.route, reading);
  const names = (list: readonly { readonly name: string }[]) => new Set(list.map(({ name }) => name));
  checkRoute(config.route, names(config.receivers), names(intervals), reading);
}

function checkUnique(items: readonly { readonly name: string }[], what: string, reading: Reading): void {
  const first = new Map<string, object>();
  for (const item of items) {
    const other = first.get(item.name);
    if (other === undefined) first.set(item.name, item);
    else
      reading.error(reading.placeOf(item, "name"), {
        code: "alertmanager/duplicate-name",
        message: `The name ${JSON.stringify(item.name)} of this ${what} is not unique.`,
        help: "Rename one of the two, or merge them.",
        related: [{ message: "It is first used here.", place: reading.placeOf(other, "name") }],
      });
  }
}

function checkRoot(route: RouteConfig, reading: Reading): void {
  const root = "alertmanager/root-route";
  if (!reading.given(route, "receiver"))
    invalid(
      reading,
      route,
      "receiver",
      "The root route must specify a default receiver.",
      "It gets every alert that no other route takes.",
      root,
    );
  for (const field of ["match", "match_re", "matchers"] as const)
    if (Object.keys(route[field]).length > 0)
      invalid(
        reading,
        route,
        field,
        `The root route must not have any matchers: ${field}.`,
        "It takes every alert. Put a route with matchers below it.",
        root,
      );
  for (const [field, what] of [
    ["mute_time_intervals", "mute time intervals"],
    ["active_time_intervals", "active time intervals"],
  ] as const)
    if (route[field].length > 0)
      invalid(
        reading,
        route,
        field,
        `The root route must not have any ${what}.`,
        "Put them on the routes below it.",
        root,
      );
  if (route.continue)
    invalid(reading, route, "continue", "The root route cannot have continue: it has no siblings.", "Remove it.", root);
}

function checkRoute(
  route: RouteConfig,
  receivers: ReadonlySet<string>,
  intervals: ReadonlySet<string>,
  reading: Reading,
): void {
  if (route.receiver !== "" && !receivers.has(route.receiver))
    invalid(
      reading,
      route,
      "receiver",
      `The receiver ${JSON.stringify(route.receiver)} used in this route is undefined.${didYouMean(route.receiver, receivers)}`,
      receivers.size === 0 ? "There are no receivers: define it in receivers." : "Define it in receivers.",
      "alertmanager/unknown-receiver",
    );
  for (const field of ["mute_time_intervals", "active_time_intervals"] as const)
    for (const name of route[field])
      if (!intervals.has(name))
        invalid(
          reading,
          route,
          field,
          `The time interval ${JSON.stringify(name)} used in this route is undefined.${didYouMean(name, intervals)}`,
          "Define it in time_intervals.",
          "alertmanager/unknown-time-interval",
        );
  for (const child of route.routes) if (child !== undefined) checkRoute(child, receivers, intervals, reading);
}
