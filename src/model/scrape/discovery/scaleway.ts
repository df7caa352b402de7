/** Targets at Scaleway. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scaleway_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, filePath, list, oneOf, port, text, webUrl } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";
import { secretIn } from "../object-schema.ts";

const projectId = text.refine((id) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id), {
  error: ({ input }) => `${JSON.stringify(input)} is no project of Scaleway: give its UUID`,
});
const zone = text.refine((name) => /^[a-z]{2}-[a-z]{3}-[1-9]$/.test(name), {
  error: ({ input }) => `${JSON.stringify(input)} is no zone of Scaleway: write it like "fr-par-1"`,
});
const accessKey = text.refine((key) => /^SCW[A-Z0-9]{17}$/.test(key), {
  error: ({ input }) => `${JSON.stringify(input)} is no access key of Scaleway: SCW and 17 capital letters or digits`,
});

/** Machines of Scaleway. */
export interface ScalewaySpec extends HttpClientSpec {
  readonly projectId: string;
  /** Default: `"https://api.scaleway.com"`. */
  readonly apiUrl?: string;
  /** Default: `"fr-par-1"`. */
  readonly zone?: string;
  /** The id of the access key, which is no secret. */
  readonly accessKey: string;
  /** The file with the secret key. */
  readonly secretKeyFile: string;
  readonly nameFilter?: string;
  readonly tagsFilter?: readonly string[];
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
  /** The port of the targets. Default: 80. */
  readonly port?: number;
  readonly role: "instance" | "baremetal";
}

export const scalewaySchema = httpObjectOf<ScalewaySpec>(
  {
    projectId,
    apiUrl: webUrl.optional(),
    zone: zone.optional(),
    accessKey: accessKey,
    secretKeyFile: filePath,
    nameFilter: text.optional(),
    tagsFilter: list(text).optional(),
    refreshInterval: duration.optional(),
    port: port.optional(),
    role: oneOf("instance", "baremetal"),
  },
  { instead: { secretKey: secretIn("secretKeyFile") } },
);
