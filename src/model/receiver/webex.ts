/** Messages in a Webex room. https://prometheus.io/docs/alerting/latest/configuration/#webex_config */
import { webUrl } from "../schema.ts";
import { plain, template } from "./field.ts";
import { defineReceiver, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** The bot's token is the `http.authorization` of the receiver itself: Alertmanager takes none from its global settings. */
export interface WebexSpec extends ReceiverSpec {
  /** The room, as Webex's API names it. A Go template. */
  readonly roomId: string;
  /** Default: Webex itself. */
  readonly apiUrl?: string;
  /** A Go template, in Markdown; the default is that of `templates/notification.tmpl.hbs`. */
  readonly message?: string;
}

/**
 * Writes to a room of Webex. The name is only for people.
 *
 * ```ts
 * webex("storefront", { roomId: "Y2lzY29", http: { authorization: { credentialsFile: "/etc/alertmanager/webex" } } });
 * ```
 */
export function webex(name: string, spec: WebexSpec): Receiver<WebexSpec> {
  return defineReceiver("webex", name, spec, webex);
}

export const webexSchema = receiverSchema<WebexSpec>(plain, {
  apiUrl: webUrl.optional(),
  message: template.optional(),
  roomId: template,
});
