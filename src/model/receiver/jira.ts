/** Issues in Jira. https://prometheus.io/docs/alerting/latest/configuration/#jira_config */
import { z } from "zod";
import type { DurationText } from "../../quantity/duration.ts";
import { webUrl } from "../schema.ts";
import { duration } from "../scrape/field.ts";
import { type Json, json, part, plain, template } from "./field.ts";
import { defineReceiver, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** Who writes the issues is said by `http`: basicAuth for Jira's cloud, authorization for a data center. */
export interface JiraSpec extends ReceiverSpec {
  /** The kind of issue: `"Bug"`. A Go template. */
  readonly issueType: string;
  /** The address of Jira's API. Default: `jiraApiUrl` of the environment. */
  readonly apiUrl?: string;
  /** Default: `"auto"`, by the address. */
  readonly apiType?: "auto" | "cloud" | "datacenter";
  /** Go templates; the defaults are those of `templates/notification.tmpl.hbs`. */
  readonly summary?: JiraText;
  readonly description?: JiraText;
  readonly labels?: readonly string[];
  readonly priority?: string;
  /** The transition that opens a closed issue again. Without, another one is made. */
  readonly reopenTransition?: string;
  /** The transition that closes an issue when its alerts end. */
  readonly resolveTransition?: string;
  /** Issues closed with this resolution stay closed. */
  readonly wontFixResolution?: string;
  /** For how long a closed issue is opened again, rather than another one made. */
  readonly reopenDuration?: DurationText;
  /** Other fields, as Jira's API takes them. */
  readonly fields?: Readonly<Record<string, Json>>;
}

/** A Go template; with `enableUpdate: false` an issue that exists keeps what it says. */
export type JiraText = string | { readonly template: string; readonly enableUpdate?: boolean };

/**
 * Opens issues in a project of Jira.
 *
 * ```ts
 * jira("SHOP", { issueType: "Bug", http: { basicAuth: { username: "tocsin", passwordFile: "/etc/alertmanager/jira" } } });
 * ```
 */
export function jira(project: string, spec: JiraSpec): Receiver<JiraSpec> {
  return defineReceiver("jira", project, spec, jira);
}

const text = template.optional();

const jiraText: z.ZodType<JiraText> = z.union([
  template,
  part<Exclude<JiraText, string>>({ template, enableUpdate: z.boolean().optional() }),
]);

export const jiraSchema = receiverSchema<JiraSpec>(template, {
  apiUrl: webUrl.optional(),
  apiType: z.enum(["auto", "cloud", "datacenter"]).optional(),
  summary: jiraText.optional(),
  description: jiraText.optional(),
  labels: z.array(template).optional(),
  priority: text,
  issueType: template,
  reopenTransition: text,
  resolveTransition: text,
  wontFixResolution: text,
  reopenDuration: duration.optional(),
  fields: z.record(plain, json).optional(),
});
