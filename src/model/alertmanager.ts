/** What an environment says of its Alertmanager. https://prometheus.io/docs/alerting/latest/configuration/ */
import { z } from "zod";
import type { DurationText } from "../quantity/duration.ts";
import { type NotificationSpec, notificationSchema } from "./notification.ts";
import { type SmtpSpec, smtpFields } from "./receiver/email.ts";
import { plain } from "./receiver/field.ts";
import type { HttpSpec, Receivers } from "./receiver/receiver.ts";
import { type RouteNode, receiversSchema, routesSchema } from "./route.ts";
import { duration, hostPort, positiveDuration, secretFile, webUrl } from "./schema.ts";
import { type HeaderSpec, headersSchema, httpClientSchema } from "./scrape/http-client.ts";
import { type TlsSpec, tlsSchema } from "./scrape/tls.ts";

/** What an environment says of its Alertmanager: what receivers share, the pace of notifications, routes of its own. */
export interface AlertmanagerSpec {
  /**
   * The directory on the server in which secrets lie, where receivers do not name a file: `slack-url`,
   * `pagerduty-<name>`, …
   */
  readonly secrets?: string;
  /** After what time an alert of which nothing more is heard counts as over. Default: `"5m"`. Prometheus says it itself. */
  readonly resolveTimeout?: DurationText;
  /** How receivers are reached over HTTP that do not say it themselves. */
  readonly http?: HttpSpec;
  readonly smtp?: SmtpSpec;
  readonly slackApiUrlFile?: string;
  /** The token of an app that posts to Slack, for receivers that name no webhook. */
  readonly slackAppTokenFile?: string;
  readonly slackAppUrl?: string;
  readonly pagerdutyUrl?: string;
  readonly opsgenieApiUrl?: string;
  readonly opsgenieApiKeyFile?: string;
  readonly wechat?: { readonly apiUrl?: string; readonly corpId?: string; readonly apiSecretFile?: string };
  readonly victoropsApiUrl?: string;
  readonly victoropsApiKeyFile?: string;
  readonly telegramApiUrl?: string;
  readonly telegramBotTokenFile?: string;
  readonly webexApiUrl?: string;
  readonly jiraApiUrl?: string;
  readonly rocketchatApiUrl?: string;
  readonly rocketchatTokenFile?: string;
  readonly rocketchatTokenIdFile?: string;
  readonly mattermostWebhookUrlFile?: string;
  /** Defaults for all severities. */
  readonly notifications?: NotificationSpec;
  /** What differs for a severity. */
  readonly severities?: Readonly<Record<string, NotificationSpec>>;
  /** Who hears of what no team does. Default: nobody. */
  readonly fallback?: Receivers;
  /** Routes that are asked before those of all teams. They must not take a team's alerts away: give them `continue`. */
  readonly routes?: readonly RouteNode[];
  /** Other files of templates on the server, besides the one that is built: `"templates/*.tmpl"`. */
  readonly templates?: readonly string[];
  readonly tracing?: TracingSpec;
  readonly eventRecorder?: EventRecorderSpec;
}

/** Where traces of Alertmanager itself go. https://prometheus.io/docs/alerting/latest/configuration/#tracing_config */
export interface TracingSpec {
  /** Default: `"grpc"`. */
  readonly clientType?: "grpc" | "http";
  /** `host:port`. */
  readonly endpoint: string;
  /** Which share is kept, 0 to 1. */
  readonly samplingFraction?: number;
  readonly insecure?: boolean;
  readonly tls?: TlsSpec;
  readonly headers?: Readonly<Record<string, HeaderSpec>>;
  readonly compression?: "gzip";
  readonly timeout?: DurationText;
}

/** What Alertmanager writes down of what it does. https://prometheus.io/docs/alerting/latest/configuration/#event_recorder_config */
export interface EventRecorderSpec {
  readonly fileOutputs?: readonly { readonly path: string }[];
  /** The addresses may hold no secret: Alertmanager 0.34 reads them from no file. */
  readonly webhookOutputs?: readonly EventWebhookSpec[];
  readonly kafkaOutputs?: readonly EventKafkaSpec[];
  readonly stdoutOutputs?: readonly Readonly<Record<never, never>>[];
}

export interface EventWebhookSpec {
  readonly url: string;
  readonly http?: HttpSpec;
  readonly timeout?: DurationText;
  readonly workers?: number;
  readonly maxRetries?: number;
  readonly retryBackoff?: DurationText;
  readonly batch?: boolean;
  readonly batchMaxEvents?: number;
  readonly batchMaxBytes?: number;
  readonly batchFlushInterval?: DurationText;
}

export interface EventKafkaSpec {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly clientId?: string;
  readonly format?: "json" | "protobuf";
  readonly acks?: "none" | "leader" | "all";
  readonly compression?: "none" | "gzip" | "snappy" | "lz4" | "zstd";
  readonly bufferSize?: number;
  readonly tls?: TlsSpec;
}

const count = z.int().min(0).optional();

export const tracingSchema = z.strictObject({
  clientType: z.enum(["grpc", "http"]).optional(),
  endpoint: plain,
  samplingFraction: z.number().min(0).max(1).optional(),
  insecure: z.boolean().optional(),
  tls: tlsSchema.optional(),
  headers: headersSchema.optional(),
  compression: z.literal("gzip").optional(),
  timeout: duration.optional(),
});

const eventWebhook = z
  .strictObject({
    url: webUrl,
    http: httpClientSchema.optional(),
    timeout: duration.optional(),
    workers: count,
    maxRetries: count,
    retryBackoff: duration.optional(),
    batch: z.boolean().optional(),
    batchMaxEvents: count,
    batchMaxBytes: count,
    batchFlushInterval: duration.optional(),
  })
  .refine(
    ({ batch, batchMaxEvents, batchMaxBytes, batchFlushInterval }) =>
      batch === true || (batchMaxEvents ?? batchMaxBytes ?? batchFlushInterval) === undefined,
    { error: "limits of a batch need batch: true" },
  );

export const eventRecorderSchema = z.strictObject({
  fileOutputs: z.array(z.strictObject({ path: plain })).optional(),
  webhookOutputs: z.array(eventWebhook).optional(),
  kafkaOutputs: z
    .array(
      z.strictObject({
        brokers: z.array(hostPort).min(1),
        topic: plain,
        clientId: plain.optional(),
        format: z.enum(["json", "protobuf"]).optional(),
        acks: z.enum(["none", "leader", "all"]).optional(),
        compression: z.enum(["none", "gzip", "snappy", "lz4", "zstd"]).optional(),
        bufferSize: count,
        tls: tlsSchema.optional(),
      }),
    )
    .optional(),
  stdoutOutputs: z.array(z.strictObject({})).optional(),
});

/** What `global` of alertmanager.yml holds besides mail and WeChat, in the order in which it is printed. */
export const globalFields = {
  resolveTimeout: positiveDuration.optional(),
  http: httpClientSchema.optional(),
  slackApiUrlFile: secretFile.optional(),
  slackAppTokenFile: secretFile.optional(),
  slackAppUrl: webUrl.optional(),
  pagerdutyUrl: webUrl.optional(),
  opsgenieApiUrl: webUrl.optional(),
  opsgenieApiKeyFile: secretFile.optional(),
  victoropsApiUrl: webUrl.optional(),
  victoropsApiKeyFile: secretFile.optional(),
  telegramApiUrl: webUrl.optional(),
  telegramBotTokenFile: secretFile.optional(),
  webexApiUrl: webUrl.optional(),
  jiraApiUrl: webUrl.optional(),
  rocketchatApiUrl: webUrl.optional(),
  rocketchatTokenFile: secretFile.optional(),
  rocketchatTokenIdFile: secretFile.optional(),
  mattermostWebhookUrlFile: secretFile.optional(),
};

export const alertmanagerSchema = z.strictObject({
  secrets: plain.optional(),
  ...globalFields,
  wechat: z
    .strictObject({ apiUrl: webUrl.optional(), corpId: plain.optional(), apiSecretFile: secretFile.optional() })
    .optional(),
  smtp: z.strictObject(smtpFields).optional(),
  notifications: notificationSchema.optional(),
  severities: z.record(plain, notificationSchema).optional(),
  fallback: z.union([receiversSchema, z.array(z.never()).length(0)]).optional(),
  routes: routesSchema.optional(),
  templates: z.array(plain).optional(),
  tracing: tracingSchema.optional(),
  eventRecorder: eventRecorderSchema.optional(),
});
