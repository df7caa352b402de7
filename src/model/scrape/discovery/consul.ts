/** Targets in Consul. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#consul_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { anyText, duration, flag, list, mapOf, oneOf, text } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";
import { secretIn } from "../object-schema.ts";

/**
 * Services of Consul.
 *
 * The token, user name and password of Prometheus's configuration are said by `authorization` and `basicAuth`, with files.
 */
export interface ConsulSpec extends HttpClientSpec {
  /** The address of the agent, `host:port`. Default: `"localhost:8500"`. */
  readonly server?: string;
  /** What stands before the paths of the API. */
  readonly pathPrefix?: string;
  readonly datacenter?: string;
  readonly namespace?: string;
  readonly partition?: string;
  /** What joins the tags in their label. Default: `","`. */
  readonly tagSeparator?: string;
  /** Default: `"http"`. */
  readonly scheme?: "http" | "https";
  /** Whether an answer may be stale, which costs Consul less. Default: `true`. */
  readonly allowStale?: boolean;
  /** How often it is asked. Default: `"30s"`. */
  readonly refreshInterval?: DurationText;
  /** Default: all services. */
  readonly services?: readonly string[];
  /** Tags that a service must all have. */
  readonly tags?: readonly string[];
  /** Metadata that a node must have. Since Consul 1.14, prefer `filter`. */
  readonly nodeMeta?: Readonly<Record<string, string>>;
  /** A filter of the catalog API. */
  readonly filter?: string;
  /** A filter of the health API. */
  readonly healthFilter?: string;
}

export const consulSchema = httpObjectOf<ConsulSpec>(
  {
    server: text.optional(),
    pathPrefix: text.optional(),
    datacenter: text.optional(),
    namespace: text.optional(),
    partition: text.optional(),
    tagSeparator: anyText.optional(),
    scheme: oneOf("http", "https").optional(),
    allowStale: flag.optional(),
    refreshInterval: duration.optional(),
    services: list(text).optional(),
    tags: list(text).optional(),
    nodeMeta: mapOf(text, anyText).optional(),
    filter: text.optional(),
    healthFilter: text.optional(),
  },
  {
    instead: {
      token: secretIn("authorization with credentialsFile"),
      username: "username is written basicAuth: { username, passwordFile } here",
      password: secretIn("basicAuth with passwordFile"),
    },
  },
);
