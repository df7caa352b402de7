/** https://prometheus.io/docs/alerting/latest/configuration/#msteamsv2_config */
import { optional, otherwise, struct, text } from "../../../yaml/shape.ts";
import { atLeastOne, atMostOne } from "../checks.ts";
import { secretUrl } from "../value/shapes.ts";
import { httpReceiver, template } from "./common.ts";

export const msteamsv2Config = struct(
  "msteamsv2_config",
  {
    ...httpReceiver(true),
    webhook_url: optional(secretUrl),
    webhook_url_file: text,
    title: otherwise(text, template("msteamsv2.default.title")),
    text: otherwise(text, template("msteamsv2.default.text")),
  },
  (config, reading) => {
    atLeastOne(reading, config, ["webhook_url", "webhook_url_file"], "msteamsv2_config");
    atMostOne(reading, config, ["webhook_url", "webhook_url_file"]);
    return undefined;
  },
);
