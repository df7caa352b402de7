/** Messages in Microsoft Teams by connectors, which Microsoft retires. https://prometheus.io/docs/alerting/latest/configuration/#msteams_config */
import { secretFile } from "../schema.ts";
import { plain, template } from "./field.ts";
import { defineReceiver, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** How a message is written to Microsoft Teams through a connector. */
export interface MsteamsSpec extends ReceiverSpec {
  /** The file with the connector's URL. */
  readonly webhookUrlFile?: string;
  /** Go templates; the defaults are those of `templates/notification.tmpl.hbs`. */
  readonly title?: string;
  readonly summary?: string;
  readonly text?: string;
}

/**
 * Posts to a channel of Microsoft Teams by a connector. The name is only for people. New channels take `msteamsv2`.
 *
 * ```ts
 * msteams("storefront", { webhookUrlFile: "/etc/alertmanager/teams-storefront" });
 * ```
 */
export function msteams(name: string, spec: MsteamsSpec = {}): Receiver<MsteamsSpec> {
  return defineReceiver("msteams", name, spec, msteams);
}

const text = template.optional();

export const msteamsSchema = receiverSchema<MsteamsSpec>(plain, {
  webhookUrlFile: secretFile.optional(),
  title: text,
  summary: text,
  text,
});
