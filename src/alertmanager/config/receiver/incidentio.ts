/** https://prometheus.io/docs/alerting/latest/configuration/#incidentio_config */
import { optional, struct, text, unsigned } from "../../../yaml/shape.ts";
import { atLeastOne, atMostOne, invalid } from "../checks.ts";
import { secret, timeout, url } from "../value/shapes.ts";
import { httpReceiver } from "./common.ts";

export const incidentioConfig = struct(
  "incidentio_config",
  {
    ...httpReceiver(true),
    url: optional(url),
    url_file: text,
    alert_source_token: secret,
    alert_source_token_file: text,
    max_alerts: unsigned,
    timeout,
  },
  (config, reading) => {
    atLeastOne(reading, config, ["url", "url_file"], "incidentio_config");
    atMostOne(reading, config, ["url", "url_file"]);
    atMostOne(reading, config, ["alert_source_token", "alert_source_token_file"]);
    const token = ["alert_source_token", "alert_source_token_file"].find((field) => reading.given(config, field));
    const { http_config } = config;
    if (http_config === undefined) return;
    if (http_config.authorization !== undefined && token !== undefined)
      invalid(
        reading,
        config,
        token,
        `${token} cannot be used together with http_config.authorization.`,
        undefined,
        "alertmanager/conflict",
      );
    // Without an http_config of its own nothing is asked for: the global one may hold the authorization.
    if (http_config.authorization === undefined && token === undefined)
      invalid(
        reading,
        config,
        undefined,
        "incidentio_config needs alert_source_token, alert_source_token_file or http_config.authorization.",
        undefined,
        "alertmanager/missing",
      );
    return;
  },
);
