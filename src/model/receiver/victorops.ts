/** Incidents in VictorOps, now Splunk On-Call. https://prometheus.io/docs/alerting/latest/configuration/#victorops_config */
import { secretFile, webUrl } from "../schema.ts";
import { mapOf } from "../scrape/field.ts";
import { plain, template } from "./field.ts";
import { defineReceiver, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** How an incident is opened at VictorOps (Splunk On-Call). */
export interface VictoropsSpec extends ReceiverSpec {
  /** The file with the API key. Default: `victoropsApiKeyFile` of the environment. */
  readonly apiKeyFile?: string;
  /** Default: VictorOps itself. */
  readonly apiUrl?: string;
  /** Go templates; the defaults are those of `templates/notification.tmpl.hbs`. */
  readonly messageType?: string;
  readonly stateMessage?: string;
  readonly entityDisplayName?: string;
  readonly monitoringTool?: string;
  readonly customFields?: Readonly<Record<string, string>>;
}

/**
 * Opens incidents in VictorOps, by the routing key that leads to a team.
 *
 * ```ts
 * victorops("storefront", { apiKeyFile: "/etc/alertmanager/victorops" });
 * ```
 */
export function victorops(routingKey: string, spec: VictoropsSpec = {}): Receiver<VictoropsSpec> {
  return defineReceiver("victorops", routingKey, spec, victorops);
}

const text = template.optional();

/** What every message has, which no field of one's own may replace. */
const FIXED = /^(?:routing_key|message_type|state_message|entity_display_name|monitoring_tool|entity_id|entity_state)$/;

export const victoropsSchema = receiverSchema<VictoropsSpec>(template, {
  apiKeyFile: secretFile.optional(),
  apiUrl: webUrl.optional(),
  messageType: text,
  stateMessage: text,
  entityDisplayName: text,
  monitoringTool: text,
  customFields: mapOf(
    plain.refine((name) => !FIXED.test(name), { error: ({ input }) => `VictorOps sets the field ${input} itself` }),
    template,
  ).optional(),
});
