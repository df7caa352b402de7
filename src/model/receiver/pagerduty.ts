/** Incidents in PagerDuty. https://prometheus.io/docs/alerting/latest/configuration/#pagerduty_config */
import { z } from "zod";
import { safeName, secretFile, webUrl } from "../schema.ts";
import { defineReceiver, type Receiver, type ReceiverSpec, receiverFields } from "./receiver.ts";

export interface PagerdutySpec extends ReceiverSpec {
  /** The file with the integration key of an Events API v2 integration. */
  readonly routingKeyFile?: string;
  /** The file with the integration key of the older "Prometheus" integration. */
  readonly serviceKeyFile?: string;
  /** Where events are posted. Default: PagerDuty itself. */
  readonly url?: string;
  /** Go templates. */
  readonly description?: string;
  readonly severity?: string;
  readonly class?: string;
  readonly component?: string;
  readonly group?: string;
  readonly client?: string;
  readonly clientUrl?: string;
  readonly details?: Readonly<Record<string, string>>;
}

/**
 * Opens incidents in a PagerDuty service. The name is only for people; the key decides.
 *
 * ```ts
 * pagerduty("storefront-primary", { routingKeyFile: "/etc/alertmanager/pagerduty-storefront" });
 * ```
 */
export function pagerduty(name: string, spec: PagerdutySpec = {}): Receiver<PagerdutySpec> {
  return defineReceiver("pagerduty", name, spec, pagerduty);
}

const text = z.string().min(1).optional();

export const pagerdutySchema = z.object({
  name: safeName,
  spec: z
    .strictObject({
      ...receiverFields,
      routingKeyFile: secretFile.optional(),
      serviceKeyFile: secretFile.optional(),
      url: webUrl.optional(),
      description: text,
      severity: text,
      class: text,
      component: text,
      group: text,
      client: text,
      clientUrl: text,
      details: z.record(z.string().min(1), z.string()).optional(),
    })
    .refine((spec) => spec.routingKeyFile === undefined || spec.serviceKeyFile === undefined, {
      error: "give routingKeyFile or serviceKeyFile, not both",
    }),
});
