/** Targets at Vultr. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#vultr_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, port } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";

/** Machines of Vultr; its key is given by `authorization`. */
export interface VultrSpec extends HttpClientSpec {
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
  /** The port of the targets. Default: 80. */
  readonly port?: number;
}

export const vultrSchema = httpObjectOf<VultrSpec>({
  refreshInterval: duration.optional(),
  port: port.optional(),
});
