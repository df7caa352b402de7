/** Messages in Mattermost. https://prometheus.io/docs/alerting/latest/configuration/#mattermost_config */
import { z } from "zod";
import { secretFile } from "../schema.ts";
import { part, template } from "./field.ts";
import { defineReceiver, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** A field of an attachment. */
export interface MattermostField {
  readonly title: string;
  readonly value: string;
  readonly short?: boolean;
}

/** Go templates of one attachment. */
export interface MattermostAttachment {
  readonly fallback?: string;
  readonly color?: string;
  readonly pretext?: string;
  readonly text?: string;
  readonly authorName?: string;
  readonly authorLink?: string;
  readonly authorIcon?: string;
  readonly title?: string;
  readonly titleLink?: string;
  readonly fields?: readonly MattermostField[];
  readonly thumbUrl?: string;
  readonly footer?: string;
  readonly footerIcon?: string;
  readonly imageUrl?: string;
}

/** What it says of the first attachment it says of the message, unless `attachments` are given. */
export interface MattermostSpec extends ReceiverSpec, MattermostAttachment {
  /** The file with the webhook's URL. Default: `mattermostWebhookUrlFile` of the environment. */
  readonly webhookUrlFile?: string;
  readonly username?: string;
  readonly iconUrl?: string;
  readonly iconEmoji?: string;
  readonly attachments?: readonly MattermostAttachment[];
  /** The kind of post, `custom_…`. */
  readonly type?: string;
  readonly props?: MattermostProps;
  readonly priority?: MattermostPriority;
}

/** What Mattermost shows beside the post, as Markdown. */
export interface MattermostProps {
  readonly card: string;
}

/** How urgent the post is, and whether it wants to be acknowledged. */
export interface MattermostPriority {
  /** `"important"`, `"urgent"` or `"standard"`, or a template of one. */
  readonly priority: string;
  readonly requestedAck?: boolean;
  readonly persistentNotifications?: boolean;
}

/**
 * Posts to a channel, or with `"@…"` to a person, of Mattermost.
 *
 * ```ts
 * mattermost("storefront", { webhookUrlFile: "/etc/alertmanager/mattermost" });
 * ```
 */
export function mattermost(channel: string, spec: MattermostSpec = {}): Receiver<MattermostSpec> {
  return defineReceiver("mattermost", channel, spec, mattermost);
}

const text = template.optional();
const fields = z
  .array(part<MattermostField>({ title: template, value: template, short: z.boolean().optional() }))
  .optional();

const shown = {
  fallback: text,
  color: text,
  pretext: text,
  text,
  authorName: text,
  authorLink: text,
  authorIcon: text,
  title: text,
  titleLink: text,
  fields,
  thumbUrl: text,
  footer: text,
  footerIcon: text,
  imageUrl: text,
};

export const mattermostSchema = receiverSchema<MattermostSpec>(template, {
  webhookUrlFile: secretFile.optional(),
  username: text,
  ...shown,
  iconUrl: text,
  iconEmoji: text,
  attachments: z.array(part<MattermostAttachment>(shown)).optional(),
  type: text,
  props: part<MattermostProps>({ card: template }).optional(),
  priority: part<MattermostPriority>({
    priority: template,
    requestedAck: z.boolean().optional(),
    persistentNotifications: z.boolean().optional(),
  }).optional(),
});
