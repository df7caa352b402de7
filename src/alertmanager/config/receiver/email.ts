/** https://prometheus.io/docs/alerting/latest/configuration/#email_config */
import { bool, mapOf, optional, otherwise, struct, text } from "../../../yaml/shape.ts";
import { atLeastOne, invalid } from "../checks.ts";
import { canonicalHeader } from "../http-config.ts";
import { tlsConfig } from "../tls-config.ts";
import { hostPort, secret } from "../value/shapes.ts";
import { template } from "./common.ts";

const threading = struct("threading", { enabled: bool, thread_by_date: text });

export const emailConfig = struct(
  "email_config",
  {
    send_resolved: otherwise(bool, false),
    to: text,
    from: text,
    hello: text,
    smarthost: hostPort,
    auth_username: text,
    auth_password: secret,
    auth_password_file: text,
    auth_secret: secret,
    auth_secret_file: text,
    auth_identity: text,
    headers: mapOf(text),
    html: otherwise(text, template("email.default.html")),
    text,
    require_tls: optional(bool),
    tls_config: optional(tlsConfig),
    force_implicit_tls: optional(bool),
    threading,
  },
  (config, reading) => {
    atLeastOne(reading, config, ["to"], "email_config", "Without an address nobody gets the mail.");
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(config.headers)) {
      const canonical = canonicalHeader(name);
      if (Object.hasOwn(headers, canonical))
        invalid(
          reading,
          config.headers,
          name,
          `The header ${JSON.stringify(canonical)} is set twice: case does not matter.`,
        );
      headers[canonical] = value;
    }
    if (config.threading.enabled) {
      for (const name of ["References", "In-Reply-To"])
        if (Object.hasOwn(headers, name))
          invalid(reading, config, "headers", `threading.enabled conflicts with the custom header ${name}.`);
      if (!["none", "daily"].includes(config.threading.thread_by_date))
        invalid(reading, config.threading, "thread_by_date", 'threading.thread_by_date must be "none" or "daily".');
    }
    return { ...config, headers };
  },
);
