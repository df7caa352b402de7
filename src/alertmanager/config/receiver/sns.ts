/** https://prometheus.io/docs/alerting/latest/configuration/#sns_configs */
import { bool, mapOf, otherwise, struct, text } from "../../../yaml/shape.ts";
import { invalid } from "../checks.ts";
import { secret } from "../value/shapes.ts";
import { httpReceiver, template } from "./common.ts";

const sigv4 = struct(
  "sigv4",
  {
    region: text,
    access_key: text,
    secret_key: secret,
    profile: text,
    role_arn: text,
    external_id: text,
    use_fips_sts_endpoint: bool,
    service_name: text,
  },
  (config, reading) => {
    if (reading.given(config, "access_key") !== reading.given(config, "secret_key"))
      invalid(reading, config, undefined, "access_key and secret_key must be configured together.");
    if (reading.given(config, "external_id") && !reading.given(config, "role_arn"))
      invalid(reading, config, "external_id", "external_id can only be used with role_arn.");
    return undefined;
  },
);

export const snsConfig = struct(
  "sns_config",
  {
    ...httpReceiver(true),
    api_url: text,
    sigv4,
    topic_arn: text,
    phone_number: text,
    target_arn: text,
    subject: otherwise(text, template("sns.default.subject")),
    message: otherwise(text, template("sns.default.message")),
    attributes: mapOf(text),
    use_aws_http_client: bool,
  },
  (config, reading) => {
    const targets = ["topic_arn", "phone_number", "target_arn"].filter((field) => reading.given(config, field));
    // None or two are refused; all three are let through, as Alertmanager does.
    if (targets.length % 2 === 0)
      invalid(
        reading,
        config,
        targets[1],
        "sns_config needs one of topic_arn, phone_number or target_arn.",
        targets.length === 2 ? `Remove ${targets.join(" or ")}.` : undefined,
        targets.length === 0 ? "alertmanager/missing" : "alertmanager/conflict",
      );
    return undefined;
  },
);
