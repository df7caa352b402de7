/** Branches of the routing tree: a node with all below it, and the receivers that it names. */

import { toMatchers } from "../../model/metric/matchers.ts";
import type { Receiver, Receivers } from "../../model/receiver/receiver.ts";
import type { RouteNode } from "../../model/route.ts";
import type { TimeInterval } from "../../model/time-interval.ts";
import { receiverBelow, receiverPart } from "../conventions.ts";
import type { PlannedReceiver, Route } from "../plan.ts";
import { type Context, integrate } from "./integrate.ts";
import { differsFrom, type Pace, type Pacing, paceOf } from "./pace.ts";

export interface Branch {
  readonly route: Route;
  readonly receivers: readonly PlannedReceiver[];
}

/** What a node takes from those above it. */
export interface Above extends Context {
  /** Everything above that says how fast, from the outermost. */
  readonly chain: readonly Pacing[];
  /** The pace that a node without one of its own would have. */
  readonly pace: Pace;
  /** The labels of all receivers here. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

export interface Hours {
  readonly during: readonly TimeInterval[];
  readonly except: readonly TimeInterval[];
}

export const ALWAYS: Hours = { during: [], except: [] };

/** A node below, and what the nodes below that take from it. */
export function below(
  above: Above,
  own: Pacing,
  severity?: string,
): { readonly here: Above; readonly pace: Partial<Pace> } {
  const chain = [...above.chain, own];
  const pace = paceOf(chain, severity);
  return { here: { ...above, chain, pace }, pace: differsFrom(above.pace, pace) };
}

/** Routes to some receivers, one for each hours that they have: each but the last lets the next be asked as well. */
export function toReceivers(
  receivers: Receivers,
  name: (part?: number) => string,
  hours: Hours,
  above: Above,
  node: Omit<Route, "receiver" | "routes">,
): readonly Branch[] {
  const parts = byHours(
    toList(receivers).filter((receiver) => above.overrides.enabled(receiver)),
    above,
  );
  return parts.map((part, i): Branch => {
    const [first] = part as readonly [Receiver];
    const full = name(parts.length === 1 ? undefined : i);
    const integrations = part.map((receiver) => integrate(receiver, above));
    return {
      receivers: [{ name: full, ...(above.labels && { labels: above.labels }), integrations }],
      route: {
        receiver: full,
        ...node,
        ...hoursOf(joined(hours, hoursOfReceiver(first, above))),
        ...(i < parts.length - 1 ? { continue: true } : {}),
        routes: [],
      },
    };
  });
}

/**
 * A route that somebody wrote, with all below it. Where it names nobody, what it takes goes where it would have gone
 * without it, at the route's pace and in its hours: `otherwise` says where that is.
 */
export function ownRoute(
  { spec, origin }: RouteNode,
  name: string,
  above: Above,
  otherwise: ((above: Above, hours: Hours) => readonly Branch[]) | undefined,
): readonly Branch[] {
  const { severity } = spec.match;
  const { here, pace } = below(
    above,
    { notifications: paceIn(spec) },
    typeof severity === "string" ? severity : undefined,
  );
  const hours: Hours = { during: toList(spec.during ?? []), except: toList(spec.except ?? []) };
  const parts =
    spec.receiver === undefined
      ? (otherwise?.(here, hours) ?? [])
      : toReceivers(spec.receiver, (part) => receiverPart(name, part), hours, here, {
          matchers: [],
        });
  // Nobody is left of those whom it tells: what it takes stays with those above.
  if (spec.receiver !== undefined && parts.length === 0) return [];
  const inner = (spec.routes ?? []).flatMap((child, i) =>
    ownRoute(
      child,
      receiverBelow(name, child.spec.name ?? i + 1),
      here,
      spec.receiver === undefined ? otherwise : undefined,
    ),
  );
  const node: Omit<Route, "routes"> = {
    receiver: undefined,
    matchers: toMatchers(spec.match),
    ...pace,
    ...(spec.continue === true ? { continue: true } : {}),
    ...(spec.labels && { labels: spec.labels }),
    at: { origin, path: [0] },
    written: true,
  };
  const [only, ...others] = parts;
  const routes = inner.map(({ route }) => route);
  return [
    {
      receivers: [...inner, ...parts].flatMap(({ receivers }) => receivers),
      route:
        spec.receiver !== undefined && only !== undefined && others.length === 0
          ? { ...only.route, ...node, receiver: only.route.receiver, routes }
          : {
              ...node,
              ...(parts.length === 0 ? hoursOf(hours) : {}),
              routes: [...routes, ...parts.map(({ route }) => route)],
            },
    },
  ];
}

export function hoursOf({ during, except }: Hours): Pick<Route, "activeTimeIntervals" | "muteTimeIntervals"> {
  return {
    ...(during.length === 0 ? {} : { activeTimeIntervals: during.map(({ name }) => name) }),
    ...(except.length === 0 ? {} : { muteTimeIntervals: except.map(({ name }) => name) }),
  };
}

function paceIn({ groupBy, groupWait, groupInterval, repeatInterval }: RouteNode["spec"]): Partial<Pace> {
  const given = { groupBy, groupWait, groupInterval, repeatInterval };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function hoursOfReceiver(receiver: Receiver, { overrides }: Context): Hours {
  const { during, except } = overrides.spec(receiver);
  return { during: toList(during ?? []), except: toList(except ?? []) };
}

/** Any of the hours that are left out leaves out; of two that let through, Alertmanager takes either, so only one may be given. */
function joined(route: Hours, receiver: Hours): Hours {
  return {
    during: route.during.length > 0 ? route.during : receiver.during,
    except: [...new Set([...route.except, ...receiver.except])],
  };
}

/** Receivers that share their hours share a route. */
function byHours(receivers: readonly Receiver[], { overrides }: Context): readonly (readonly Receiver[])[] {
  const parts = new Map<string, Receiver[]>();
  for (const receiver of receivers) {
    const { during, except } = overrides.spec(receiver);
    const key = JSON.stringify([during?.name, except?.name]);
    parts.set(key, [...(parts.get(key) ?? []), receiver]);
  }
  return [...parts.values()];
}

export function toList<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}
