/** https://prometheus.io/docs/alerting/latest/configuration/#jira_config */

import { isQuotedNull } from "../../../yaml/resolve-scalar.ts";
import {
  anything,
  bool,
  list,
  mapOf,
  optional,
  otherwise,
  type Shape,
  type Shaped,
  struct,
  text,
} from "../../../yaml/shape.ts";
import { atLeastOne, invalid } from "../checks.ts";
import { duration, url } from "../value/shapes.ts";
import { httpReceiver, template } from "./common.ts";

const templateAndUpdate = struct("jira field", { template: text, enable_update: optional(bool) });

/** A field that is a template, or a template and whether it changes an issue that exists. */
const field: Shape<Shaped<typeof templateAndUpdate>> = {
  expects: "a template",
  zero: templateAndUpdate.zero,
  read: (node, reading) =>
    node.kind === "scalar" && !isQuotedNull(node)
      ? { ...templateAndUpdate.zero, template: text.read(node, reading) }
      : templateAndUpdate.read(node, reading),
};

const rendering = (name: string) => otherwise(field, { template: template(name), enable_update: undefined });

export const jiraConfig = struct(
  "jira_config",
  {
    ...httpReceiver(true),
    api_url: optional(url),
    api_type: otherwise(text, "auto"),
    project: text,
    summary: rendering("jira.default.summary"),
    description: rendering("jira.default.description"),
    labels: list(text),
    priority: otherwise(text, template("jira.default.priority")),
    issue_type: text,
    reopen_transition: text,
    resolve_transition: text,
    wont_fix_resolution: text,
    reopen_duration: duration,
    fields: mapOf(anything),
  },
  (config, reading) => {
    atLeastOne(reading, config, ["project"], "jira_config");
    atLeastOne(reading, config, ["issue_type"], "jira_config");
    if (!["auto", "cloud", "datacenter"].includes(config.api_type))
      invalid(
        reading,
        config,
        "api_type",
        `${JSON.stringify(config.api_type)} is no api_type of jira_config.`,
        "Write auto, cloud or datacenter.",
      );
    return undefined;
  },
);
