/** How fast each node of the routing tree tells: what its author says, else what those above say, else what is usual. */
import type { NotificationSpec } from "../../model/notification.ts";
import { NOTIFICATIONS, SEVERITY_NOTIFICATIONS } from "../conventions.ts";

/** Something that says how fast: an environment, a team, a service or a route. */
export interface Pacing {
  readonly notifications?: NotificationSpec | undefined;
  readonly severities?: Readonly<Record<string, NotificationSpec | undefined>> | undefined;
}

export type Pace = Required<NotificationSpec>;

/** The pace of a node, by those above it from the outermost to its own; of one severity where it tells only that. */
export function paceOf(chain: readonly Pacing[], severity?: string): Pace {
  return Object.assign(
    { ...NOTIFICATIONS },
    severity === undefined ? {} : SEVERITY_NOTIFICATIONS[severity],
    ...chain.flatMap(({ notifications, severities }) => [
      notifications,
      severity === undefined ? undefined : severities?.[severity],
    ]),
  );
}

/** The part of a pace that a node must say, because it would inherit another. */
export function differsFrom(above: Pace, pace: Pace): NotificationSpec {
  return Object.fromEntries(
    Object.entries(pace).filter(([key, value]) => String(above[key as keyof Pace]) !== String(value)),
  );
}
