/** https://prometheus.io/docs/alerting/latest/configuration/#telegram_config */
import { bool, integer, optional, otherwise, struct, text } from "../../../yaml/shape.ts";
import { atMostOne, invalid } from "../checks.ts";
import { secret, url } from "../value/shapes.ts";
import { httpReceiver, template } from "./common.ts";

export const telegramConfig = struct(
  "telegram_config",
  {
    ...httpReceiver(true),
    api_url: optional(url),
    bot_token: secret,
    bot_token_file: text,
    chat_id: integer,
    chat_id_file: text,
    message_thread_id: integer,
    message: otherwise(text, template("telegram.default.message")),
    disable_notifications: bool,
    parse_mode: otherwise(text, "HTML"),
  },
  (config, reading) => {
    atMostOne(reading, config, ["bot_token", "bot_token_file"]);
    const chat = config.chat_id !== 0;
    const file = reading.given(config, "chat_id_file");
    if (!chat && !file && !reading.broken(config, "chat_id"))
      invalid(
        reading,
        config,
        "chat_id",
        "telegram_config needs one of chat_id or chat_id_file.",
        undefined,
        "alertmanager/missing",
      );
    if (chat && file) atMostOne(reading, config, ["chat_id", "chat_id_file"]);
    if (!["", "Markdown", "MarkdownV2", "HTML"].includes(config.parse_mode))
      invalid(
        reading,
        config,
        "parse_mode",
        `${JSON.stringify(config.parse_mode)} is no parse_mode of telegram_config.`,
        "Write Markdown, MarkdownV2 or HTML, or leave it empty.",
      );
    return undefined;
  },
);
