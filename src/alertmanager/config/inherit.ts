/**
 * What receivers inherit from `global`, and what they lack when nothing is there to inherit.
 * https://github.com/prometheus/alertmanager/blob/v0.34.0/config/config.go
 */
import type { Reading } from "../../yaml/shape.ts";
import type { GlobalConfig } from "./global.ts";
import type { IntegrationConfig, ReceiverKind } from "./receiver.ts";

/** A group of fields that is taken from `global` as a whole, unless one of them is set. */
interface Inheritance {
  readonly fields: Readonly<Record<string, keyof GlobalConfig>>;
  /** What is missing where neither the receiver nor `global` sets any of the fields. */
  readonly needed?: string;
}

const one = (field: string, from: keyof GlobalConfig, needed?: string): Inheritance =>
  needed === undefined ? { fields: { [field]: from } } : { fields: { [field]: from }, needed };

const withFile = (field: string, from: keyof GlobalConfig, needed?: string): Inheritance => {
  const fields = { [field]: from, [`${field}_file`]: `${from}_file` as keyof GlobalConfig };
  return needed === undefined ? { fields } : { fields, needed };
};

const INHERITED: Readonly<Record<ReceiverKind, readonly Inheritance[]>> = {
  webhook: [],
  email: [
    one("tls_config", "smtp_tls_config"),
    one("smarthost", "smtp_smarthost", "an SMTP smarthost"),
    one("from", "smtp_from", "an address that it comes from"),
    one("hello", "smtp_hello"),
    one("auth_username", "smtp_auth_username"),
    withFile("auth_password", "smtp_auth_password"),
    withFile("auth_secret", "smtp_auth_secret"),
    one("auth_identity", "smtp_auth_identity"),
    one("require_tls", "smtp_require_tls"),
    one("force_implicit_tls", "smtp_force_implicit_tls"),
  ],
  pagerduty: [one("url", "pagerduty_url", "a PagerDuty URL")],
  opsgenie: [
    one("api_url", "opsgenie_api_url", "an Opsgenie URL"),
    // Each of the two is inherited by itself.
    one("api_key", "opsgenie_api_key"),
    one("api_key_file", "opsgenie_api_key_file"),
  ],
  wechat: [
    one("api_url", "wechat_api_url", "a WeChat URL"),
    withFile("api_secret", "wechat_api_secret", "a WeChat API secret"),
    one("corp_id", "wechat_api_corp_id", "a WeChat corp_id"),
  ],
  slack: [one("app_url", "slack_app_url", "a Slack App URL")],
  victorops: [
    one("api_url", "victorops_api_url", "a VictorOps URL"),
    one("api_key", "victorops_api_key"),
    one("api_key_file", "victorops_api_key_file"),
  ],
  pushover: [],
  sns: [],
  telegram: [one("api_url", "telegram_api_url"), withFile("bot_token", "telegram_bot_token", "a Telegram bot token")],
  discord: [],
  webex: [one("api_url", "webex_api_url", "a Webex URL")],
  msteams: [],
  msteamsv2: [],
  jira: [one("api_url", "jira_api_url", "a Jira URL")],
  incidentio: [],
  rocketchat: [
    one("api_url", "rocketchat_api_url"),
    one("token_id", "rocketchat_token_id"),
    one("token_id_file", "rocketchat_token_id_file"),
    one("token", "rocketchat_token"),
    one("token_file", "rocketchat_token_file"),
  ],
  mattermost: [withFile("webhook_url", "mattermost_webhook_url", "a Mattermost webhook URL")],
};

/** What must be set once the fields are inherited one by one. */
const NEEDED: Partial<Readonly<Record<ReceiverKind, readonly (readonly [fields: readonly string[], what: string])[]>>> =
  {
    opsgenie: [[["api_key", "api_key_file"], "an Opsgenie API key"]],
    victorops: [[["api_key", "api_key_file"], "a VictorOps API key"]],
    rocketchat: [
      [["token_id", "token_id_file"], "a Rocket.Chat token_id"],
      [["token", "token_file"], "a Rocket.Chat token"],
    ],
  };

type Values = Record<string, unknown>;

/** Fills in what an integration inherits, and reports what it still lacks. */
export function inherit<K extends ReceiverKind>(
  kind: K,
  config: IntegrationConfig<K>,
  global: GlobalConfig,
  reading: Reading,
): IntegrationConfig<K> {
  const own = config as object;
  const filled: Values = { ...own };
  for (const { fields, needed } of INHERITED[kind]) {
    const names = Object.keys(fields);
    if (names.some((name) => isSet(filled[name], reading.broken(own, name)) || isEmptyToken(kind, name, filled[name])))
      continue;
    for (const name of names) filled[name] = global[fields[name] as keyof GlobalConfig];
    const present = names.some((name) => isSet(filled[name], reading.broken(global, fields[name] as string)));
    if (needed !== undefined && !present) report(reading, own, kind, needed, names, Object.values(fields));
  }
  for (const [names, what] of NEEDED[kind] ?? []) {
    const from = INHERITED[kind].flatMap(({ fields }) => names.flatMap((name) => fields[name] ?? []));
    const broken = names.some((name) => reading.broken(own, name)) || from.some((name) => reading.broken(global, name));
    const present = names.some((name) => isSet(filled[name], broken) || isEmptyToken(kind, name, filled[name]));
    if (!present && !broken) report(reading, own, kind, what, names, from);
  }
  if (kind === "slack") inheritSlack(filled, own, global, reading);
  else if (kind === "msteamsv2") {
    // Only here is a part of the global http_config inherited.
    const http = filled.http_config as { readonly proxy_url: string | undefined } | undefined;
    if (http?.proxy_url === undefined) needGlobalHttp(kind, own, global, reading);
    if (http !== undefined && http.proxy_url === undefined)
      filled.http_config = { ...http, proxy_url: global.http_config?.proxy_url };
  }
  if ("http_config" in filled) filled.http_config ??= global.http_config;
  for (const field of SLASHED[kind] ?? []) filled[field] = withSlash(filled[field]);
  reading.same(filled, own);
  return filled as IntegrationConfig<K>;
}

/** URLs to which a path is added. */
const SLASHED: Partial<Readonly<Record<ReceiverKind, readonly string[]>>> = {
  opsgenie: ["api_url"],
  wechat: ["api_url"],
  victorops: ["api_url"],
};

function withSlash(url: unknown): unknown {
  return typeof url === "string" ? url.replace(/^([^?#]*[^/?#])(?=[?#]|$)/, "$1/") : url;
}

function isSet(value: unknown, broken: boolean): boolean {
  return broken || (value !== undefined && value !== "");
}

// Of all secrets, only Rocket.Chat's two are there even where they are empty.
function isEmptyToken(kind: ReceiverKind, name: string, value: unknown): boolean {
  return kind === "rocketchat" && (name === "token" || name === "token_id") && value === "";
}

// A Slack receiver posts with an app's token or to a webhook; its own choice goes before the global one.
function inheritSlack(filled: Values, own: object, global: GlobalConfig, reading: Reading): void {
  const http = filled.http_config as { readonly authorization?: unknown } | undefined;
  const given = (...fields: string[]) => fields.some((field) => reading.given(own, field));
  if (!given("app_token", "app_token_file", "api_url") && http?.authorization === undefined) {
    filled.app_token = global.slack_app_token;
    filled.app_token_file = global.slack_app_token_file;
  }
  if (!given("api_url", "api_url_file")) {
    filled.api_url = global.slack_api_url;
    filled.api_url_file = global.slack_api_url_file;
  }
  const token = filled.app_token !== "" || filled.app_token_file !== "";
  if (!token && filled.api_url === undefined && filled.api_url_file === "") {
    const names = ["api_url", "api_url_file", "app_token", "app_token_file"];
    const from = ["slack_api_url", "slack_api_url_file", "slack_app_token", "slack_app_token_file"];
    if (!names.some((name) => reading.broken(own, name)) && !from.some((name) => reading.broken(global, name)))
      report(reading, own, "slack", "a Slack API URL or App token", names, from);
  }
  const shared = http ?? (global.http_config as { readonly authorization?: unknown } | undefined);
  if (http === undefined) needGlobalHttp("slack", own, global, reading);
  if (!token) return;
  if (shared?.authorization !== undefined)
    reading.error(reading.placeOf(own, "http_config"), {
      code: "alertmanager/conflict",
      message: "http authorization cannot be set when Slack App tokens are used.",
      help: "Remove authorization from http_config, or the app token.",
    });
  filled.api_url = filled.app_url;
}

// These two kinds look into the global http_config, and a null there is where Alertmanager crashes.
function needGlobalHttp(kind: ReceiverKind, own: object, global: GlobalConfig, reading: Reading): void {
  if (global.http_config !== undefined) return;
  reading.error(reading.placeOf(own), {
    code: "alertmanager/missing",
    message: `${kind}_config needs an http_config, because the global one is null.`,
    help: "Remove the line http_config from global.",
  });
}

function report(
  reading: Reading,
  own: object,
  kind: ReceiverKind,
  what: string,
  fields: readonly string[],
  from: readonly string[],
): void {
  const many = fields.length > 1;
  reading.error(reading.placeOf(own), {
    code: "alertmanager/missing",
    message: `${kind}_config has no ${what.replace(/^an? /, "")}: neither ${fields.join(" nor ")} is set here, nor ${from.join(" or ")} in global.`,
    help: `Set ${many ? `one of ${fields.join(", ")}` : fields[0]} here, or ${from[0]} in global for all.`,
  });
}
