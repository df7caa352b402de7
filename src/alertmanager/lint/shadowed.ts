/** `route/shadowed`: a route that never gets an alert, because an earlier one takes all that it could match. */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { type Route, walkRoutes } from "../route/route.ts";
import { type Graph, matchersPlace, pathMatchers, routeName } from "./graph.ts";
import { contradiction, implies } from "./logic.ts";

export function* shadowed(graph: Graph): Generator<Diagnostic> {
  for (const parent of walkRoutes(graph.root))
    for (const [i, route] of parent.routes.entries()) {
      const earlier = parent.routes.slice(0, i).find((other) => shadows(other, route));
      if (earlier === undefined) continue;
      yield {
        code: "route/shadowed",
        severity: "warning",
        message: `${routeName(route)} never gets an alert: an earlier route takes all of them.`,
        help: "Put the more special route first, or let the earlier one continue.",
        place: matchersPlace(graph, route),
        related: [{ message: `${routeName(earlier)} takes them.`, place: matchersPlace(graph, earlier) }],
      };
    }
}

function shadows(earlier: Route, route: Route): boolean {
  if (earlier.continue) return false;
  const matchers = pathMatchers(route);
  return contradiction(matchers) === undefined && earlier.matchers.every((matcher) => implies(matchers, matcher));
}
