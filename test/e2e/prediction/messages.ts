/** Notifications as the simulator makes them, in the words in which the receiver of the run takes them down. */
import type { ReceiverKind } from "../../../src/alertmanager/config/receiver.ts";
import { dataOf, webhookMessage } from "../../../src/alertmanager/notify/data.ts";
import type { Notification as Simulated } from "../../../src/alertmanager/notify/notification.ts";
import { type NotificationTexts, textsOf } from "../../../src/alertmanager/timeline/texts.ts";
import { routingKey } from "../folders.ts";
import { type Notification, statusOf } from "../receiver/notification.ts";
import { fromWebhook, fromWechat } from "../receiver/ways.ts";

/** What arrives when this is sent. */
export function toMessage(simulated: Simulated, alertmanager: NotificationTexts): Notification {
  const { at, integration } = simulated;
  const way = ARRIVES[integration.kind];
  if (way === undefined) throw new Error(`nobody in the shop is told by ${integration.kind}`);
  return { at, ...way(simulated, alertmanager) };
}

type Way = (simulated: Simulated, alertmanager: NotificationTexts) => Omit<Notification, "at">;

const ARRIVES: Readonly<Partial<Record<ReceiverKind, Way>>> = {
  slack: (simulated, alertmanager) => {
    const { channel, title = "", text = "", title_link: link = "", fallback = "" } = rendered(simulated, alertmanager);
    return {
      receiver: `slack ${channel}`,
      status: statusOf(title),
      texts: { title, text, link, fallback },
      alerts: [],
    };
  },
  pagerduty: (simulated, alertmanager) => {
    const texts = rendered(simulated, alertmanager);
    return {
      receiver: `pagerduty ${routingKey(keyFile(simulated, alertmanager))}`,
      status: simulated.status,
      texts: { title: texts.description ?? "", text: texts["details.alerts"] ?? "", link: texts.client_url ?? "" },
      alerts: [],
    };
  },
  email: (simulated, alertmanager) => {
    const { to, text = "", html = "", "headers.Subject": title = "" } = rendered(simulated, alertmanager);
    return { receiver: `email ${to}`, status: statusOf(title), texts: { title, text, html }, alerts: [] };
  },
  webhook: (simulated, { templates, externalURL }) =>
    fromWebhook(webhookMessage(simulated, dataOf(simulated, templates, externalURL))),
  wechat: (simulated, alertmanager) => {
    const { agent_id, to_party, message } = rendered(simulated, alertmanager);
    return fromWechat({ agentid: agent_id, toparty: to_party, text: { content: message } });
  },
};

/** The file of the key that tells PagerDuty whom to page. */
function keyFile({ receiver, integration: { index } }: Simulated, { config }: NotificationTexts): string {
  const found = config.receivers.find(({ name }) => name === receiver);
  return found?.pagerduty_configs[index]?.routing_key_file ?? "";
}

/** The rendered texts by their place in the configuration. */
function rendered(simulated: Simulated, alertmanager: NotificationTexts): Readonly<Record<string, string>> {
  return Object.fromEntries(
    textsOf(simulated, alertmanager).map((one) => {
      if ("mistake" in one) throw new Error(`${one.path} cannot be rendered: ${one.mistake}`);
      return [one.path, one.text];
    }),
  );
}
