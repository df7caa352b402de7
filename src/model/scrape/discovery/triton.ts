/** Targets in Triton. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#triton_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, list, oneOf, port, text, whole } from "../field.ts";
import { objectOf } from "../object-schema.ts";
import { type TlsSpec, tlsSchema } from "../tls.ts";

/** Containers or compute nodes of Triton. */
export interface TritonSpec {
  readonly account: string;
  /** Default: `"container"`. */
  readonly role?: "container" | "cn";
  readonly dnsSuffix: string;
  /** The host of the discovery, such as `"cmon.us-east-3b.triton.zone"`. */
  readonly endpoint: string;
  /** Default: all groups. */
  readonly groups?: readonly string[];
  /** The port of the targets. Default: 9163. */
  readonly port?: number;
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
  readonly tls?: TlsSpec;
  /** The version of the API. Default: 1. */
  readonly version?: number;
}

export const tritonSchema = objectOf<TritonSpec>(
  {
    account: text,
    role: oneOf("container", "cn").optional(),
    dnsSuffix: text,
    endpoint: text,
    groups: list(text).optional(),
    port: port.optional(),
    refreshInterval: duration.optional(),
    tls: tlsSchema.optional(),
    version: whole(1).optional(),
  },
  { instead: { tlsConfig: "tls_config is written tls here" } },
);
