/** Targets in Docker. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#docker_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, flag, oneOf, port, text, url } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";
import { type Filter, filters } from "./filter.ts";

/** Containers of a Docker daemon. */
export interface DockerSpec extends HttpClientSpec {
  /** The address of the daemon, such as `"unix:///var/run/docker.sock"`. */
  readonly host: string;
  /** The port of the targets. Default: 80. */
  readonly port?: number;
  /** Which of them become targets. */
  readonly filters?: readonly Filter[];
  /** The host of containers that use the network of the host. Default: `"localhost"`. */
  readonly hostNetworkingHost?: string;
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
  /** Whether a container with several networks is one target only. Default: `true`. */
  readonly matchFirstNetwork?: boolean;
}

/** Services, tasks or nodes of a Docker Swarm. */
export interface DockerswarmSpec extends HttpClientSpec {
  /** The address of the daemon, such as `"unix:///var/run/docker.sock"`. */
  readonly host: string;
  readonly role: "services" | "tasks" | "nodes";
  /** The port of the targets. Default: 80. */
  readonly port?: number;
  /** Which of them become targets. */
  readonly filters?: readonly Filter[];
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
}

export const dockerSchema = httpObjectOf<DockerSpec>({
  host: url(),
  port: port.optional(),
  filters: filters.optional(),
  hostNetworkingHost: text.optional(),
  refreshInterval: duration.optional(),
  matchFirstNetwork: flag.optional(),
});

export const dockerswarmSchema = httpObjectOf<DockerswarmSpec>({
  host: url(),
  role: oneOf("services", "tasks", "nodes"),
  port: port.optional(),
  filters: filters.optional(),
  refreshInterval: duration.optional(),
});
