/** https://prometheus.io/docs/alerting/latest/configuration/#webex_config */
import { optional, otherwise, struct, text } from "../../../yaml/shape.ts";
import { atLeastOne, invalid } from "../checks.ts";
import { url } from "../value/shapes.ts";
import { httpReceiver, template } from "./common.ts";

export const webexConfig = struct(
  "webex_config",
  {
    ...httpReceiver(true),
    api_url: optional(url),
    message: otherwise(text, template("webex.default.message")),
    room_id: text,
  },
  (config, reading) => {
    atLeastOne(reading, config, ["room_id"], "webex_config");
    const { http_config } = config;
    if (http_config?.authorization === undefined && !reading.broken(config, "http_config"))
      invalid(
        reading,
        config,
        "http_config",
        "webex_config needs http_config.authorization.",
        "The bot's access token goes there; it is not inherited from the global http_config.",
        "alertmanager/missing",
      );
    return undefined;
  },
);
