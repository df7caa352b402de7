/** `route/matches-nothing`: a route that waits for an alert, a label or a value which no rule emits. */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import type { Route } from "../route/route.ts";
import { canMatchAll, type EmittedAlert, type Graph, matchersPlace, routeName } from "./graph.ts";
import { contradiction } from "./logic.ts";
import { whyUnmatched } from "./unmatched.ts";

export function* matchesNothing(graph: Graph): Generator<Diagnostic> {
  if (graph.emitted !== undefined) yield* below(graph, graph.root, graph.emitted);
}

function* below(graph: Graph, parent: Route, alerts: readonly EmittedAlert[]): Generator<Diagnostic> {
  for (const route of parent.routes) {
    const left =
      parent === graph.root
        ? graph.matching(route.matchers)
        : alerts.filter((alert) => canMatchAll(route.matchers, alert));
    if (left.length > 0) yield* below(graph, route, left);
    const why =
      left.length > 0 || contradiction(route.matchers) !== undefined || graph.offers(route)
        ? undefined
        : whyUnmatched(route.matchers, alerts);
    if (why === undefined) continue;
    const end = why.endsWith("?") ? "" : ".";
    yield {
      code: "route/matches-nothing",
      severity: "warning",
      message: `${routeName(route)} matches nothing${parent.parent === undefined ? "" : " of what gets to it"}: ${why}${end}`,
      help: "Correct the matcher, or remove the route.",
      place: matchersPlace(graph, route),
    };
  }
}
