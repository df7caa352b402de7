/** Alerts in Opsgenie. https://prometheus.io/docs/alerting/latest/configuration/#opsgenie_config */
import { z } from "zod";
import { secretFile, webUrl } from "../schema.ts";
import { part, plain, template, templates } from "./field.ts";
import { defineReceiver, type Receiver, type ReceiverSpec, receiverSchema, ruled } from "./receiver.ts";

/** How an alert is sent to Opsgenie. */
export interface OpsgenieSpec extends ReceiverSpec {
  /** The file with the API key. Default: `opsgenieApiKeyFile` of the environment. */
  readonly apiKeyFile?: string;
  /** Default: Opsgenie itself. */
  readonly apiUrl?: string;
  /** Go templates; the defaults are those of `templates/notification.tmpl.hbs`. */
  readonly message?: string;
  readonly description?: string;
  readonly source?: string;
  readonly details?: Readonly<Record<string, string>>;
  readonly entity?: string;
  readonly responders?: readonly OpsgenieResponder[];
  /** Names separated by commas. */
  readonly actions?: string;
  /** Tags separated by commas. */
  readonly tags?: string;
  readonly note?: string;
  /** `"P1"` to `"P5"`, or a template of one. */
  readonly priority?: string;
  /** Whether message and description of an alert that is open are changed as well. */
  readonly updateAlerts?: boolean;
}

/** Who is to respond, by one of its names. */
export interface OpsgenieResponder {
  readonly id?: string;
  readonly name?: string;
  readonly username?: string;
  /** Or a Go template of one of these. */
  readonly type: "team" | "teams" | "user" | "escalation" | "schedule" | `${string}{{${string}`;
}

/**
 * Opens alerts in Opsgenie. The name is only for people; the key decides.
 *
 * ```ts
 * opsgenie("storefront", { apiKeyFile: "/etc/alertmanager/opsgenie", responders: [{ name: "storefront", type: "team" }] });
 * ```
 */
export function opsgenie(name: string, spec: OpsgenieSpec = {}): Receiver<OpsgenieSpec> {
  return defineReceiver("opsgenie", name, spec, opsgenie);
}

const text = template.optional();

const responder = ruled(
  part<OpsgenieResponder>({
    id: text,
    name: text,
    username: text,
    type: template.refine((type) => type.includes("{{") || /^(?:teams?|user|escalation|schedule)$/.test(type), {
      error: ({ input }) => `${JSON.stringify(input)} is none of team, teams, user, escalation, schedule`,
    }) as unknown as z.ZodType<OpsgenieResponder["type"]>,
  }),
  [
    ({ id, name, username }) =>
      (id ?? name ?? username) === undefined ? "name the responder: id, name or username" : undefined,
  ],
);

export const opsgenieSchema = receiverSchema<OpsgenieSpec>(plain, {
  apiKeyFile: secretFile.optional(),
  apiUrl: webUrl.optional(),
  message: text,
  description: text,
  source: text,
  details: templates.optional(),
  entity: text,
  responders: z.array(responder).optional(),
  actions: text,
  tags: text,
  note: text,
  priority: text,
  updateAlerts: z.boolean().optional(),
});
