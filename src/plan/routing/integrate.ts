/** Receivers with everything filled in: what the environment changes, what it says for all, and where secrets lie. */
import type { AlertmanagerSpec } from "../../model/alertmanager.ts";
import type { Receiver, ReceiverKind, ReceiverSpec } from "../../model/receiver/receiver.ts";
import { AUTHORIZATION_FILE, SECRET_FILE } from "../conventions.ts";
import type { Overrides } from "../overrides.ts";
import type { PlannedIntegration } from "../plan.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Where things are decided: one environment. */
export interface Context {
  readonly global: AlertmanagerSpec;
  readonly overrides: Overrides;
}

export function integrate(definition: Receiver, { global, overrides }: Context): PlannedIntegration {
  const own = someOf(overrides.spec(definition) as ReceiverSpec & Fields);
  const inherited = someOf(INHERITED[definition.type](global));
  const spec =
    global.secrets === undefined ? own : { ...own, ...secretsOf(definition, own, inherited, global.secrets) };
  return { definition, inherited, spec: definition.type === "slack" ? withAppToken(spec, global) : spec };
}

/** What receivers of each kind take from the environment, by their own names. */
const INHERITED: { readonly [K in ReceiverKind]: (global: AlertmanagerSpec) => Fields } = {
  webhook: () => ({}),
  email: ({ smtp = {} }) => ({ ...smtp }),
  pagerduty: (global) => ({ url: global.pagerdutyUrl }),
  opsgenie: (global) => ({ apiUrl: global.opsgenieApiUrl, apiKeyFile: global.opsgenieApiKeyFile }),
  wechat: ({ wechat = {} }) => ({ ...wechat }),
  slack: (global) => ({
    apiUrlFile: global.slackApiUrlFile,
    appTokenFile: global.slackAppTokenFile,
    appUrl: global.slackAppUrl,
  }),
  victorops: (global) => ({ apiUrl: global.victoropsApiUrl, apiKeyFile: global.victoropsApiKeyFile }),
  pushover: () => ({}),
  sns: () => ({}),
  telegram: (global) => ({ apiUrl: global.telegramApiUrl, botTokenFile: global.telegramBotTokenFile }),
  discord: () => ({}),
  webex: (global) => ({ apiUrl: global.webexApiUrl }),
  msteams: () => ({}),
  msteamsv2: () => ({}),
  jira: (global) => ({ apiUrl: global.jiraApiUrl, http: global.http }),
  incidentio: () => ({}),
  rocketchat: (global) => ({
    apiUrl: global.rocketchatApiUrl,
    tokenFile: global.rocketchatTokenFile,
    tokenIdFile: global.rocketchatTokenIdFile,
  }),
  mattermost: (global) => ({ webhookUrlFile: global.mattermostWebhookUrlFile }),
};

/** Properties of which any says already how a receiver proves itself, so that the usual file is not looked for. */
const INSTEAD: Readonly<Partial<Record<ReceiverKind, readonly string[]>>> = {
  pagerduty: ["serviceKeyFile"],
  slack: ["appTokenFile", "updateMessage"],
};

function secretsOf({ type, name }: Receiver, own: ReceiverSpec & Fields, inherited: Fields, folder: string): Fields {
  const known: Fields = { ...inherited, ...own };
  const at = (file: string) => `${folder.replace(/\/+$/, "")}/${file}`;
  const proven = (INSTEAD[type] ?? []).some((property) => known[property] !== undefined);
  const byToken = type === "incidentio" && hasAuthorization(own);
  const files = Object.entries(proven || byToken ? {} : SECRET_FILE[type])
    .filter(([property]) => known[property] === undefined)
    .map(([property, file]) => [property, at(file(name))]);
  return { ...Object.fromEntries(files), ...authorization(type, own, inherited, at) };
}

/** The authorization of kinds that keep their secret there; it joins what else the receiver says of HTTP. */
function authorization(
  type: ReceiverKind,
  own: ReceiverSpec & Fields,
  inherited: Fields,
  at: (file: string) => string,
): Fields {
  if (!(type in AUTHORIZATION_FILE) || hasAuthorization(own) || hasAuthorization(inherited)) return {};
  if (type === "slack" && own.updateMessage !== true) return {};
  const file = AUTHORIZATION_FILE[type as keyof typeof AUTHORIZATION_FILE];
  return { http: { ...own.http, authorization: { credentialsFile: at(file) } } };
}

/** Whether an HTTP client proves itself in any way. */
export function hasAuthorization(spec: { readonly http?: unknown }): boolean {
  const { authorization, basicAuth, oauth2 } = (spec.http ?? {}) as NonNullable<ReceiverSpec["http"]>;
  return (authorization ?? basicAuth ?? oauth2) !== undefined;
}

/** A receiver of Slack without an address of its own posts as the environment's app. Alertmanager would let the app go first. */
function withAppToken(spec: ReceiverSpec & Fields, { slackAppTokenFile }: AlertmanagerSpec): ReceiverSpec & Fields {
  const own = [spec.apiUrlFile, spec.appTokenFile, spec.updateMessage].some((property) => property !== undefined);
  return slackAppTokenFile === undefined || own || hasAuthorization(spec)
    ? spec
    : { ...spec, appTokenFile: slackAppTokenFile };
}

function someOf<T extends Fields>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
