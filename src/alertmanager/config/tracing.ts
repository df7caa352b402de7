/** `tracing`. https://prometheus.io/docs/alerting/latest/configuration/#tracing_config */
import { bool, float, optional, otherwise, parsed, type Shaped, struct, text } from "../../yaml/shape.ts";
import { atLeastOne, invalid } from "./checks.ts";
import { headers } from "./http-config.ts";
import { tlsConfig } from "./tls-config.ts";
import { duration } from "./value/shapes.ts";

const clientType = parsed(
  "http or grpc",
  "",
  (written) =>
    written === "http" || written === "grpc"
      ? { value: written }
      : { mistake: `${JSON.stringify(written)} is no tracing client type.`, help: "Write http or grpc." },
  (written) => written,
);

export type TracingConfig = Shaped<typeof tracingConfig>;

export const tracingConfig = struct(
  "tracing",
  {
    client_type: otherwise(clientType, "grpc"),
    endpoint: text,
    sampling_fraction: float,
    insecure: bool,
    tls_config: optional(tlsConfig),
    headers: optional(headers),
    compression: text,
    timeout: duration,
  },
  (config, reading) => {
    atLeastOne(reading, config, ["endpoint"], "tracing");
    if (config.compression !== "" && config.compression !== "gzip")
      invalid(
        reading,
        config,
        "compression",
        `${JSON.stringify(config.compression)} is no compression.`,
        "Write gzip, or nothing.",
      );
    return undefined;
  },
);
