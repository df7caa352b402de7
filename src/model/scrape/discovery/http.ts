/** Targets asked of a web service. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#http_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, webUrl } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";

/** Targets asked of a web service, which answers in JSON. */
export interface HttpSpec extends HttpClientSpec {
  readonly url: string;
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
}

export const httpSchema = httpObjectOf<HttpSpec>({ refreshInterval: duration.optional(), url: webUrl });
