/** Targets in Eureka. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#eureka_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, webUrl } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";

/** Instances that Eureka knows of. */
export interface EurekaSpec extends HttpClientSpec {
  /** The URL of the server. */
  readonly server: string;
  /** How often it is asked. Default: `"30s"`. */
  readonly refreshInterval?: DurationText;
}

export const eurekaSchema = httpObjectOf<EurekaSpec>({
  server: webUrl,
  refreshInterval: duration.optional(),
});
