/** Teams: who owns services, and which receivers hear of each severity. */
import { z } from "zod";
import { captureOrigin } from "../source/origin.ts";
import type { Definition } from "./definition.ts";
import { type NotificationSpec, notificationSchema } from "./notification.ts";
import type { Receivers } from "./receiver/receiver.ts";
import { type RouteNode, receiversSchema, routesSchema } from "./route.ts";
import { safeName, staticLabels } from "./schema.ts";

export type { Receivers };

/** How a team wants to be told, beyond who hears of what. */
export interface TeamOptions<S extends string = string> {
  /** Defaults for all its severities. */
  readonly notifications?: NotificationSpec;
  /** What differs for a severity. */
  readonly severities?: Readonly<Partial<Record<S, NotificationSpec>>>;
  /** Routes of its own, asked in this order before its severities. They only ever see the team's own alerts. */
  readonly routes?: readonly RouteNode[];
  /** Labels of its receivers, to find them by in Alertmanager. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Who owns services, and which receivers hear of each severity `S`. */
export interface Team<in out S extends string = string> extends AnyTeam {
  readonly "~severities"?: (severity: S) => S;
  readonly receivers: Readonly<Record<S, Receivers>>;
}

/** A team whatever its severities. */
export interface AnyTeam extends Definition<"Team", Readonly<Record<string, Receivers>>> {
  readonly options: TeamOptions;
}

/**
 * Defines a team and who hears of its alerts. The severities are the team's own; an alert names one of them.
 *
 * ```ts
 * const storefront = team(
 *   "storefront",
 *   { page: pagerduty("storefront-primary"), ticket: slack("#storefront") },
 *   { severities: { ticket: { repeatInterval: "1d" } }, routes: [route({ match: { service: "search" }, receiver: slack("#search") })] },
 * );
 * ```
 */
export function team<const S extends string, R extends Readonly<Record<S, Receivers>>>(
  name: string,
  receivers: R & Readonly<Record<S, Receivers>>,
  options: TeamOptions<NoInfer<S>> = {},
): Team<S> & { readonly receivers: R } {
  const spec = Object.freeze(receivers);
  return Object.freeze({
    kind: "Team",
    name,
    spec,
    receivers: spec,
    options: Object.freeze(options) as TeamOptions,
    origin: captureOrigin(team),
  });
}

const severity = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/, {
  error: ({ input }) => `${JSON.stringify(input)} cannot be a severity: use letters, digits, "_" and "-"`,
});

export const teamSchema = z.object({
  name: safeName,
  spec: z
    .record(severity, receiversSchema)
    .refine((receivers) => Object.keys(receivers).length > 0, { error: "a team needs at least one receiver" }),
  options: z.strictObject({
    notifications: notificationSchema.optional(),
    severities: z.record(severity, notificationSchema).optional(),
    routes: routesSchema.optional(),
    labels: staticLabels.optional(),
  }),
});
