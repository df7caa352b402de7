/** Says how an alert went through the routing tree: what took it, and why the other routes did not. */
import type { LabelSet } from "../../label/label-set.ts";
import type { Matcher } from "../../label/matcher.ts";
import { labelValue } from "../matcher/compile.ts";
import type { Route } from "./route.ts";

/** What became of an alert at one route. */
export interface RouteVisit {
  readonly route: Route;
  readonly outcome: RouteOutcome;
  /** The routes below, where the alert got that far. */
  readonly children: readonly RouteVisit[];
}

export type RouteOutcome =
  /** The route takes the alert itself: nothing below it does. */
  | { readonly kind: "taken" }
  /** Routes below it take the alert. */
  | { readonly kind: "passed-down" }
  /** A matcher does not pass. */
  | { readonly kind: "no-match"; readonly matcher: Matcher; readonly value: string }
  /** A sibling before it took the alert and does not continue. */
  | { readonly kind: "not-reached"; readonly by: Route };

/** Follows an alert through the tree, with every route that it could have met. */
export function explainRoutes(route: Route, labels: LabelSet): RouteVisit {
  for (const matcher of route.matchers) {
    const value = labelValue(labels, matcher.name);
    if (!matcher.test(value)) return { route, outcome: { kind: "no-match", matcher, value }, children: [] };
  }
  const children: RouteVisit[] = [];
  let stopped: Route | undefined;
  let taken = false;
  for (const child of route.routes) {
    if (stopped !== undefined) {
      children.push({ route: child, outcome: { kind: "not-reached", by: stopped }, children: [] });
      continue;
    }
    const visit = explainRoutes(child, labels);
    children.push(visit);
    if (visit.outcome.kind === "no-match") continue;
    taken = true;
    if (!child.continue) stopped = child;
  }
  return { route, outcome: { kind: taken ? "passed-down" : "taken" }, children };
}

/** The routes that take the alert, with the path to each from the root. */
export function takenPaths(visit: RouteVisit, above: readonly Route[] = []): readonly (readonly Route[])[] {
  const path = [...above, visit.route];
  if (visit.outcome.kind === "taken") return [path];
  return visit.children.flatMap((child) => takenPaths(child, path));
}
