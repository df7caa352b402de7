/** Messages in a Discord channel. https://prometheus.io/docs/alerting/latest/configuration/#discord_config */
import { secretFile } from "../schema.ts";
import { plain, template } from "./field.ts";
import { defineReceiver, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** How a message is written to Discord. */
export interface DiscordSpec extends ReceiverSpec {
  /** The file with the webhook's URL. */
  readonly webhookUrlFile?: string;
  /** Go templates; the defaults are those of `templates/notification.tmpl.hbs`. */
  readonly title?: string;
  readonly message?: string;
  /** What stands above the message, where it can mention people. */
  readonly content?: string;
  readonly username?: string;
  readonly avatarUrl?: string;
}

/**
 * Posts to the channel of a Discord webhook. The name is only for people; the webhook decides.
 *
 * ```ts
 * discord("storefront", { webhookUrlFile: "/etc/alertmanager/discord-storefront" });
 * ```
 */
export function discord(name: string, spec: DiscordSpec = {}): Receiver<DiscordSpec> {
  return defineReceiver("discord", name, spec, discord);
}

const text = template.optional();

export const discordSchema = receiverSchema<DiscordSpec>(plain, {
  webhookUrlFile: secretFile.optional(),
  content: text,
  title: text,
  message: text,
  username: text,
  avatarUrl: text,
});
