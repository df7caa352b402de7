/** Targets at Linode. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#linode_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { anyText, duration, port, text } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";

/** Machines of Linode; its token is given by `authorization` or `oauth2`. */
export interface LinodeSpec extends HttpClientSpec {
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
  /** The port of the targets. Default: 80. */
  readonly port?: number;
  /** What joins the tags in their label. Default: `","`. */
  readonly tagSeparator?: string;
  /** Default: all regions. */
  readonly region?: string;
}

export const linodeSchema = httpObjectOf<LinodeSpec>({
  refreshInterval: duration.optional(),
  port: port.optional(),
  tagSeparator: anyText.optional(),
  region: text.optional(),
});
