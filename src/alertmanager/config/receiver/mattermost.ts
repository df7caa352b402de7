/** https://prometheus.io/docs/alerting/latest/configuration/#mattermost_config */
import { bool, list, optional, otherwise, struct, text } from "../../../yaml/shape.ts";
import { atLeastOne, atMostOne } from "../checks.ts";
import { secretUrl } from "../value/shapes.ts";
import { httpReceiver, template } from "./common.ts";

const field = struct("Mattermost field", { title: text, value: text, short: optional(bool) }, (config, reading) => {
  atLeastOne(reading, config, ["title"], "A Mattermost field");
  atLeastOne(reading, config, ["value"], "A Mattermost field");
  return undefined;
});

const attachment = struct("Mattermost attachment", {
  fallback: text,
  color: text,
  pretext: text,
  text,
  author_name: text,
  author_link: text,
  author_icon: text,
  title: text,
  title_link: text,
  fields: list(optional(field)),
  thumb_url: text,
  footer: text,
  footer_icon: text,
  image_url: text,
});

export const mattermostConfig = struct(
  "mattermost_config",
  {
    ...httpReceiver(true),
    webhook_url: optional(secretUrl),
    webhook_url_file: text,
    channel: text,
    username: otherwise(text, template("mattermost.default.username")),
    text: otherwise(text, template("mattermost.default.text")),
    fallback: otherwise(text, template("mattermost.default.fallback")),
    color: otherwise(text, template("mattermost.default.color")),
    pretext: text,
    author_name: text,
    author_link: text,
    author_icon: text,
    title: otherwise(text, template("mattermost.default.title")),
    title_link: otherwise(text, template("mattermost.default.titlelink")),
    fields: list(optional(field)),
    thumb_url: text,
    footer: text,
    footer_icon: text,
    image_url: text,
    icon_url: text,
    icon_emoji: text,
    attachments: list(optional(attachment)),
    type: text,
    props: optional(struct("props", { card: text })),
    priority: optional(struct("priority", { priority: text, requested_ack: bool, persistent_notifications: bool })),
  },
  (config, reading) => {
    atMostOne(reading, config, ["webhook_url", "webhook_url_file"]);
    return undefined;
  },
);
