/** Targets at Hetzner. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#hetzner_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, oneOf, port, text } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";

/** Servers of Hetzner; the role robot authenticates by `basicAuth`, hcloud by `authorization`. */
export interface HetznerSpec extends HttpClientSpec {
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
  /** The port of the targets. Default: 80. */
  readonly port?: number;
  readonly role: "robot" | "hcloud";
  /** For the role hcloud: which servers become targets. */
  readonly labelSelector?: string;
}

export const hetznerSchema = httpObjectOf<HetznerSpec>({
  refreshInterval: duration.optional(),
  port: port.optional(),
  role: oneOf("robot", "hcloud"),
  labelSelector: text.optional(),
});
