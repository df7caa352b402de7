/** Messages in Telegram. https://prometheus.io/docs/alerting/latest/configuration/#telegram_config */
import { z } from "zod";
import { secretFile, webUrl } from "../schema.ts";
import { plain, template } from "./field.ts";
import { defineReceiver, oneOf, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** How a message is written to Telegram. */
export interface TelegramSpec extends ReceiverSpec {
  /** The file with the bot's token. Default: `telegramBotTokenFile` of the environment. */
  readonly botTokenFile?: string;
  /** The chat; groups have negative numbers. */
  readonly chatId?: number;
  /** The file with the chat's number, where it is nobody's business. */
  readonly chatIdFile?: string;
  /** The topic of a group that has topics. */
  readonly messageThreadId?: number;
  /** Default: Telegram itself. */
  readonly apiUrl?: string;
  /** A Go template; the default is that of `templates/notification.tmpl.hbs`. */
  readonly message?: string;
  /** Whether it arrives without a sound. */
  readonly disableNotifications?: boolean;
  /** How the message is marked up; `""` is not at all. Default: `"HTML"`, in which what alerts say is escaped. */
  readonly parseMode?: "" | "HTML" | "Markdown" | "MarkdownV2";
}

/**
 * Writes to a chat of Telegram. The name is only for people.
 *
 * ```ts
 * telegram("stock-desk", { chatId: -100123, botTokenFile: "/etc/alertmanager/telegram" });
 * ```
 */
export function telegram(name: string, spec: TelegramSpec): Receiver<TelegramSpec> {
  return defineReceiver("telegram", name, spec, telegram);
}

export const telegramSchema = receiverSchema<TelegramSpec>(
  plain,
  {
    botTokenFile: secretFile.optional(),
    chatId: z
      .int()
      .refine((id) => id !== 0, { error: "0 is no chat" })
      .optional(),
    chatIdFile: secretFile.optional(),
    messageThreadId: z.int().optional(),
    apiUrl: webUrl.optional(),
    message: template.optional(),
    disableNotifications: z.boolean().optional(),
    parseMode: z.enum(["", "HTML", "Markdown", "MarkdownV2"]).optional(),
  },
  oneOf("name the chat: chatId or chatIdFile", "chatId", "chatIdFile"),
);
