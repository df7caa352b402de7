/** Targets at Outscale. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#outscale_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, filePath, port, text, webUrl } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";
import { secretIn } from "../object-schema.ts";

/** Machines of 3DS Outscale. */
export interface OutscaleSpec extends HttpClientSpec {
  /** Default: that of the region. */
  readonly endpoint?: string;
  /** Default: `"eu-west-2"`. */
  readonly region?: string;
  /** The id of the access key, which is no secret. */
  readonly accessKey: string;
  /** The file with the secret key. */
  readonly secretKeyFile: string;
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
  /** The port of the targets. Default: 80. */
  readonly port?: number;
}

export const outscaleSchema = httpObjectOf<OutscaleSpec>(
  {
    endpoint: webUrl.optional(),
    region: text.optional(),
    accessKey: text,
    secretKeyFile: filePath,
    refreshInterval: duration.optional(),
    port: port.optional(),
  },
  { instead: { secretKey: secretIn("secretKeyFile") } },
);
