/** Every kind of receiver: what its author may say of it, and the schema that checks it. */
import type { z } from "zod";
import { type DiscordSpec, discordSchema } from "./discord.ts";
import { type EmailSpec, emailSchema } from "./email.ts";
import { type IncidentioSpec, incidentioSchema } from "./incidentio.ts";
import { type JiraSpec, jiraSchema } from "./jira.ts";
import { type MattermostSpec, mattermostSchema } from "./mattermost.ts";
import { type MsteamsSpec, msteamsSchema } from "./msteams.ts";
import { type Msteamsv2Spec, msteamsv2Schema } from "./msteamsv2.ts";
import { type OpsgenieSpec, opsgenieSchema } from "./opsgenie.ts";
import { type PagerdutySpec, pagerdutySchema } from "./pagerduty.ts";
import { type PushoverSpec, pushoverSchema } from "./pushover.ts";
import type { ReceiverKind } from "./receiver.ts";
import { type RocketchatSpec, rocketchatSchema } from "./rocketchat.ts";
import { type SlackSpec, slackSchema } from "./slack.ts";
import { type SnsSpec, snsSchema } from "./sns.ts";
import { type TelegramSpec, telegramSchema } from "./telegram.ts";
import { type VictoropsSpec, victoropsSchema } from "./victorops.ts";
import { type WebexSpec, webexSchema } from "./webex.ts";
import { type WebhookSpec, webhookSchema } from "./webhook.ts";
import { type WechatSpec, wechatSchema } from "./wechat.ts";

/** What the author of a receiver of each kind may say. */
export interface ReceiverSpecs {
  readonly webhook: WebhookSpec;
  readonly email: EmailSpec;
  readonly pagerduty: PagerdutySpec;
  readonly opsgenie: OpsgenieSpec;
  readonly wechat: WechatSpec;
  readonly slack: SlackSpec;
  readonly victorops: VictoropsSpec;
  readonly pushover: PushoverSpec;
  readonly sns: SnsSpec;
  readonly telegram: TelegramSpec;
  readonly discord: DiscordSpec;
  readonly webex: WebexSpec;
  readonly msteams: MsteamsSpec;
  readonly msteamsv2: Msteamsv2Spec;
  readonly jira: JiraSpec;
  readonly incidentio: IncidentioSpec;
  readonly rocketchat: RocketchatSpec;
  readonly mattermost: MattermostSpec;
}

/** The schema of a receiver's name and spec; the shape of the spec lists its properties as they are printed. */
type ReceiverSchema = z.ZodType & { readonly shape: { readonly spec: z.ZodObject } };

/** The schema of each kind of receiver. */
export const RECEIVER_SCHEMAS: Readonly<Record<ReceiverKind, ReceiverSchema>> = {
  webhook: webhookSchema,
  email: emailSchema,
  pagerduty: pagerdutySchema,
  opsgenie: opsgenieSchema,
  wechat: wechatSchema,
  slack: slackSchema,
  victorops: victoropsSchema,
  pushover: pushoverSchema,
  sns: snsSchema,
  telegram: telegramSchema,
  discord: discordSchema,
  webex: webexSchema,
  msteams: msteamsSchema,
  msteamsv2: msteamsv2Schema,
  jira: jiraSchema,
  incidentio: incidentioSchema,
  rocketchat: rocketchatSchema,
  mattermost: mattermostSchema,
};
