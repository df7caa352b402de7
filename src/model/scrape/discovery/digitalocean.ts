/** Targets in DigitalOcean. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#digitalocean_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, oneOf, port } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";

/** Droplets or databases of DigitalOcean; its token is given by `authorization`. */
export interface DigitaloceanSpec extends HttpClientSpec {
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
  /** The port of the targets. Default: 80. */
  readonly port?: number;
  /** Default: `"droplets"`. */
  readonly role?: "droplets" | "databases";
}

export const digitaloceanSchema = httpObjectOf<DigitaloceanSpec>({
  refreshInterval: duration.optional(),
  port: port.optional(),
  role: oneOf("droplets", "databases").optional(),
});
