/** Incidents in PagerDuty. https://prometheus.io/docs/alerting/latest/configuration/#pagerduty_config */
import { z } from "zod";
import type { DurationText } from "../../quantity/duration.ts";
import { safeName, secretFile, webUrl } from "../schema.ts";
import { type Json, json, part, plain, template, timeout } from "./field.ts";
import { atMostOneOf, defineReceiver, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** How an incident is opened at PagerDuty. */
export interface PagerdutySpec extends ReceiverSpec {
  /** The file with the integration key of an Events API v2 integration. */
  readonly routingKeyFile?: string;
  /** The file with the integration key of the older "Prometheus" integration. */
  readonly serviceKeyFile?: string;
  /** Where events are posted. Default: PagerDuty itself. */
  readonly url?: string;
  /** Go templates. */
  readonly description?: string;
  readonly severity?: string;
  /** What is affected. Default: `client`. */
  readonly source?: string;
  readonly class?: string;
  readonly component?: string;
  readonly group?: string;
  readonly client?: string;
  readonly clientUrl?: string;
  /** Go templates by their names, which may stand within lists and objects. */
  readonly details?: Readonly<Record<string, Json>>;
  readonly images?: readonly PagerdutyImage[];
  readonly links?: readonly PagerdutyLink[];
  readonly timeout?: DurationText;
}

/** Go templates of an image on the incident. */
export interface PagerdutyImage {
  readonly src: string;
  readonly alt?: string;
  readonly href?: string;
}

/** Go templates of a link on the incident. */
export interface PagerdutyLink {
  readonly href: string;
  readonly text?: string;
}

/**
 * Opens incidents in a PagerDuty service. The name is only for people; the key decides.
 *
 * ```ts
 * pagerduty("storefront-primary", { routingKeyFile: "/etc/alertmanager/pagerduty-storefront" });
 * ```
 */
export function pagerduty(name: string, spec: PagerdutySpec = {}): Receiver<PagerdutySpec> {
  return defineReceiver("pagerduty", name, spec, pagerduty);
}

const text = template.optional();

export const pagerdutySchema = receiverSchema<PagerdutySpec>(
  safeName,
  {
    routingKeyFile: secretFile.optional(),
    serviceKeyFile: secretFile.optional(),
    url: webUrl.optional(),
    description: text,
    severity: text,
    source: text,
    class: text,
    component: text,
    group: text,
    client: text,
    clientUrl: text,
    details: z.record(plain, json).optional(),
    images: z.array(part<PagerdutyImage>({ src: template, alt: text, href: text })).optional(),
    links: z.array(part<PagerdutyLink>({ href: template, text })).optional(),
    timeout: timeout.optional(),
  },
  atMostOneOf("routingKeyFile", "serviceKeyFile"),
);
