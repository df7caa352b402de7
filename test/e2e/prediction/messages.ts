/** Notifications as the simulator makes them, in the words in which the receiver of the run takes them down. */
import type { AlertmanagerConfig } from "../../../src/alertmanager/config/config.ts";
import type { IntegrationConfig, ReceiverKind } from "../../../src/alertmanager/config/receiver.ts";
import { dataOf, webhookMessage } from "../../../src/alertmanager/notify/data.ts";
import type { Notification as Simulated } from "../../../src/alertmanager/notify/notification.ts";
import { renderTexts } from "../../../src/alertmanager/notify/render.ts";
import type { NotificationTemplates } from "../../../src/gotemplate/notification/render.ts";
import { routingKey } from "../folders.ts";
import { type Notification, statusOf } from "../receiver/notification.ts";
import { fromWebhook, fromWechat } from "../receiver/ways.ts";

export interface World {
  readonly config: AlertmanagerConfig;
  readonly templates: NotificationTemplates;
  /** Alertmanager's own address. */
  readonly externalUrl: string;
}

/** What arrives when this is sent. */
export function toMessage(simulated: Simulated, world: World): Notification {
  const { at, integration } = simulated;
  const way = ARRIVES[integration.kind];
  if (way === undefined) throw new Error(`nobody in the shop is told by ${integration.kind}`);
  return { at, ...way(simulated, world) };
}

type Way = (simulated: Simulated, world: World) => Omit<Notification, "at">;

const ARRIVES: Readonly<Partial<Record<ReceiverKind, Way>>> = {
  slack: (simulated, world) => {
    const { channel, title = "", text = "", title_link: link = "", fallback = "" } = textsOf("slack", simulated, world);
    return {
      receiver: `slack ${channel}`,
      status: statusOf(title),
      texts: { title, text, link, fallback },
      alerts: [],
    };
  },
  pagerduty: (simulated, world) => {
    const { routing_key_file: file } = configOf("pagerduty", simulated, world);
    const texts = textsOf("pagerduty", simulated, world);
    return {
      receiver: `pagerduty ${routingKey(file)}`,
      status: simulated.status,
      texts: { title: texts.description ?? "", text: texts["details.alerts"] ?? "", link: texts.client_url ?? "" },
      alerts: [],
    };
  },
  email: (simulated, world) => {
    const { to, text = "", html = "", "headers.Subject": title = "" } = textsOf("email", simulated, world);
    return { receiver: `email ${to}`, status: statusOf(title), texts: { title, text, html }, alerts: [] };
  },
  webhook: (simulated, world) => fromWebhook(webhookMessage(simulated, dataFor(simulated, world))),
  wechat: (simulated, world) => {
    const { agent_id, to_party, message } = textsOf("wechat", simulated, world);
    return fromWechat({ agentid: agent_id, toparty: to_party, text: { content: message } });
  },
};

function configOf<K extends ReceiverKind>(
  kind: K,
  { receiver, integration }: Simulated,
  { config }: World,
): IntegrationConfig<K> {
  const found = config.receivers.find(({ name }) => name === receiver);
  return found?.[`${kind}_configs`][integration.index] as IntegrationConfig<K>;
}

/** The rendered texts by their place in the configuration. */
function textsOf(kind: ReceiverKind, simulated: Simulated, world: World): Readonly<Record<string, string>> {
  const { templates } = world;
  const data = dataFor(simulated, world);
  const texts = renderTexts(kind, configOf(kind, simulated, world), { templates, data, now: simulated.at });
  return Object.fromEntries(
    texts.map((one) => {
      if ("mistake" in one) throw new Error(`${one.path} cannot be rendered: ${one.mistake}`);
      return [one.path, one.text];
    }),
  );
}

function dataFor(simulated: Simulated, { templates, externalUrl }: World) {
  return dataOf(simulated, templates, externalUrl);
}
