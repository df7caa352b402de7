/** Targets in Kuma. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#kuma_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, text, url } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";

/** Proxies of the service mesh Kuma. */
export interface KumaSpec extends HttpClientSpec {
  /** How often it is asked. Default: `"15s"`. */
  readonly refreshInterval?: DurationText;
  /** How long an answer may take. Default: `"2m"`. */
  readonly fetchTimeout?: DurationText;
  /** The URL of the control plane. */
  readonly server: string;
  /** By what name the control plane knows Prometheus. */
  readonly clientId?: string;
}

export const kumaSchema = httpObjectOf<KumaSpec>({
  refreshInterval: duration.optional(),
  fetchTimeout: duration.optional(),
  server: url(),
  clientId: text.optional(),
});
