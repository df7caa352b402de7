/** Messages in WeChat Work. https://prometheus.io/docs/alerting/latest/configuration/#wechat_config */
import { z } from "zod";
import { secretFile, webUrl } from "../schema.ts";
import { plain, template } from "./field.ts";
import { defineReceiver, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** How a message is written to WeChat. */
export interface WechatSpec extends ReceiverSpec {
  /** The file with the application's secret. Default: `wechat.apiSecretFile` of the environment. */
  readonly apiSecretFile?: string;
  readonly apiUrl?: string;
  readonly corpId?: string;
  /** Go templates. */
  readonly agentId?: string;
  readonly toUser?: string;
  readonly toParty?: string;
  readonly toTag?: string;
  readonly messageType?: "text" | "markdown";
  readonly message?: string;
}

/**
 * Writes to users, parties or tags of a WeChat Work company. The name is only for people.
 *
 * ```ts
 * wechat("warehouse-fra", { corpId: "shop", agentId: "7", toParty: "2", apiSecretFile: "/etc/alertmanager/wechat" });
 * ```
 */
export function wechat(name: string, spec: WechatSpec): Receiver<WechatSpec> {
  return defineReceiver("wechat", name, spec, wechat);
}

const text = template.optional();

export const wechatSchema = receiverSchema<WechatSpec>(
  plain,
  {
    apiSecretFile: secretFile.optional(),
    apiUrl: webUrl.optional(),
    corpId: plain.optional(),
    agentId: text,
    toUser: text,
    toParty: text,
    toTag: text,
    messageType: z.enum(["text", "markdown"]).optional(),
    message: text,
  },
  ({ toUser, toParty, toTag }) =>
    (toUser ?? toParty ?? toTag) === undefined ? "name who is told: toUser, toParty or toTag" : undefined,
);
