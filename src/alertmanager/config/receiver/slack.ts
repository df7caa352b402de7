/** https://prometheus.io/docs/alerting/latest/configuration/#slack_config */
import { bool, list, optional, otherwise, struct, text } from "../../../yaml/shape.ts";
import { atLeastOne, atMostOne, invalid } from "../checks.ts";
import { secret, secretUrl, timeout, url } from "../value/shapes.ts";
import { httpReceiver, template } from "./common.ts";

/** The only address at which Slack lets a message be changed after it was sent. */
const POST_MESSAGE = "https://slack.com/api/chat.postMessage";

const confirmation = struct(
  "Slack confirmation",
  { text, title: text, ok_text: text, dismiss_text: text },
  (config, reading) => {
    atLeastOne(reading, config, ["text"], "A Slack confirmation");
    return undefined;
  },
);

const action = struct(
  "Slack action",
  { type: text, text, url: text, style: text, name: text, value: text, confirm: optional(confirmation) },
  (config, reading) => {
    atLeastOne(reading, config, ["type"], "A Slack action");
    atLeastOne(reading, config, ["text"], "A Slack action");
    atLeastOne(reading, config, ["name", "url"], "A Slack action");
    // A link is no message action, whose fields it therefore loses.
    return config.url === "" ? undefined : { ...config, name: "", value: "", confirm: undefined };
  },
);

const field = struct("Slack field", { title: text, value: text, short: optional(bool) }, (config, reading) => {
  atLeastOne(reading, config, ["title"], "A Slack field");
  atLeastOne(reading, config, ["value"], "A Slack field");
  return undefined;
});

export const slackConfig = struct(
  "slack_config",
  {
    ...httpReceiver(false),
    api_url: optional(secretUrl),
    api_url_file: text,
    app_token: secret,
    app_token_file: text,
    app_url: optional(url),
    channel: text,
    username: otherwise(text, template("slack.default.username")),
    color: otherwise(text, template("slack.default.color")),
    title: otherwise(text, template("slack.default.title")),
    title_link: otherwise(text, template("slack.default.titlelink")),
    pretext: otherwise(text, template("slack.default.pretext")),
    text: otherwise(text, template("slack.default.text")),
    message_text: text,
    fields: list(optional(field)),
    short_fields: bool,
    footer: otherwise(text, template("slack.default.footer")),
    fallback: otherwise(text, template("slack.default.fallback")),
    callback_id: otherwise(text, template("slack.default.callbackid")),
    icon_emoji: otherwise(text, template("slack.default.iconemoji")),
    icon_url: otherwise(text, template("slack.default.iconurl")),
    image_url: text,
    thumb_url: text,
    link_names: bool,
    mrkdwn_in: list(text),
    actions: list(optional(action)),
    update_message: bool,
    timeout,
  },
  (config, reading) => {
    atMostOne(reading, config, ["api_url", "api_url_file"]);
    atMostOne(reading, config, ["app_token", "app_token_file"]);
    const hook = ["api_url", "api_url_file"].find((name) => reading.given(config, name));
    const token = ["app_token", "app_token_file"].find((name) => reading.given(config, name));
    if (hook !== undefined && token !== undefined) atMostOne(reading, config, [hook, token]);
    if (config.update_message && config.api_url !== POST_MESSAGE)
      invalid(
        reading,
        config,
        "update_message",
        `update_message can only be used with bot tokens, with api_url set to ${POST_MESSAGE}.`,
        "A webhook's messages cannot be changed later.",
      );
    return undefined;
  },
);
