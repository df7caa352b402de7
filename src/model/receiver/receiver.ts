/** What all receivers have in common: who is told, when, and whether of the end as well. */
import { z } from "zod";
import { captureOrigin } from "../../source/origin.ts";
import type { Definition } from "../definition.ts";
import { definitionOf, webUrl } from "../schema.ts";
import type { TimeInterval } from "../time-interval.ts";

/** The kinds of receivers, named as in Alertmanager's `<kind>_configs`. */
export type ReceiverKind = "webhook" | "email" | "slack" | "pagerduty" | "wechat";

export interface ReceiverSpec {
  /** Notifies only in these hours; what comes in between waits for them. */
  readonly during?: TimeInterval;
  /** Does not notify in these hours. */
  readonly except?: TimeInterval;
  /** Whether the end of an alert is told as well. Default: yes. */
  readonly sendResolved?: boolean;
  /** How the receiver is reached over HTTP, where that is not straightforward. */
  readonly http?: HttpSpec;
}

/** https://prometheus.io/docs/alerting/latest/configuration/#http_config */
export interface HttpSpec {
  readonly authorization?: { readonly type?: string; readonly credentialsFile: string };
  readonly basicAuth?: { readonly username: string; readonly passwordFile: string };
  readonly proxyUrl?: string;
  readonly followRedirects?: boolean;
  readonly tls?: TlsSpec;
}

/** https://prometheus.io/docs/alerting/latest/configuration/#tls_config */
export interface TlsSpec {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly serverName?: string;
  readonly insecureSkipVerify?: boolean;
}

/** Someone, or something, that notifications are sent to. */
export interface Receiver<S extends ReceiverSpec = ReceiverSpec> extends Definition<"Receiver", S> {
  readonly type: ReceiverKind;
}

export function defineReceiver<S extends ReceiverSpec>(
  type: ReceiverKind,
  name: string,
  spec: S,
  factory: (...args: never[]) => unknown,
): Receiver<S> {
  return Object.freeze({ kind: "Receiver", type, name, spec: Object.freeze(spec), origin: captureOrigin(factory) });
}

export const tlsSchema = z.strictObject({
  caFile: z.string().min(1).optional(),
  certFile: z.string().min(1).optional(),
  keyFile: z.string().min(1).optional(),
  serverName: z.string().min(1).optional(),
  insecureSkipVerify: z.boolean().optional(),
});

export const httpSchema = z
  .strictObject({
    authorization: z
      .strictObject({ type: z.string().min(1).optional(), credentialsFile: z.string().min(1) })
      .optional(),
    basicAuth: z.strictObject({ username: z.string().min(1), passwordFile: z.string().min(1) }).optional(),
    proxyUrl: webUrl.optional(),
    followRedirects: z.boolean().optional(),
    tls: tlsSchema.optional(),
  })
  .refine((http) => http.authorization === undefined || http.basicAuth === undefined, {
    error: "give authorization or basicAuth, not both",
  });

export const receiverFields = {
  during: definitionOf("TimeInterval").optional(),
  except: definitionOf("TimeInterval").optional(),
  sendResolved: z.boolean().optional(),
  http: httpSchema.optional(),
};
