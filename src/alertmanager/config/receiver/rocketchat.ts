/** https://prometheus.io/docs/alerting/latest/configuration/#rocketchat_config */
import { bool, list, optional, otherwise, struct, text } from "../../../yaml/shape.ts";
import { secretOrItsFile } from "../checks.ts";
import { secretOrNone, url } from "../value/shapes.ts";
import { httpReceiver, template } from "./common.ts";

// The names of these fields carry no underscores, other than what the documentation says.
const field = struct("Rocket.Chat field", { short: optional(bool), title: text, value: text });
const action = struct("Rocket.Chat action", {
  type: text,
  text,
  url: text,
  imageurl: text,
  iswebview: bool,
  webviewheightratio: text,
  msg: text,
  msginchatwindow: bool,
  msgprocessingtype: text,
});

export const rocketchatConfig = struct(
  "rocketchat_config",
  {
    ...httpReceiver(false),
    api_url: optional(url),
    token_id: secretOrNone,
    token_id_file: text,
    token: secretOrNone,
    token_file: text,
    channel: text,
    color: otherwise(text, `{{ if eq .Status "firing" }}red{{ else }}green{{ end }}`),
    title: otherwise(text, template("rocketchat.default.title")),
    title_link: otherwise(text, template("rocketchat.default.titlelink")),
    text: otherwise(text, template("rocketchat.default.text")),
    fields: list(optional(field)),
    short_fields: bool,
    emoji: otherwise(text, template("rocketchat.default.emoji")),
    icon_url: otherwise(text, template("rocketchat.default.iconurl")),
    image_url: text,
    thumb_url: text,
    link_names: bool,
    actions: list(optional(action)),
  },
  (config, reading) => {
    for (const name of ["token", "token_id"]) secretOrItsFile(reading, config, name);
    return undefined;
  },
);
