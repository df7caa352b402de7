/** Receivers as Alertmanager's `<kind>_configs`. https://prometheus.io/docs/alerting/latest/configuration/#receiver */
import type { EmailSpec } from "../../model/receiver/email.ts";
import type { PagerdutySpec } from "../../model/receiver/pagerduty.ts";
import type { ReceiverKind, ReceiverSpec } from "../../model/receiver/receiver.ts";
import type { SlackSpec } from "../../model/receiver/slack.ts";
import type { WebhookSpec } from "../../model/receiver/webhook.ts";
import type { WechatSpec } from "../../model/receiver/wechat.ts";
import type { PlannedIntegration, PlannedReceiver } from "../../plan/plan.ts";
import type { YamlValue } from "../../yaml/print.ts";
import { httpConfig } from "../http-config.ts";

type Fields = { readonly [key: string]: YamlValue };

interface Specs {
  readonly webhook: WebhookSpec;
  readonly email: EmailSpec;
  readonly slack: SlackSpec;
  readonly pagerduty: PagerdutySpec;
  readonly wechat: WechatSpec;
}

/** A receiver with all its integrations. */
export function receiver({ name, integrations }: PlannedReceiver): YamlValue {
  const byKind = new Map<ReceiverKind, YamlValue[]>();
  for (const integration of integrations) {
    const { type } = integration.definition;
    byKind.set(type, [...(byKind.get(type) ?? []), config(integration)]);
  }
  return { name, ...Object.fromEntries([...byKind].map(([type, configs]) => [`${type}_configs`, configs])) };
}

function config({ definition, spec }: PlannedIntegration): YamlValue {
  const fields = (CONFIGS[definition.type] as (name: string, spec: ReceiverSpec) => Fields)(definition.name, spec);
  const { sendResolved, http } = spec;
  return { send_resolved: sendResolved ?? true, ...fields, http_config: http && httpConfig(http) };
}

/** Texts refer to `tocsin.tmpl`, which is built from `templates/notification.tmpl.hbs`. */
const text = (name: string) => `{{ template "tocsin.${name}" . }}`;

const CONFIGS: { readonly [K in ReceiverKind]: (name: string, spec: Specs[K]) => Fields } = {
  webhook: (_, spec) => ({ url: spec.url, url_file: spec.urlFile, max_alerts: spec.maxAlerts, timeout: spec.timeout }),
  email: (to, spec) => ({
    to,
    from: spec.from,
    smarthost: spec.smarthost,
    hello: spec.hello,
    auth_username: spec.authUsername,
    auth_password_file: spec.authPasswordFile,
    require_tls: spec.requireTls,
    headers: { Subject: text("title"), ...spec.headers },
    html: spec.html ?? text("html"),
    text: spec.text ?? text("text"),
  }),
  slack: (channel, spec) => ({
    api_url_file: spec.apiUrlFile,
    channel,
    username: spec.username,
    icon_emoji: spec.iconEmoji,
    icon_url: spec.iconUrl,
    color: spec.color,
    title: spec.title ?? text("title"),
    title_link: spec.titleLink ?? text("link"),
    text: spec.text ?? text("text"),
    fallback: spec.fallback ?? text("title"),
    footer: spec.footer,
    fields: spec.fields as YamlValue,
    actions: spec.actions as YamlValue,
  }),
  pagerduty: (_, spec) => ({
    routing_key_file: spec.routingKeyFile,
    service_key_file: spec.serviceKeyFile,
    url: spec.url,
    description: spec.description ?? text("title"),
    severity: spec.severity,
    class: spec.class,
    component: spec.component,
    group: spec.group,
    client: spec.client,
    client_url: spec.clientUrl ?? text("link"),
    details: spec.details ?? { alerts: text("text") },
  }),
  wechat: (_, spec) => ({
    api_secret_file: spec.apiSecretFile,
    api_url: spec.apiUrl,
    corp_id: spec.corpId,
    agent_id: spec.agentId,
    to_user: spec.toUser,
    to_party: spec.toParty,
    to_tag: spec.toTag,
    message_type: spec.messageType,
    message: spec.message ?? `${text("title")}\n${text("text")}`,
  }),
};
