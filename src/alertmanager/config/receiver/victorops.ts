/** https://prometheus.io/docs/alerting/latest/configuration/#victorops_config */
import { mapOf, optional, otherwise, struct, text } from "../../../yaml/shape.ts";
import { atLeastOne, atMostOne, invalid } from "../checks.ts";
import { secret, url } from "../value/shapes.ts";
import { httpReceiver, template } from "./common.ts";

const FIXED = [
  "routing_key",
  "message_type",
  "state_message",
  "entity_display_name",
  "monitoring_tool",
  "entity_id",
  "entity_state",
];

export const victoropsConfig = struct(
  "victorops_config",
  {
    ...httpReceiver(true),
    api_key: secret,
    api_key_file: text,
    api_url: optional(url),
    routing_key: text,
    message_type: otherwise(text, "CRITICAL"),
    state_message: otherwise(text, template("victorops.default.state_message")),
    entity_display_name: otherwise(text, template("victorops.default.entity_display_name")),
    monitoring_tool: otherwise(text, template("victorops.default.monitoring_tool")),
    custom_fields: mapOf(text),
  },
  (config, reading) => {
    atLeastOne(reading, config, ["routing_key"], "victorops_config");
    atMostOne(reading, config, ["api_key", "api_key_file"]);
    for (const name of FIXED)
      if (Object.hasOwn(config.custom_fields, name))
        invalid(
          reading,
          config.custom_fields,
          name,
          `The custom field ${name} conflicts with the fixed field of this name.`,
        );
    return undefined;
  },
);
