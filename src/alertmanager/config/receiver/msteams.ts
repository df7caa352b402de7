/** https://prometheus.io/docs/alerting/latest/configuration/#msteams_config */
import { optional, otherwise, struct, text } from "../../../yaml/shape.ts";
import { atLeastOne, atMostOne } from "../checks.ts";
import { secretUrl } from "../value/shapes.ts";
import { httpReceiver, template } from "./common.ts";

export const msteamsConfig = struct(
  "msteams_config",
  {
    ...httpReceiver(true),
    webhook_url: optional(secretUrl),
    webhook_url_file: text,
    title: otherwise(text, template("msteams.default.title")),
    summary: otherwise(text, template("msteams.default.summary")),
    text: otherwise(text, template("msteams.default.text")),
  },
  (config, reading) => {
    atLeastOne(reading, config, ["webhook_url", "webhook_url_file"], "msteams_config");
    atMostOne(reading, config, ["webhook_url", "webhook_url_file"]);
    return undefined;
  },
);
