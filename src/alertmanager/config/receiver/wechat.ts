/** https://prometheus.io/docs/alerting/latest/configuration/#wechat_config */
import { optional, otherwise, struct, text } from "../../../yaml/shape.ts";
import { atMostOne, invalid } from "../checks.ts";
import { secret, url } from "../value/shapes.ts";
import { httpReceiver, template } from "./common.ts";

export const wechatConfig = struct(
  "wechat_config",
  {
    ...httpReceiver(false),
    api_secret: secret,
    api_secret_file: text,
    corp_id: text,
    message: otherwise(text, template("wechat.default.message")),
    api_url: optional(url),
    to_user: otherwise(text, template("wechat.default.to_user")),
    to_party: otherwise(text, template("wechat.default.to_party")),
    to_tag: otherwise(text, template("wechat.default.to_tag")),
    agent_id: otherwise(text, template("wechat.default.agent_id")),
    message_type: text,
  },
  (config, reading) => {
    const message_type = config.message_type || "text";
    if (message_type !== "text" && message_type !== "markdown")
      invalid(
        reading,
        config,
        "message_type",
        `${JSON.stringify(message_type)} is no WeChat message type.`,
        "Write text or markdown.",
      );
    atMostOne(reading, config, ["api_secret", "api_secret_file"]);
    return { ...config, message_type };
  },
);
