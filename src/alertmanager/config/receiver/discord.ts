/** https://prometheus.io/docs/alerting/latest/configuration/#discord_config */
import { optional, otherwise, struct, text } from "../../../yaml/shape.ts";
import { atLeastOne, atMostOne } from "../checks.ts";
import { secretUrl } from "../value/shapes.ts";
import { httpReceiver, template } from "./common.ts";

export const discordConfig = struct(
  "discord_config",
  {
    ...httpReceiver(true),
    webhook_url: optional(secretUrl),
    webhook_url_file: text,
    content: text,
    title: otherwise(text, template("discord.default.title")),
    message: otherwise(text, template("discord.default.message")),
    username: text,
    avatar_url: text,
  },
  (config, reading) => {
    atLeastOne(reading, config, ["webhook_url", "webhook_url_file"], "discord_config");
    atMostOne(reading, config, ["webhook_url", "webhook_url_file"]);
    return undefined;
  },
);
