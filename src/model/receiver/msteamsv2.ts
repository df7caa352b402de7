/** Messages in Microsoft Teams by workflows. https://prometheus.io/docs/alerting/latest/configuration/#msteamsv2_config */
import { secretFile } from "../schema.ts";
import { plain, template } from "./field.ts";
import { defineReceiver, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** How a message is written to Microsoft Teams through a workflow. */
export interface Msteamsv2Spec extends ReceiverSpec {
  /** The file with the workflow's URL. */
  readonly webhookUrlFile?: string;
  /** Go templates; the defaults are those of `templates/notification.tmpl.hbs`. */
  readonly title?: string;
  readonly text?: string;
}

/**
 * Posts to a channel or chat of Microsoft Teams by a workflow. The name is only for people.
 *
 * ```ts
 * msteamsv2("storefront", { webhookUrlFile: "/etc/alertmanager/teams-storefront" });
 * ```
 */
export function msteamsv2(name: string, spec: Msteamsv2Spec = {}): Receiver<Msteamsv2Spec> {
  return defineReceiver("msteamsv2", name, spec, msteamsv2);
}

const text = template.optional();

export const msteamsv2Schema = receiverSchema<Msteamsv2Spec>(plain, {
  webhookUrlFile: secretFile.optional(),
  title: text,
  text,
});
