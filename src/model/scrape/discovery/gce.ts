/** Targets in Google Compute Engine. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#gce_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { anyText, duration, port, text } from "../field.ts";
import { objectOf } from "../object-schema.ts";

/**
 * Machines of Google Compute Engine.
 *
 * Prometheus authenticates by the application default credentials of its machine.
 */
export interface GceSpec {
  readonly project: string;
  /** One zone; several need several discoveries. */
  readonly zone: string;
  readonly filter?: string;
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
  /** The port of the targets. Default: 80. */
  readonly port?: number;
  /** What joins the tags in their label. Default: `","`. */
  readonly tagSeparator?: string;
}

export const gceSchema = objectOf<GceSpec>({
  project: text,
  zone: text,
  filter: text.optional(),
  refreshInterval: duration.optional(),
  port: port.optional(),
  tagSeparator: anyText.optional(),
});
