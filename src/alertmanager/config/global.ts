/** `global`: what receivers inherit unless they say otherwise. https://prometheus.io/docs/alerting/latest/configuration/ */
import { bool, optional, otherwise, type Reading, type Shaped, struct, text } from "../../yaml/shape.ts";
import { atMostOne, secretOrItsFile } from "./checks.ts";
import { DEFAULT_HTTP_CONFIG, httpConfig } from "./http-config.ts";
import { tlsConfig } from "./tls-config.ts";
import { duration, hostPort, secret, secretOrNone, secretUrl, url } from "./value/shapes.ts";

export type GlobalConfig = Shaped<typeof globalConfig>;

const SLACK_APP_URL = "https://slack.com/api/chat.postMessage";

export const globalConfig = struct(
  "global",
  {
    resolve_timeout: otherwise(duration, 300_000),
    http_config: otherwise(optional(httpConfig), DEFAULT_HTTP_CONFIG),
    jira_api_url: optional(url),
    smtp_from: text,
    smtp_hello: otherwise(text, "localhost"),
    smtp_smarthost: hostPort,
    smtp_auth_username: text,
    smtp_auth_password: secret,
    smtp_auth_password_file: text,
    smtp_auth_secret: secret,
    smtp_auth_secret_file: text,
    smtp_auth_identity: text,
    smtp_require_tls: otherwise(bool, true),
    smtp_tls_config: otherwise(optional(tlsConfig), tlsConfig.zero),
    smtp_force_implicit_tls: optional(bool),
    slack_api_url: optional(secretUrl),
    slack_api_url_file: text,
    slack_app_token: secret,
    slack_app_token_file: text,
    slack_app_url: otherwise(optional(url), SLACK_APP_URL),
    pagerduty_url: otherwise(optional(url), "https://events.pagerduty.com/v2/enqueue"),
    opsgenie_api_url: otherwise(optional(url), "https://api.opsgenie.com/"),
    opsgenie_api_key: secret,
    opsgenie_api_key_file: text,
    wechat_api_url: otherwise(optional(url), "https://qyapi.weixin.qq.com/cgi-bin/"),
    wechat_api_secret: secret,
    wechat_api_secret_file: text,
    wechat_api_corp_id: text,
    victorops_api_url: otherwise(optional(url), "https://alert.victorops.com/integrations/generic/20131114/alert/"),
    victorops_api_key: secret,
    victorops_api_key_file: text,
    telegram_api_url: otherwise(optional(url), "https://api.telegram.org"),
    telegram_bot_token: secret,
    telegram_bot_token_file: text,
    webex_api_url: otherwise(optional(url), "https://webexapis.com/v1/messages"),
    rocketchat_api_url: otherwise(optional(url), "https://open.rocket.chat/"),
    rocketchat_token: secretOrNone,
    rocketchat_token_file: text,
    rocketchat_token_id: secretOrNone,
    rocketchat_token_id_file: text,
    mattermost_webhook_url: optional(secretUrl),
    mattermost_webhook_url_file: text,
  },
  (config, reading) => {
    checkPairs(config, reading);
    return undefined;
  },
);

/** What a configuration without `global` says. */
export const DEFAULT_GLOBAL: GlobalConfig = Object.fromEntries(
  Object.entries(globalConfig.fields).map(([name, shape]) => [name, "absent" in shape ? shape.absent : shape.zero]),
) as GlobalConfig;

/** Secrets that may stand in a file of their own. */
const PAIRS = [
  "slack_app_token",
  "slack_api_url",
  "opsgenie_api_key",
  "victorops_api_key",
  "telegram_bot_token",
  "smtp_auth_password",
  "smtp_auth_secret",
  "wechat_api_secret",
  "mattermost_webhook_url",
] as const;

function checkPairs(config: GlobalConfig, reading: Reading): void {
  for (const name of PAIRS) atMostOne(reading, config, [name, `${name}_file`]);
  for (const name of ["rocketchat_token", "rocketchat_token_id"]) secretOrItsFile(reading, config, name);
  const token = ["slack_app_token", "slack_app_token_file"].some((name) => reading.given(config, name));
  const hook = ["slack_api_url", "slack_api_url_file"].some((name) => reading.given(config, name));
  // The address at which apps post may be written in both ways: that is how it was done before there were app tokens.
  const same = config.slack_api_url !== undefined && config.slack_api_url === config.slack_app_url;
  if (token && hook && !same)
    reading.error(
      reading.placeOf(config, reading.given(config, "slack_api_url") ? "slack_api_url" : "slack_api_url_file"),
      {
        code: "alertmanager/conflict",
        message:
          "At most one of slack_app_token/slack_app_token_file & slack_api_url/slack_api_url_file must be configured.",
        help: "Apps post with a token, webhooks with a URL: remove the one that is not used.",
      },
    );
}
