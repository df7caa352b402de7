/** Routes that somebody wrote: whom they would keep from hearing of their own alerts, and what cannot be carried out. */
import { matcherTest } from "../../label/matcher.ts";
import type { AnyAlert } from "../../model/alert.ts";
import type { Environment } from "../../model/environment.ts";
import { toMatchers } from "../../model/metric/matchers.ts";
import type { RouteNode } from "../../model/route.ts";
import type { AnyTeam, TeamOptions } from "../../model/team.ts";
import { called } from "../../model/validate.ts";
import type { Workspace } from "../../model/workspace.ts";
import type { SourcedDiagnostic } from "../../source/place.ts";
import { LABEL } from "../conventions.ts";
import type { PlannedAlert } from "../plan.ts";
import { toList } from "./branch.ts";

/** What is wrong with the routes of all teams. */
export function checkTeamRoutes({ definitions }: Workspace): readonly SourcedDiagnostic[] {
  return [
    ...definitions.AlertingRule.flatMap(silentHours),
    ...definitions.Team.flatMap((team) =>
      everyRoute((team.options as TeamOptions | undefined)?.routes).flatMap((route) => [
        ...foreignTeam(route, team, definitions.Team),
        ...conflictingHours(route),
      ]),
    ),
  ];
}

/** Whoever waits for a dead man's switch raises the alarm when it falls silent: it cannot have hours. */
function silentHours({ spec, origin, kind, name }: AnyAlert): readonly SourcedDiagnostic[] {
  return toList(spec.heartbeat?.receiver ?? [])
    .filter(({ spec: { during, except } }) => (during ?? except) !== undefined)
    .map((receiver) => ({
      code: "route/silent-hours",
      severity: "error",
      message: `${called({ kind, name })} would fall silent in the hours of ${called(receiver)}, which means alarm`,
      help: "take during and except away from whoever listens for it",
      at: { origin, path: [1, "receiver"] },
      related: [{ message: "the receiver", at: { origin: receiver.origin, path: [1] } }],
    }));
}

/** What is wrong with the routes that an environment puts before those of all teams. */
export function checkEnvironmentRoutes(
  { spec }: Environment,
  alerts: readonly PlannedAlert[],
): readonly SourcedDiagnostic[] {
  const routes = spec.alertmanager?.routes ?? [];
  return [
    ...everyRoute(routes).flatMap(conflictingHours),
    ...routes.flatMap((route) => [...capture(route, alerts), ...tellsNobody(route)]),
  ];
}

/** A route below a team sees that team's alerts alone: naming another team there takes nothing, and is meant to. */
function foreignTeam(route: RouteNode, team: AnyTeam, teams: readonly AnyTeam[]): readonly SourcedDiagnostic[] {
  return toMatchers(route.spec.match)
    .filter(({ name }) => name === LABEL.team)
    .flatMap((matcher) => {
      const test = matcherTest(matcher);
      const positive = matcher.op === "=" || matcher.op === "=~";
      const other = positive ? teams.find(({ name }) => name !== team.name && test(name)) : undefined;
      if (test(team.name) && other === undefined) return [];
      return [
        {
          code: "route/foreign-team",
          severity: "error",
          message:
            other === undefined
              ? `a route of ${called(team)} can take nothing: it only sees alerts of its team, and matches none of them`
              : `a route of ${called(team)} cannot take alerts of ${called(other)}: they belong to their own team`,
          help: `a team's routes see its own alerts only: remove ${LABEL.team} from match`,
          at: { origin: route.origin, path: [0, "match", LABEL.team] },
          related: [
            other === undefined
              ? { message: `the route is one of ${called(team)}`, at: { origin: team.origin, path: [0] } }
              : { message: `${called(other)} decides here who hears of them`, at: { origin: other.origin, path: [0] } },
          ],
        } satisfies SourcedDiagnostic,
      ];
    });
}

/** A route before all teams that does not continue takes alerts away from whoever owns them. */
function capture(route: RouteNode, alerts: readonly PlannedAlert[]): readonly SourcedDiagnostic[] {
  if (route.spec.continue === true) return [];
  const matchers = toMatchers(route.spec.match);
  const taken = alerts.find(
    ({ name, labels, definition }) =>
      definition.spec.heartbeat === undefined &&
      matchers.every((matcher) => {
        const value = matcher.name === "alertname" ? name : labels[matcher.name];
        // A label that the rule does not set itself can have any value.
        return value === undefined || matcherTest(matcher)(value);
      }),
  );
  if (taken === undefined) return [];
  const owner = taken.definition.spec.service.spec.owner;
  return [
    {
      code: "route/captures",
      severity: "error",
      message: `a route of the environment takes ${called(taken.definition)} away from ${called(owner)}, which owns it`,
      help: "give it continue: true, so that the owner hears of it as well; or match what no team owns",
      at: { origin: route.origin, path: [0] },
      related: [
        { message: "the alert that it takes", at: { origin: taken.definition.origin, path: [0] } },
        { message: "who would not hear of it", at: { origin: owner.origin, path: [0] } },
      ],
    },
  ];
}

function tellsNobody({ spec, origin }: RouteNode): readonly SourcedDiagnostic[] {
  if (spec.receiver !== undefined || (spec.routes ?? []).length > 0) return [];
  return [
    {
      code: "route/tells-nobody",
      severity: "error",
      message: "a route of the environment tells nobody of what it takes",
      help: "give it a receiver",
      at: { origin, path: [0] },
    },
  ];
}

/** Alertmanager tells in either of two hours; who wants both to hold must say so in one time interval. */
function conflictingHours({ spec, origin }: RouteNode): readonly SourcedDiagnostic[] {
  const receiver = toList(spec.receiver ?? []).find(({ spec: { during } }) => during !== undefined);
  if (spec.during === undefined || receiver === undefined) return [];
  return [
    {
      code: "route/two-hours",
      severity: "error",
      message: `a route and its ${called(receiver)} both have hours, and Alertmanager would tell in either`,
      help: "give during to one of them",
      at: { origin, path: [0, "during"] },
      related: [{ message: "the receiver's hours", at: { origin: receiver.origin, path: [1, "during"] } }],
    },
  ];
}

function everyRoute(routes: readonly RouteNode[] = []): readonly RouteNode[] {
  return routes.flatMap((route) => [route, ...everyRoute(route.spec.routes)]);
}
