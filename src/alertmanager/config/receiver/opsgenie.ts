/** https://prometheus.io/docs/alerting/latest/configuration/#opsgenie_config */
import { bool, list, mapOf, optional, otherwise, struct, text } from "../../../yaml/shape.ts";
import { atMostOne, invalid } from "../checks.ts";
import { secret, url } from "../value/shapes.ts";
import { templateMistake } from "../value/template-url.ts";
import { httpReceiver, template } from "./common.ts";

const responder = struct("Opsgenie responder", { id: text, name: text, username: text, type: text });

export const opsgenieConfig = struct(
  "opsgenie_config",
  {
    ...httpReceiver(true),
    api_key: secret,
    api_key_file: text,
    api_url: optional(url),
    message: otherwise(text, template("opsgenie.default.message")),
    description: otherwise(text, template("opsgenie.default.description")),
    source: otherwise(text, template("opsgenie.default.source")),
    details: mapOf(text),
    entity: text,
    responders: list(responder),
    actions: text,
    tags: text,
    note: text,
    priority: text,
    update_alerts: bool,
  },
  (config, reading) => {
    atMostOne(reading, config, ["api_key", "api_key_file"]);
    for (const one of config.responders) {
      const place = Object.values(one).every((value) => value === "") ? config : one;
      if (!["id", "username", "name"].some((field) => reading.given(one, field)))
        invalid(reading, place, undefined, "An Opsgenie responder needs at least one of id, username or name.");
      if (one.type.includes("{{")) {
        const mistake = templateMistake(one.type);
        if (mistake !== undefined) invalid(reading, one, "type", `The type's template is broken: ${mistake}.`);
      } else if (!/^(?:teams?|user|escalation|schedule)$/.test(one.type.toLowerCase()))
        invalid(
          reading,
          place,
          "type",
          `${JSON.stringify(one.type)} is no type of an Opsgenie responder.`,
          "Write team, teams, user, escalation or schedule.",
        );
    }
    return undefined;
  },
);
