/**
 * Routing: each team's alerts to its receivers, by service and severity, each in its hours; dead man's switches to
 * whoever listens for them; and which alerts keep others quiet.
 */
import type { AlertmanagerSpec } from "../../model/alertmanager.ts";
import type { AnyService } from "../../model/service.ts";
import type { AnyTeam, Receivers, TeamOptions } from "../../model/team.ts";
import type { Workspace } from "../../model/workspace.ts";
import { parseDuration } from "../../quantity/duration.ts";
import type { SourcePoint } from "../../source/place.ts";
import { sameList } from "../../util/memo.ts";
import { ALL_TEAMS, heartbeat, LABEL, NOBODY, receiverBelow, receiverName, receiverPart } from "../conventions.ts";
import type { Overrides } from "../overrides.ts";
import type { AlertmanagerPlan, PlannedAlert, PlannedReceiver, Route } from "../plan.ts";
import { type Above, ALWAYS, type Branch, below, type Hours, ownRoute, toList, toReceivers } from "./branch.ts";
import { planInhibitions } from "./inhibit.ts";
import { integrate } from "./integrate.ts";
import { differsFrom, paceOf } from "./pace.ts";

/** Lowers teams and receivers to a routing tree. */
export function planRouting(
  { definitions }: Workspace,
  global: AlertmanagerSpec,
  alerts: readonly PlannedAlert[],
  externalLabels: readonly string[],
  overrides: Overrides,
): AlertmanagerPlan {
  const pace = paceOf([{ notifications: global.notifications }]);
  const above: Above = { global, overrides, chain: [global], pace };
  const branches = [
    ...alerts.flatMap((alert) => watchdogBranch(alert, above)),
    ...(global.routes ?? []).flatMap((node, i) =>
      ownRoute(node, receiverBelow(ALL_TEAMS, node.spec.name ?? i + 1), above, undefined),
    ),
    ...definitions.Team.flatMap((team) =>
      teamBranch(
        team,
        definitions.Service.filter(({ spec }) => spec.owner === team),
        above,
      ),
    ),
  ];
  const routes = branches.map(({ route }) => route);
  const used = new Set(routes.flatMap(intervalsOf));
  const receivers = branches.flatMap(({ receivers }) => receivers);
  const fallback = toList(global.fallback ?? []).map((receiver) => integrate(receiver, above));
  return {
    global,
    route: { receiver: NOBODY, matchers: [], ...pace, routes },
    receivers: [{ name: NOBODY, integrations: fallback }, ...unique(receivers)],
    inhibitRules: planInhibitions(alerts, externalLabels),
    timeIntervals: definitions.TimeInterval.filter(({ name }) => used.has(name)),
  };
}

/** A team's node: its own routes, its services that want something else, and its severities. */
function teamBranch(team: AnyTeam, services: readonly AnyService[], above: Above): readonly Branch[] {
  const options = above.overrides.options(team) as TeamOptions;
  const { here, pace } = below({ ...above, labels: options.labels }, options);
  const otherwise = (node: Above, hours: Hours) => severityBranches(team.spec, team, node, hours);
  const inner = [
    ...(options.routes ?? []).flatMap((node, i) =>
      ownRoute(node, receiverBelow(team.name, node.spec.name ?? i + 1), here, otherwise),
    ),
    ...services.flatMap((service) => serviceBranch(service, team, here)),
    ...otherwise(here, ALWAYS),
  ];
  if (inner.length === 0) return [];
  const at = { origin: team.origin, path: [0] };
  return [node([{ name: LABEL.team, op: "=", value: team.name }], pace, inner, at)];
}

function serviceBranch(service: AnyService, team: AnyTeam, above: Above): readonly Branch[] {
  const { notifications, receivers } = service.spec;
  if (notifications === undefined && receivers === undefined) return [];
  const { here, pace } = below(above, { notifications });
  const inner = severityBranches({ ...team.spec, ...receivers }, team, here, ALWAYS, (severity, part) =>
    receivers?.[severity] === undefined
      ? receiverName(team.name, severity, part)
      : receiverPart(receiverBelow(team.name, service.name, severity), part),
  );
  const at = { origin: service.origin, path: [0] };
  return inner.length === 0 ? [] : [node([{ name: LABEL.service, op: "=", value: service.name }], pace, inner, at)];
}

function severityBranches(
  bySeverity: Readonly<Record<string, Receivers | undefined>>,
  team: AnyTeam,
  above: Above,
  hours: Hours,
  name = (severity: string, part?: number) => receiverName(team.name, severity, part),
): readonly Branch[] {
  return Object.entries(bySeverity).flatMap(([severity, receivers]) => {
    const pace = differsFrom(above.pace, paceOf(above.chain, severity));
    const matchers = [{ name: LABEL.severity, op: "=", value: severity }] as const;
    const at = { origin: team.origin, path: [1, severity] };
    return toReceivers(receivers ?? [], (part) => name(severity, part), hours, above, { matchers, ...pace, at });
  });
}

/** A dead man's switch goes to whoever listens for it, before all others and to nobody else. */
function watchdogBranch({ name, labels, definition }: PlannedAlert, above: Above): readonly Branch[] {
  const { heartbeat: spec } = definition.spec;
  if (spec === undefined) return [];
  const service = labels[LABEL.service] ?? "";
  const pace = differsFrom(above.pace, heartbeat(parseDuration(spec.every) ?? 0));
  const matchers = [
    { name: "alertname", op: "=", value: name },
    { name: LABEL.service, op: "=", value: service },
  ] as const;
  const full = (part?: number) => receiverPart(receiverBelow(service, name), part);
  const at = { origin: definition.origin, path: [1, "heartbeat"] };
  return toReceivers(spec.receiver, full, ALWAYS, above, { matchers, ...pace, at });
}

function node(matchers: Route["matchers"], pace: Partial<Route>, inner: readonly Branch[], at: SourcePoint): Branch {
  return {
    receivers: inner.flatMap(({ receivers }) => receivers),
    route: { receiver: undefined, matchers, ...pace, routes: inner.map(({ route }) => route), at },
  };
}

/** Severities are routed to from several places: the same receivers by the same name are one. */
function unique(receivers: readonly PlannedReceiver[]): readonly PlannedReceiver[] {
  const seen = new Map<string, PlannedReceiver[]>();
  return receivers.filter((one) => {
    const namesakes = seen.get(one.name) ?? [];
    if (namesakes.some((other) => sameList(definitionsOf(other), definitionsOf(one)))) return false;
    seen.set(one.name, [...namesakes, one]);
    return true;
  });
}

const definitionsOf = ({ integrations }: PlannedReceiver) => integrations.map(({ definition }) => definition);

function intervalsOf({ activeTimeIntervals = [], muteTimeIntervals = [], routes }: Route): readonly string[] {
  return [...activeTimeIntervals, ...muteTimeIntervals, ...routes.flatMap(intervalsOf)];
}
