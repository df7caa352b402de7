/** `receivers`: who can be told. https://prometheus.io/docs/alerting/latest/configuration/#receiver */
import { list, mapOf, optional, type Shape, type Shaped, type Struct, struct, text } from "../../yaml/shape.ts";
import { atLeastOne, invalid } from "./checks.ts";
import { discordConfig } from "./receiver/discord.ts";
import { emailConfig } from "./receiver/email.ts";
import { incidentioConfig } from "./receiver/incidentio.ts";
import { jiraConfig } from "./receiver/jira.ts";
import { mattermostConfig } from "./receiver/mattermost.ts";
import { msteamsConfig } from "./receiver/msteams.ts";
import { msteamsv2Config } from "./receiver/msteamsv2.ts";
import { opsgenieConfig } from "./receiver/opsgenie.ts";
import { pagerdutyConfig } from "./receiver/pagerduty.ts";
import { pushoverConfig } from "./receiver/pushover.ts";
import { rocketchatConfig } from "./receiver/rocketchat.ts";
import { slackConfig } from "./receiver/slack.ts";
import { snsConfig } from "./receiver/sns.ts";
import { telegramConfig } from "./receiver/telegram.ts";
import { victoropsConfig } from "./receiver/victorops.ts";
import { webexConfig } from "./receiver/webex.ts";
import { webhookConfig } from "./receiver/webhook.ts";
import { wechatConfig } from "./receiver/wechat.ts";

/** Every kind of receiver, in the order in which a receiver's integrations are notified. */
export const RECEIVER_KINDS = {
  webhook: webhookConfig,
  email: emailConfig,
  pagerduty: pagerdutyConfig,
  opsgenie: opsgenieConfig,
  wechat: wechatConfig,
  slack: slackConfig,
  victorops: victoropsConfig,
  pushover: pushoverConfig,
  sns: snsConfig,
  telegram: telegramConfig,
  discord: discordConfig,
  webex: webexConfig,
  msteams: msteamsConfig,
  msteamsv2: msteamsv2Config,
  jira: jiraConfig,
  incidentio: incidentioConfig,
  rocketchat: rocketchatConfig,
  mattermost: mattermostConfig,
} as const;

export type ReceiverKind = keyof typeof RECEIVER_KINDS;

/** The configuration of one integration of a receiver. */
export type IntegrationConfig<K extends ReceiverKind = ReceiverKind> = Shaped<(typeof RECEIVER_KINDS)[K]>;

type IntegrationFields = {
  readonly [K in ReceiverKind as `${K}_configs`]: Shape<readonly (IntegrationConfig<K> | undefined)[]>;
};

const integrations = Object.fromEntries(
  Object.entries(RECEIVER_KINDS).map(([kind, shape]) => [`${kind}_configs`, list(optional(shape as Shape<unknown>))]),
) as unknown as IntegrationFields;

type ReceiverFields = {
  readonly name: Shape<string>;
  readonly labels: Shape<Readonly<Record<string, string>>>;
} & IntegrationFields;

/** A receiver as it is written: a list may hold nulls, which are errors that the whole configuration reports. */
export type ReceiverConfig = Struct<ReceiverFields>;

const fields: ReceiverFields = { name: text, labels: mapOf(text), ...integrations };

export const receiverConfig: Shape<ReceiverConfig> = struct("receiver", fields, (config, reading) => {
  atLeastOne(reading, config, ["name"], "A receiver");
  const { name } = config.labels;
  if (Object.hasOwn(config.labels, "name") && name !== config.name)
    invalid(
      reading,
      config.labels,
      "name",
      `The receiver label "name" must match the receiver's name ${JSON.stringify(config.name)}, and is ${JSON.stringify(name)}.`,
      "Remove the label: it is set anyway.",
    );
  return undefined;
});
