/** https://prometheus.io/docs/alerting/latest/configuration/#pagerduty_config */
import { anything, list, mapOf, optional, otherwise, struct, text } from "../../../yaml/shape.ts";
import { atLeastOne, atMostOne } from "../checks.ts";
import { secret, timeout, url } from "../value/shapes.ts";
import { httpReceiver, template } from "./common.ts";

const image = struct("PagerDuty image", { src: text, alt: text, href: text });
const link = struct("PagerDuty link", { href: text, text });

/** What an incident's details say unless the configuration says otherwise. */
const DETAILS = {
  firing: "{{ .Alerts.Firing | toJson }}",
  resolved: "{{ .Alerts.Resolved | toJson }}",
  num_firing: "{{ .Alerts.Firing | len }}",
  num_resolved: "{{ .Alerts.Resolved | len }}",
};

export const pagerdutyConfig = struct(
  "pagerduty_config",
  {
    ...httpReceiver(true),
    service_key: secret,
    service_key_file: text,
    routing_key: secret,
    routing_key_file: text,
    url: optional(url),
    client: otherwise(text, template("pagerduty.default.client")),
    client_url: otherwise(text, template("pagerduty.default.clientURL")),
    description: otherwise(text, `{{ template "pagerduty.default.description" .}}`),
    details: mapOf(anything),
    images: list(image),
    links: list(link),
    source: text,
    severity: text,
    class: text,
    component: text,
    group: text,
    timeout,
  },
  (config, reading) => {
    atLeastOne(
      reading,
      config,
      ["routing_key", "routing_key_file", "service_key", "service_key_file"],
      "pagerduty_config",
    );
    atMostOne(reading, config, ["routing_key", "routing_key_file"]);
    atMostOne(reading, config, ["service_key", "service_key_file"]);
    return { ...config, source: config.source || config.client, details: { ...DETAILS, ...config.details } };
  },
);
