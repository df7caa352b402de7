/** Who hears of what: the routing tree in words. */
import type { Plan, Route } from "../../plan/plan.ts";
import type { RouteData } from "./payload.ts";

export function routingTree({ alertmanager }: Plan): RouteData {
  return toData(alertmanager.route, "nobody");
}

function toData(route: Route, inherited: string): RouteData {
  const receiver = route.receiver ?? inherited;
  const { groupBy, groupWait, groupInterval, repeatInterval, activeTimeIntervals, muteTimeIntervals } = route;
  return {
    receiver,
    matchers: route.matchers.map(({ name, op, value }) => `${name}${op}${JSON.stringify(value)}`),
    notes: [
      ...(groupBy === undefined ? [] : [`grouped by ${groupBy.join(", ")}`]),
      ...(groupWait === undefined ? [] : [`waits ${groupWait}`]),
      ...(groupInterval === undefined ? [] : [`tells of changes after ${groupInterval}`]),
      ...(repeatInterval === undefined ? [] : [`repeats after ${repeatInterval}`]),
      ...(activeTimeIntervals ?? []).map((name) => `only during ${name}`),
      ...(muteTimeIntervals ?? []).map((name) => `not during ${name}`),
      ...(route.continue ? ["goes on to the next"] : []),
    ],
    routes: route.routes.map((inner) => toData(inner, receiver)),
  };
}
