/** Messages in Rocket.Chat. https://prometheus.io/docs/alerting/latest/configuration/#rocketchat_config */
import { z } from "zod";
import { secretFile, webUrl } from "../schema.ts";
import { part, template } from "./field.ts";
import { defineReceiver, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** How a message is written to Rocket.Chat. */
export interface RocketchatSpec extends ReceiverSpec {
  /** The file with the token. Default: `rocketchatTokenFile` of the environment. */
  readonly tokenFile?: string;
  /** The file with the id of the token's user. Default: `rocketchatTokenIdFile` of the environment. */
  readonly tokenIdFile?: string;
  /** Default: `rocketchatApiUrl` of the environment, or Rocket.Chat's own server. */
  readonly apiUrl?: string;
  /** Go templates; the defaults are those of `templates/notification.tmpl.hbs`. */
  readonly title?: string;
  readonly titleLink?: string;
  readonly text?: string;
  readonly color?: string;
  readonly emoji?: string;
  readonly iconUrl?: string;
  readonly imageUrl?: string;
  readonly thumbUrl?: string;
  readonly fields?: readonly RocketchatField[];
  /** Whether fields that do not say are short enough to stand side by side. */
  readonly shortFields?: boolean;
  /** Whether names of channels and people become links. */
  readonly linkNames?: boolean;
  readonly actions?: readonly RocketchatAction[];
}

export interface RocketchatField {
  readonly title?: string;
  readonly value?: string;
  readonly short?: boolean;
}

export interface RocketchatAction {
  readonly type?: "button";
  readonly text?: string;
  readonly url?: string;
  readonly imageUrl?: string;
  readonly isWebView?: boolean;
  readonly webviewHeightRatio?: "compact" | "tall" | "full";
  readonly msg?: string;
  readonly msgInChatWindow?: boolean;
  readonly msgProcessingType?: "sendMessage" | "respondWithMessage";
}

/**
 * Posts to a channel or person of Rocket.Chat.
 *
 * ```ts
 * rocketchat("#storefront", { tokenFile: "/etc/alertmanager/rocket", tokenIdFile: "/etc/alertmanager/rocket-user" });
 * ```
 */
export function rocketchat(channel: `#${string}` | `@${string}`, spec: RocketchatSpec = {}): Receiver<RocketchatSpec> {
  return defineReceiver("rocketchat", channel, spec, rocketchat);
}

const text = template.optional();

export const rocketchatSchema = receiverSchema<RocketchatSpec>(
  z.string().regex(/^[#@]\S+$/, { error: `a channel begins with "#", a person with "@"` }),
  {
    apiUrl: webUrl.optional(),
    tokenIdFile: secretFile.optional(),
    tokenFile: secretFile.optional(),
    color: text,
    title: text,
    titleLink: text,
    text,
    fields: z.array(part<RocketchatField>({ title: text, value: text, short: z.boolean().optional() })).optional(),
    shortFields: z.boolean().optional(),
    emoji: text,
    iconUrl: text,
    imageUrl: text,
    thumbUrl: text,
    linkNames: z.boolean().optional(),
    actions: z
      .array(
        part<RocketchatAction>({
          type: z.literal("button").optional(),
          text,
          url: text,
          imageUrl: text,
          isWebView: z.boolean().optional(),
          webviewHeightRatio: z.enum(["compact", "tall", "full"]).optional(),
          msg: text,
          msgInChatWindow: z.boolean().optional(),
          msgProcessingType: z.enum(["sendMessage", "respondWithMessage"]).optional(),
        }),
      )
      .optional(),
  },
);
