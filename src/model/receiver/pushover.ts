/** Messages on phones by Pushover. https://prometheus.io/docs/alerting/latest/configuration/#pushover_config */
import { z } from "zod";
import type { DurationText } from "../../quantity/duration.ts";
import { secretFile } from "../schema.ts";
import { plain, template, timeout } from "./field.ts";
import { defineReceiver, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** How a message is pushed through Pushover. */
export interface PushoverSpec extends ReceiverSpec {
  /** The file with the key of the user or group. */
  readonly userKeyFile?: string;
  /** The file with the application's token. */
  readonly tokenFile?: string;
  /** Go templates; the defaults are those of `templates/notification.tmpl.hbs`. */
  readonly title?: string;
  readonly message?: string;
  readonly url?: string;
  readonly urlTitle?: string;
  readonly device?: string;
  readonly sound?: string;
  /** From `"-2"` to `"2"`. Default: 2, an emergency, while alerts fire, and 0 afterwards. */
  readonly priority?: string;
  /** How often an emergency is repeated until somebody reacts. Default: `"1m"`. */
  readonly retry?: DurationText;
  /** How long an emergency is repeated. Default: `"1h"`. */
  readonly expire?: DurationText;
  /** After what time the message vanishes. */
  readonly ttl?: DurationText;
  readonly html?: boolean;
  readonly monospace?: boolean;
}

/**
 * Writes to a user or group of Pushover. The name is only for people; the key decides.
 *
 * ```ts
 * pushover("stock-clerk", { userKeyFile: "/etc/alertmanager/clerk", tokenFile: "/etc/alertmanager/pushover" });
 * ```
 */
export function pushover(name: string, spec: PushoverSpec = {}): Receiver<PushoverSpec> {
  return defineReceiver("pushover", name, spec, pushover);
}

const text = template.optional();

export const pushoverSchema = receiverSchema<PushoverSpec>(
  plain,
  {
    userKeyFile: secretFile.optional(),
    tokenFile: secretFile.optional(),
    title: text,
    message: text,
    url: text,
    urlTitle: text,
    device: text,
    sound: text,
    priority: text,
    retry: timeout.optional(),
    expire: timeout.optional(),
    ttl: timeout.optional(),
    html: z.boolean().optional(),
    monospace: z.boolean().optional(),
  },
  ({ html, monospace }) => (html === true && monospace === true ? "give html or monospace, not both" : undefined),
);
