/** Teams: who owns services, and which receivers hear of each severity. */
import { z } from "zod";
import { captureOrigin } from "../source/origin.ts";
import type { Definition } from "./definition.ts";
import type { Receiver } from "./receiver/receiver.ts";
import { definitionOf, safeName } from "./schema.ts";

/** The receivers of one severity. */
export type Receivers = Receiver | readonly Receiver[];

/** Who owns services, and which receivers hear of each severity `S`. */
export interface Team<in out S extends string = string>
  extends Definition<"Team", Readonly<Record<string, Receivers>>> {
  readonly "~severities"?: (severity: S) => S;
  readonly receivers: Readonly<Record<S, Receivers>>;
}

/** A team whatever its severities. */
export type AnyTeam = Definition<"Team", Readonly<Record<string, Receivers>>>;

/**
 * Defines a team and who hears of its alerts. The severities are the team's own; an alert names one of them.
 *
 * ```ts
 * const storefront = team("storefront", { page: pagerduty("storefront-primary"), ticket: slack("#storefront") });
 * ```
 */
export function team<const S extends string, R extends Readonly<Record<S, Receivers>>>(
  name: string,
  receivers: R & Readonly<Record<S, Receivers>>,
): Team<S> & { readonly receivers: R } {
  const frozen = Object.freeze(receivers);
  return Object.freeze({ kind: "Team", name, spec: frozen, receivers: frozen, origin: captureOrigin(team) });
}

export const teamSchema = z.object({
  name: safeName,
  spec: z
    .record(
      z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/, {
        error: ({ input }) => `${JSON.stringify(input)} cannot be a severity: use letters, digits, "_" and "-"`,
      }),
      z.union([definitionOf("Receiver"), z.array(definitionOf("Receiver")).min(1)]),
    )
    .refine((receivers) => Object.keys(receivers).length > 0, { error: "a team needs at least one receiver" }),
});
