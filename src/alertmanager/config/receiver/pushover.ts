/** https://prometheus.io/docs/alerting/latest/configuration/#pushover_config */
import { bool, otherwise, struct, text } from "../../../yaml/shape.ts";
import { atLeastOne, atMostOne, invalid } from "../checks.ts";
import { goDuration, secret } from "../value/shapes.ts";
import { httpReceiver, template } from "./common.ts";

export const pushoverConfig = struct(
  "pushover_config",
  {
    ...httpReceiver(true),
    user_key: secret,
    user_key_file: text,
    token: secret,
    token_file: text,
    title: otherwise(text, template("pushover.default.title")),
    message: otherwise(text, template("pushover.default.message")),
    url: otherwise(text, template("pushover.default.url")),
    url_title: text,
    device: text,
    sound: text,
    priority: otherwise(text, `{{ if eq .Status "firing" }}2{{ else }}0{{ end }}`),
    retry: otherwise(goDuration, 60_000),
    expire: otherwise(goDuration, 3_600_000),
    ttl: goDuration,
    html: bool,
    monospace: bool,
  },
  (config, reading) => {
    for (const key of ["user_key", "token"]) {
      atLeastOne(reading, config, [key, `${key}_file`], "pushover_config");
      atMostOne(reading, config, [key, `${key}_file`]);
    }
    if (config.html && config.monospace)
      invalid(reading, config, "monospace", "At most one of monospace & html must be configured.");
    return undefined;
  },
);
