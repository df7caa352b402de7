/** Targets at IONOS. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#ionos_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, port, text } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";

/** Servers of IONOS Cloud; its token is given by `authorization`. */
export interface IonosSpec extends HttpClientSpec {
  readonly datacenterId: string;
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
  /** The port of the targets. Default: 80. */
  readonly port?: number;
}

export const ionosSchema = httpObjectOf<IonosSpec>({
  datacenterId: text,
  refreshInterval: duration.optional(),
  port: port.optional(),
});
