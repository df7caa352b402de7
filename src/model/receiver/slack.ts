/** Messages in a Slack channel. https://prometheus.io/docs/alerting/latest/configuration/#slack_config */
import { z } from "zod";
import { secretFile } from "../schema.ts";
import { defineReceiver, type Receiver, type ReceiverSpec, receiverFields } from "./receiver.ts";

export interface SlackSpec extends ReceiverSpec {
  /** The file on the Alertmanager server with the webhook's URL. Default: `slackApiUrlFile` of the environment. */
  readonly apiUrlFile?: string;
  readonly username?: string;
  readonly iconEmoji?: string;
  readonly iconUrl?: string;
  /** Go templates; the defaults are those of `templates/notification.tmpl.hbs`. */
  readonly title?: string;
  readonly titleLink?: string;
  readonly text?: string;
  readonly fallback?: string;
  readonly color?: string;
  readonly footer?: string;
  readonly fields?: readonly { readonly title: string; readonly value: string; readonly short?: boolean }[];
  readonly actions?: readonly {
    readonly type: "button";
    readonly text: string;
    readonly url: string;
    readonly style?: string;
  }[];
}

/**
 * Posts to a Slack channel.
 *
 * ```ts
 * slack("#storefront", { apiUrlFile: "/etc/alertmanager/slack-url", during: officeHours });
 * ```
 */
export function slack(channel: `#${string}` | `@${string}`, spec: SlackSpec = {}): Receiver<SlackSpec> {
  return defineReceiver("slack", channel, spec, slack);
}

const text = z.string().min(1).optional();

export const slackSchema = z.object({
  name: z.string().regex(/^[#@]\S+$/, { error: `a Slack channel begins with "#", a person with "@"` }),
  spec: z.strictObject({
    ...receiverFields,
    apiUrlFile: secretFile.optional(),
    username: text,
    iconEmoji: text,
    iconUrl: text,
    title: text,
    titleLink: text,
    text,
    fallback: text,
    color: text,
    footer: text,
    fields: z
      .array(z.strictObject({ title: z.string().min(1), value: z.string().min(1), short: z.boolean().optional() }))
      .optional(),
    actions: z
      .array(
        z.strictObject({ type: z.literal("button"), text: z.string().min(1), url: z.string().min(1), style: text }),
      )
      .optional(),
  }),
});
