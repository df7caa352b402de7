/** `route/unreachable`: a route whose matchers, with those above it, contradict each other. */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { walkRoutes } from "../route/route.ts";
import { type Graph, matchersPlace, pathMatchers, routeName } from "./graph.ts";
import { contradiction } from "./logic.ts";

export function* unreachable(graph: Graph): Generator<Diagnostic> {
  for (const route of walkRoutes(graph.root)) {
    const label = contradiction(pathMatchers(route));
    if (label === undefined || (route.parent !== undefined && contradiction(pathMatchers(route.parent)) !== undefined))
      continue;
    yield {
      code: "route/unreachable",
      severity: "warning",
      message: `${routeName(route)} can match no alert: what it and the routes above it ask of ${JSON.stringify(label)} contradicts itself.`,
      help: "A label has one value. Split the route in two, or write a regular expression: a|b.",
      place: matchersPlace(graph, route),
    };
  }
}
