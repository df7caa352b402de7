/** Routes that a team or an environment writes itself. https://prometheus.io/docs/alerting/latest/configuration/#route */
import { z } from "zod";
import { compileRegex, isRegexMistake } from "../label/regex.ts";
import { captureOrigin, type Origin } from "../source/origin.ts";
import { toMatchers, type ValueMatcher } from "./metric/matchers.ts";
import { type NotificationSpec, notificationFields } from "./notification.ts";
import type { Receivers } from "./receiver/receiver.ts";
import { definitionOf, labelName, safeName, staticLabels } from "./schema.ts";
import type { TimeInterval } from "./time-interval.ts";

/** Which alerts a route takes, by their labels; the alert's name is the label `alertname`. */
export type RouteMatch = Readonly<Record<string, ValueMatcher<string>>>;

/** What a route is made of: what it matches, and who hears of that. */
export interface RouteSpec extends NotificationSpec {
  /** The name of its receiver, below the team's. Default: its number. */
  readonly name?: string;
  readonly match: RouteMatch;
  /** Who hears of what it takes. Default: whoever the route above tells. */
  readonly receiver?: Receivers;
  /** Tells only in these hours; what comes in between waits for them. */
  readonly during?: TimeInterval | readonly TimeInterval[];
  /** Does not tell in these hours. */
  readonly except?: TimeInterval | readonly TimeInterval[];
  /** Whether the routes after it are asked as well. Default: no, so that nobody else hears of what it takes. */
  readonly continue?: boolean;
  /** Labels that texts can read as `.RouteLabels`. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Routes that are asked before it, and take what it takes too. */
  readonly routes?: readonly RouteNode[];
}

/** A route of one's own. */
export interface RouteNode {
  readonly kind: "Route";
  readonly spec: RouteSpec;
  readonly origin: Origin;
}

/**
 * A route below a team's node, asked before the team's severities; or, in an environment, before all teams.
 *
 * ```ts
 * route({ match: { service: "checkout", code: /5../ }, receiver: slack("#checkout-errors"), continue: true });
 * ```
 */
export function route(spec: RouteSpec): RouteNode {
  return Object.freeze({ kind: "Route", spec: Object.freeze(spec), origin: captureOrigin(route) });
}

const text = z.string();

const matcher = z
  .union([
    text,
    z.array(text).min(1),
    z.instanceof(RegExp),
    z.object({ not: z.union([text, z.array(text).min(1), z.instanceof(RegExp)]) }),
  ])
  .superRefine((value, context) => {
    const [found] = toMatchers({ label: value });
    if (found === undefined || found.op === "=" || found.op === "!=") return;
    const regex = compileRegex(found.value);
    if (isRegexMistake(regex)) context.addIssue({ code: "custom", message: `${String(value)}: ${regex.mistake}` });
  });

const intervals = z.union([definitionOf("TimeInterval"), z.array(definitionOf("TimeInterval")).min(1)]).optional();

export const receiversSchema = z.union([definitionOf("Receiver"), z.array(definitionOf("Receiver")).min(1)]);

export const routesSchema: z.ZodType = z.lazy(() => z.array(z.object({ spec: routeSchema }, NO_ROUTE)));

/** A plain object has no spec: what is written by hand is no route. */
const NO_ROUTE = {
  error: ({ code }: { readonly code?: string }) =>
    code === "invalid_type" ? "expected what route() returns" : undefined,
};

const routeSchema = z.strictObject(
  {
    name: safeName.optional(),
    match: z.record(labelName, matcher).refine((match) => Object.keys(match).length > 0, {
      error: "an empty match takes everything: name a label",
    }),
    receiver: receiversSchema.optional(),
    during: intervals,
    except: intervals,
    continue: z.boolean().optional(),
    labels: staticLabels.optional(),
    ...notificationFields,
    routes: routesSchema.optional(),
  },
  NO_ROUTE,
);
