/** Alerts in incident.io. https://prometheus.io/docs/alerting/latest/configuration/#incidentio_config */
import { z } from "zod";
import type { DurationText } from "../../quantity/duration.ts";
import { secretFile, webUrl } from "../schema.ts";
import { plain, timeout } from "./field.ts";
import { defineReceiver, oneOf, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** How an alert is sent to incident.io. */
export interface IncidentioSpec extends ReceiverSpec {
  /** The address of the alert source. */
  readonly url?: string;
  /** The file with that address. */
  readonly urlFile?: string;
  /** The file with the token of the alert source. `http.authorization` may take its place. */
  readonly alertSourceTokenFile?: string;
  /** How many alerts one message holds at most; 0 is all. */
  readonly maxAlerts?: number;
  readonly timeout?: DurationText;
}

/**
 * Sends to an alert source of incident.io. The name is only for people.
 *
 * ```ts
 * incidentio("storefront", {
 *   url: "https://api.incident.io/v2/alert_events/alertmanager/01J",
 *   alertSourceTokenFile: "/etc/alertmanager/incidentio",
 * });
 * ```
 */
export function incidentio(name: string, spec: IncidentioSpec): Receiver<IncidentioSpec> {
  return defineReceiver("incidentio", name, spec, incidentio);
}

export const incidentioSchema = receiverSchema<IncidentioSpec>(
  plain,
  {
    url: webUrl.optional(),
    urlFile: secretFile.optional(),
    alertSourceTokenFile: secretFile.optional(),
    maxAlerts: z.int().min(0).optional(),
    timeout: timeout.optional(),
  },
  oneOf("give the address of the alert source: url or urlFile", "url", "urlFile"),
  ({ alertSourceTokenFile, http }) =>
    alertSourceTokenFile !== undefined && http?.authorization !== undefined
      ? "give alertSourceTokenFile or http.authorization, not both"
      : undefined,
);
