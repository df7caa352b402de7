/** `route/shadowed`: a route that never gets an alert, because an earlier one takes all that it could match. */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { type Route, walkRoutes } from "../route/route.ts";
import { type Graph, matchersPlace, pathMatchers, routeName } from "./graph.ts";
import { contradiction, implies } from "./logic.ts";

export function* shadowed(graph: Graph): Generator<Diagnostic> {
  for (const parent of walkRoutes(graph.root))
    for (const [i, route] of parent.routes.entries()) {
      if (i === 0) continue;
      const matchers = pathMatchers(route);
      const earlier = parent.routes.find((other, at) => at < i && shadows(other, matchers));
      if (earlier === undefined || contradiction(matchers) !== undefined) continue;
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

/** Whether a route takes all that passes these matchers. */
function shadows(earlier: Route, matchers: Route["matchers"]): boolean {
  return !earlier.continue && earlier.matchers.every((matcher) => implies(matchers, matcher));
}
