/** Targets in Marathon. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#marathon_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, filePath, list, webUrl } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";
import { atMostOne, secretIn } from "../object-schema.ts";

/** Applications of Marathon. */
export interface MarathonSpec extends HttpClientSpec {
  /** The URLs of the servers. */
  readonly servers: readonly string[];
  /** How often it is asked. Default: `"30s"`. */
  readonly refreshInterval?: DurationText;
  /** The file with the token of DC/OS. */
  readonly authTokenFile?: string;
}

export const marathonSchema = httpObjectOf<MarathonSpec>(
  {
    servers: list(webUrl),
    refreshInterval: duration.optional(),
    authTokenFile: filePath.optional(),
  },
  {
    instead: { authToken: secretIn("authTokenFile") },
    rules: [atMostOne<MarathonSpec>("authTokenFile", "basicAuth", "authorization")],
  },
);
