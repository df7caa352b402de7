/** What all receivers have in common: who is told, when, and whether of the end as well. */
import { z } from "zod";
import { captureOrigin } from "../../source/origin.ts";
import type { Definition } from "../definition.ts";
import { definitionOf } from "../schema.ts";
import { type HttpClientSpec, httpClientSchema } from "../scrape/http-client.ts";
import type { Shape } from "../scrape/object-schema.ts";
import type { TlsSpec } from "../scrape/tls.ts";
import type { TimeInterval } from "../time-interval.ts";

/** The kinds of receivers, named as in Alertmanager's `<kind>_configs`. */
export type ReceiverKind =
  | "webhook"
  | "email"
  | "pagerduty"
  | "opsgenie"
  | "wechat"
  | "slack"
  | "victorops"
  | "pushover"
  | "sns"
  | "telegram"
  | "discord"
  | "webex"
  | "msteams"
  | "msteamsv2"
  | "jira"
  | "incidentio"
  | "rocketchat"
  | "mattermost";

/** What every receiver has: its hours, and whether it hears of what is resolved. */
export interface ReceiverSpec {
  /** Notifies only in these hours; what comes in between waits for them. */
  readonly during?: TimeInterval;
  /** Does not notify in these hours. */
  readonly except?: TimeInterval;
  /** Whether the end of an alert is told as well. Default: yes. */
  readonly sendResolved?: boolean;
  /** How the receiver is reached over HTTP. It takes the place of the environment's `http` as a whole. */
  readonly http?: HttpSpec;
}

/** How one server reaches another over HTTP. https://prometheus.io/docs/alerting/latest/configuration/#http_config */
export type HttpSpec = HttpClientSpec;

/** https://prometheus.io/docs/alerting/latest/configuration/#tls_config */
export type { TlsSpec };

/** Someone, or something, that notifications are sent to. */
export interface Receiver<S extends ReceiverSpec = ReceiverSpec> extends Definition<"Receiver", S> {
  readonly type: ReceiverKind;
}

/** One receiver, or several that hear the same. */
export type Receivers = Receiver | readonly Receiver[];

export function defineReceiver<S extends ReceiverSpec>(
  type: ReceiverKind,
  name: string,
  spec: S,
  factory: (...args: never[]) => unknown,
): Receiver<S> {
  return Object.freeze({ kind: "Receiver", type, name, spec: Object.freeze(spec), origin: captureOrigin(factory) });
}

export const receiverFields = {
  during: definitionOf("TimeInterval").optional(),
  except: definitionOf("TimeInterval").optional(),
  sendResolved: z.boolean().optional(),
  http: httpClientSchema.optional(),
};

/** A rule between the properties of a spec: what it says where it is broken, or nothing. */
export type ReceiverRule<S> = (spec: S) => string | undefined;

/** The schema of a kind of receiver: its name, its own properties in the order in which they are printed, and its rules. */
export function receiverSchema<S extends ReceiverSpec>(
  name: z.ZodType<string>,
  shape: Shape<Omit<S, keyof ReceiverSpec>>,
  ...rules: readonly ReceiverRule<S>[]
) {
  return z.object({
    name,
    spec: ruled(z.strictObject({ ...receiverFields, ...(shape as z.ZodRawShape) }), rules as never),
  });
}

/** Adds rules that are asked whatever else is wrong: they only look at what was given at all. */
export function ruled<T extends z.ZodType>(schema: T, rules: readonly ReceiverRule<z.output<T>>[]): T {
  const check = z.core._check<z.output<T>>(({ value, issues }) => {
    if (typeof value !== "object" || value === null) return;
    for (const rule of rules) {
      const message = rule(value);
      if (message !== undefined) issues.push({ code: "custom", message, path: [], input: value, continue: true });
    }
  });
  check._zod.def.when = () => true;
  return schema.check(check as never) as T;
}

/** At most one of these may be given. */
export function atMostOneOf<S>(...fields: readonly (keyof S & string)[]): ReceiverRule<S> {
  return (spec) => {
    const given = fields.filter((field) => spec[field] !== undefined);
    return given.length > 1 ? `give ${given.join(" or ")}, not both` : undefined;
  };
}

/** Exactly one of these must be given. */
export function oneOf<S>(help: string, ...fields: readonly (keyof S & string)[]): ReceiverRule<S> {
  return (spec) => {
    const given = fields.filter((field) => spec[field] !== undefined);
    return given.length === 1 ? undefined : given.length === 0 ? help : `give ${given.join(" or ")}, not both`;
  };
}
