/** Targets in PuppetDB. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#puppetdb_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, flag, port, text, webUrl } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";

/** Resources of PuppetDB. */
export interface PuppetdbSpec extends HttpClientSpec {
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
  /** The URL of the server. */
  readonly url: string;
  /** A query in the Puppet Query Language. */
  readonly query: string;
  /** Whether parameters become labels; they can hold secrets. Default: `false`. */
  readonly includeParameters?: boolean;
  /** The port of the targets. Default: 80. */
  readonly port?: number;
}

export const puppetdbSchema = httpObjectOf<PuppetdbSpec>({
  refreshInterval: duration.optional(),
  url: webUrl,
  query: text,
  includeParameters: flag.optional(),
  port: port.optional(),
});
