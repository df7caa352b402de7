/** Targets found by DNS. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#dns_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, list, oneOf, port, text } from "../field.ts";
import { objectOf } from "../object-schema.ts";

/** Targets found by asking DNS for names. */
export interface DnsSpec {
  readonly names: readonly string[];
  /** How often the names are asked for. Default: `"30s"`. */
  readonly refreshInterval?: DurationText;
  /** Which records to ask for. Default: `"SRV"`. */
  readonly type?: "SRV" | "A" | "AAAA" | "MX" | "NS";
  /** The port of the targets; required for all records but SRV, which say it themselves. */
  readonly port?: number;
}

export const dnsSchema = objectOf<DnsSpec>(
  {
    names: list(text),
    refreshInterval: duration.optional(),
    type: oneOf("SRV", "A", "AAAA", "MX", "NS").optional(),
    port: port.optional(),
  },
  {
    rules: [
      {
        fields: ["type", "port"],
        check({ type = "SRV", port }, report) {
          if (type !== "SRV" && port === undefined) report(`${type} records name no port: give port`, "type");
        },
      },
    ],
  },
);
