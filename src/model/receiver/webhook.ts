/** JSON posted to an address of your own. https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
import { z } from "zod";
import { duration, secretFile, webUrl } from "../schema.ts";
import { defineReceiver, type Receiver, type ReceiverSpec, receiverFields } from "./receiver.ts";

export interface WebhookSpec extends ReceiverSpec {
  /** The address, where it holds no secret. */
  readonly url?: string;
  /** The file with the address, where it does. */
  readonly urlFile?: string;
  /** How many alerts one message holds at most; 0 is all. */
  readonly maxAlerts?: number;
  readonly timeout?: string;
}

/**
 * Posts Alertmanager's JSON to an address.
 *
 * ```ts
 * webhook("stock-desk", { url: "https://desk.shop.example/alerts" });
 * ```
 */
export function webhook(name: string, spec: WebhookSpec): Receiver<WebhookSpec> {
  return defineReceiver("webhook", name, spec, webhook);
}

export const webhookSchema = z.object({
  name: z.string().min(1),
  spec: z
    .strictObject({
      ...receiverFields,
      url: webUrl.optional(),
      urlFile: secretFile.optional(),
      maxAlerts: z.int().min(0).optional(),
      timeout: duration.optional(),
    })
    .refine((spec) => (spec.url === undefined) !== (spec.urlFile === undefined), {
      error: "give url, or urlFile where the address itself is a secret",
    }),
});
