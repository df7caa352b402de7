/** Targets in Nomad. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#nomad_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { anyText, duration, flag, text, webUrl } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";

/** Services of Nomad. */
export interface NomadSpec extends HttpClientSpec {
  /** Whether an answer may be stale. Default: `true`. */
  readonly allowStale?: boolean;
  /** Default: `"default"`. */
  readonly namespace?: string;
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
  /** Default: `"global"`. */
  readonly region?: string;
  /** The URL of the API. Default: `"http://localhost:4646"`. */
  readonly server?: string;
  /** What joins the tags in their label. Default: `","`. */
  readonly tagSeparator?: string;
}

export const nomadSchema = httpObjectOf<NomadSpec>({
  allowStale: flag.optional(),
  namespace: text.optional(),
  refreshInterval: duration.optional(),
  region: text.optional(),
  server: webUrl.optional(),
  tagSeparator: anyText.optional(),
});
