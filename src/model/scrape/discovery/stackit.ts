/** Targets in STACKIT. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#stackit_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, filePath, port, text, webUrl } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";
import { secretIn } from "../object-schema.ts";

/** Machines of STACKIT. */
export interface StackitSpec extends HttpClientSpec {
  readonly project: string;
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
  /** The port of the targets. Default: 80. */
  readonly port?: number;
  /** Default: `"eu01"`. */
  readonly region?: string;
  /** The URL of the API. Default: that of the region. */
  readonly endpoint?: string;
  /** The file with the service account's key. */
  readonly serviceAccountKeyPath?: string;
  /** The file with the service account's private key. */
  readonly privateKeyPath?: string;
  /** The file with the credentials. */
  readonly credentialsFilePath?: string;
}

export const stackitSchema = httpObjectOf<StackitSpec>(
  {
    project: text,
    refreshInterval: duration.optional(),
    port: port.optional(),
    region: text.optional(),
    endpoint: webUrl.optional(),
    serviceAccountKeyPath: filePath.optional(),
    privateKeyPath: filePath.optional(),
    credentialsFilePath: filePath.optional(),
  },
  { instead: { serviceAccountKey: secretIn("serviceAccountKeyPath"), privateKey: secretIn("privateKeyPath") } },
);
