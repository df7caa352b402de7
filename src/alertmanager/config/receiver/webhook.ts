/** https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
import { anything, optional, struct, text, unsigned } from "../../../yaml/shape.ts";
import { atLeastOne, atMostOne } from "../checks.ts";
import { timeout } from "../value/shapes.ts";
import { templateUrl } from "../value/template-url.ts";
import { httpReceiver } from "./common.ts";

export const webhookConfig = struct(
  "webhook_config",
  {
    ...httpReceiver(true),
    url: templateUrl,
    url_file: text,
    max_alerts: unsigned,
    timeout,
    payload: optional(anything),
  },
  (config, reading) => {
    atLeastOne(reading, config, ["url", "url_file"], "webhook_config");
    atMostOne(reading, config, ["url", "url_file"]);
    return undefined;
  },
);
