/** JSON posted to an address of your own. https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
import { z } from "zod";
import type { DurationText } from "../../quantity/duration.ts";
import { secretFile } from "../schema.ts";
import { type Json, json, plain, templateUrl, timeout } from "./field.ts";
import { defineReceiver, oneOf, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** How notifications are posted to an address. */
export interface WebhookSpec extends ReceiverSpec {
  /** The address, where it holds no secret. It may be a Go template. */
  readonly url?: string;
  /** The file with the address, where it does. */
  readonly urlFile?: string;
  /** How many alerts one message holds at most; 0 is all. */
  readonly maxAlerts?: number;
  /** How long an answer may take. Default: as long as the group's interval leaves. */
  readonly timeout?: DurationText;
  /**
   * What is posted instead of Alertmanager's own JSON: JSON whose texts are Go templates, or `"readable"` for the status,
   * title, text and link of `templates/notification.tmpl.hbs`.
   */
  readonly payload?: "readable" | { readonly [key: string]: Json } | readonly Json[];
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

export const webhookSchema = receiverSchema<WebhookSpec>(
  plain,
  {
    url: templateUrl.optional(),
    urlFile: secretFile.optional(),
    maxAlerts: z.int().min(0).optional(),
    timeout: timeout.optional(),
    payload: z.union([z.literal("readable"), z.record(z.string(), json), z.array(json)]).optional(),
  },
  oneOf("give url, or urlFile where the address itself is a secret", "url", "urlFile"),
);
