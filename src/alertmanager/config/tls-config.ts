/** `tls_config`, as prometheus/common reads it. https://prometheus.io/docs/alerting/latest/configuration/#tls_config */
import { bool, parsed, type Shaped, struct, text } from "../../yaml/shape.ts";
import { atMostOne, invalid } from "./checks.ts";
import { secret } from "./value/shapes.ts";

const VERSIONS = ["TLS10", "TLS11", "TLS12", "TLS13"];

const version = parsed("a TLS version", "", (written) =>
  VERSIONS.includes(written)
    ? { value: written }
    : { mistake: `${JSON.stringify(written)} is no TLS version.`, help: `Write one of ${VERSIONS.join(", ")}.` },
);

export type TlsConfig = Shaped<typeof tlsConfig>;

export const tlsConfig = struct(
  "tls_config",
  {
    ca: text,
    cert: text,
    key: secret,
    ca_file: text,
    cert_file: text,
    key_file: text,
    ca_ref: text,
    cert_ref: text,
    key_ref: text,
    server_name: text,
    insecure_skip_verify: bool,
    min_version: version,
    max_version: version,
  },
  (config, reading) => {
    for (const part of ["ca", "cert", "key"]) atMostOne(reading, config, [part, `${part}_file`, `${part}_ref`]);
    const given = (part: string) => [part, `${part}_file`, `${part}_ref`].some((field) => reading.given(config, field));
    const help = "A client certificate and its key go together.";
    if (given("cert") && !given("key"))
      invalid(reading, config, undefined, "A client certificate is set, but key or key_file is not.", help);
    if (given("key") && !given("cert"))
      invalid(reading, config, undefined, "A client key is set, but cert or cert_file is not.", help);
    return undefined;
  },
);
