/** Messages in a Slack channel. https://prometheus.io/docs/alerting/latest/configuration/#slack_config */
import { z } from "zod";
import type { DurationText } from "../../quantity/duration.ts";
import { secretFile, webUrl } from "../schema.ts";
import { part, plain, template, timeout } from "./field.ts";
import { atMostOneOf, defineReceiver, type Receiver, type ReceiverSpec, receiverSchema, ruled } from "./receiver.ts";

/** How a message is written to Slack. */
export interface SlackSpec extends ReceiverSpec {
  /** The file on the Alertmanager server with the webhook's URL. Default: `slackApiUrlFile` of the environment. */
  readonly apiUrlFile?: string;
  /** The file with the token of an app that posts instead of a webhook. */
  readonly appTokenFile?: string;
  /** Where an app posts. Default: Slack itself. */
  readonly appUrl?: string;
  readonly username?: string;
  readonly iconEmoji?: string;
  readonly iconUrl?: string;
  /** Go templates; the defaults are those of `templates/notification.tmpl.hbs`. */
  readonly title?: string;
  readonly titleLink?: string;
  readonly pretext?: string;
  readonly text?: string;
  /** What stands above the attachment. */
  readonly messageText?: string;
  readonly fallback?: string;
  readonly color?: string;
  readonly footer?: string;
  readonly callbackId?: string;
  readonly imageUrl?: string;
  readonly thumbUrl?: string;
  readonly fields?: readonly SlackField[];
  /** Whether fields that do not say are short enough to stand side by side. */
  readonly shortFields?: boolean;
  /** Whether names of channels and people become links. */
  readonly linkNames?: boolean;
  /** Which parts hold Slack's markdown. Default: `fallback`, `pretext` and `text`. */
  readonly mrkdwnIn?: readonly string[];
  readonly actions?: readonly SlackAction[];
  /**
   * Changes the message of a group instead of writing another one. It takes a bot's token, in `http.authorization`.
   */
  readonly updateMessage?: boolean;
  readonly timeout?: DurationText;
}

export interface SlackField {
  readonly title: string;
  readonly value: string;
  readonly short?: boolean;
}

/** A button: it leads to `url`, or sends `name` and `value` to the app. */
export interface SlackAction {
  readonly type: "button";
  readonly text: string;
  readonly url?: string;
  readonly style?: string;
  readonly name?: string;
  readonly value?: string;
  /** What is asked before it does. */
  readonly confirm?: SlackConfirmation;
}

export interface SlackConfirmation {
  readonly text: string;
  readonly title?: string;
  readonly okText?: string;
  readonly dismissText?: string;
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

const text = template.optional();

const action = ruled(
  part<SlackAction>({
    type: z.literal("button"),
    text: template,
    url: text,
    style: text,
    name: text,
    value: text,
    confirm: part<SlackConfirmation>({ text: template, title: text, okText: text, dismissText: text }).optional(),
  }),
  [
    ({ url, name }) =>
      (url === undefined) === (name === undefined) ? "an action has a url that it leads to, or a name" : undefined,
  ],
);

export const slackSchema = receiverSchema<SlackSpec>(
  z.string().regex(/^[#@]\S+$/, { error: `a Slack channel begins with "#", a person with "@"` }),
  {
    apiUrlFile: secretFile.optional(),
    appTokenFile: secretFile.optional(),
    appUrl: webUrl.optional(),
    username: text,
    iconEmoji: text,
    iconUrl: text,
    color: text,
    title: text,
    titleLink: text,
    pretext: text,
    text,
    messageText: text,
    fallback: text,
    callbackId: text,
    footer: text,
    imageUrl: text,
    thumbUrl: text,
    fields: z.array(part<SlackField>({ title: template, value: template, short: z.boolean().optional() })).optional(),
    shortFields: z.boolean().optional(),
    linkNames: z.boolean().optional(),
    mrkdwnIn: z.array(plain).optional(),
    actions: z.array(action).optional(),
    updateMessage: z.boolean().optional(),
    timeout: timeout.optional(),
  },
  atMostOneOf("apiUrlFile", "appTokenFile"),
  ({ appTokenFile, http }) =>
    appTokenFile !== undefined && http?.authorization !== undefined
      ? "appTokenFile is the authorization: remove the one of http"
      : undefined,
  ({ updateMessage, apiUrlFile, appTokenFile }) =>
    updateMessage === true && (apiUrlFile ?? appTokenFile) !== undefined
      ? `updateMessage takes a bot's token, in http.authorization: remove ${apiUrlFile === undefined ? "appTokenFile" : "apiUrlFile"}`
      : undefined,
);
