/** What a notification of a simulation says: every text of its integration's configuration. */
import type { NotificationTemplates } from "../../gotemplate/notification/render.ts";
import type { AlertmanagerConfig } from "../config/config.ts";
import type { IntegrationConfig } from "../config/receiver.ts";
import { dataOf } from "../notify/data.ts";
import type { Notification } from "../notify/notification.ts";
import { type RenderedText, type RenderMistake, renderTexts } from "../notify/render.ts";

/** An Alertmanager's configuration, and what its texts are made with. */
export interface NotificationTexts {
  readonly config: AlertmanagerConfig;
  readonly templates: NotificationTemplates;
  /** Alertmanager's own address, without a slash at its end. */
  readonly externalURL: string;
}

/** Renders the texts of a notification. What gets JSON and no texts has the annotations of its alerts to show. */
export function textsOf(
  notification: Notification,
  { config, templates, externalURL }: NotificationTexts,
): readonly (RenderedText | RenderMistake)[] {
  const { receiver, integration, at } = notification;
  const configs = config.receivers.find(({ name }) => name === receiver)?.[`${integration.kind}_configs`];
  const own = configs?.[integration.index] as IntegrationConfig | undefined;
  if (own === undefined) return [];
  const data = dataOf(notification, templates, externalURL);
  const texts = renderTexts(integration.kind, own, { templates, data, now: at });
  const isRead = texts.some((field) => "mistake" in field || field.read);
  return isRead ? texts : [...texts, ...annotations(notification)];
}

function annotations({ alerts }: Notification): readonly RenderedText[] {
  return alerts.flatMap((alert, i) =>
    Object.entries(alert.annotations).map(([name, text]) => ({
      path: `alerts[${i}].annotations.${name}`,
      text,
      read: true,
      truncated: false,
    })),
  );
}
