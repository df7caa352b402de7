/** `global`, `tracing` and `event_recorder`: what holds for all of Alertmanager. https://prometheus.io/docs/alerting/latest/configuration/ */
import { z } from "zod";
import { type AlertmanagerSpec, eventRecorderSchema, globalFields, tracingSchema } from "../../model/alertmanager.ts";
import { smtpFields } from "../../model/receiver/email.ts";
import type { YamlValue } from "../../yaml/print.ts";
import { bySchema } from "../by-schema.ts";

type Fields = { readonly [key: string]: YamlValue };

// Receivers of Slack name the app's token themselves: a global one would go before their own webhooks.
const { slackAppTokenFile: _, ...printed } = globalFields;

const GLOBAL = z.object(printed);
const SMTP = z.object(smtpFields);

/** `global`, or nothing where the environment says nothing of it. */
export function globalYaml(spec: AlertmanagerSpec): YamlValue {
  const { smtp = {}, wechat = {} } = spec;
  const fields: Fields = {
    ...(bySchema(GLOBAL, spec, { http: "http_config" }) as Fields),
    ...withPrefix("smtp_", bySchema(SMTP, smtp)),
    ...withPrefix("wechat_", {
      api_url: wechat.apiUrl,
      api_corp_id: wechat.corpId,
      api_secret_file: wechat.apiSecretFile,
    }),
  };
  return Object.values(fields).some((value) => value !== undefined) ? fields : undefined;
}

export function tracingYaml({ tracing }: AlertmanagerSpec): YamlValue {
  return tracing && (bySchema(tracingSchema, tracing, { headers: "headers" }) as Fields);
}

export function eventRecorderYaml({ eventRecorder }: AlertmanagerSpec): YamlValue {
  return (
    eventRecorder && (bySchema(eventRecorderSchema, eventRecorder, { "webhookOutputs.http": "http_config" }) as Fields)
  );
}

function withPrefix(prefix: string, fields: unknown): Fields {
  return Object.fromEntries(Object.entries(fields as Fields).map(([key, value]) => [prefix + key, value]));
}
