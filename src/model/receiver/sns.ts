/** Messages by Amazon SNS. https://prometheus.io/docs/alerting/latest/configuration/#sns_configs */
import { z } from "zod";
import { type Sigv4Spec, sigv4Schema } from "../scrape/sigv4.ts";
import { plain, template, templates } from "./field.ts";
import { defineReceiver, oneOf, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** How a message is published to Amazon SNS. */
export interface SnsSpec extends ReceiverSpec {
  /** Default: the one of the region. A Go template. */
  readonly apiUrl?: string;
  readonly sigv4?: Sigv4Spec;
  /** Who is told: a topic, a phone, or an endpoint of an app. Go templates. */
  readonly topicArn?: string;
  readonly phoneNumber?: string;
  readonly targetArn?: string;
  /** Go templates; the defaults are those of `templates/notification.tmpl.hbs`. */
  readonly subject?: string;
  readonly message?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Whether AWS's own HTTP client is used, as a bundle of authorities in AWS's shared configuration needs. */
  readonly useAwsHttpClient?: boolean;
}

/**
 * Publishes to a topic, phone or endpoint of Amazon SNS. The name is only for people.
 *
 * ```ts
 * sns("stock", { topicArn: "arn:aws:sns:eu-central-1:123456789012:stock", sigv4: { region: "eu-central-1" } });
 * ```
 */
export function sns(name: string, spec: SnsSpec): Receiver<SnsSpec> {
  return defineReceiver("sns", name, spec, sns);
}

const text = template.optional();
export const snsSchema = receiverSchema<SnsSpec>(
  plain,
  {
    apiUrl: text,
    sigv4: sigv4Schema.optional(),
    topicArn: text,
    phoneNumber: text,
    targetArn: text,
    subject: text,
    message: text,
    attributes: templates.optional(),
    useAwsHttpClient: z.boolean().optional(),
  },
  oneOf("name who is told: topicArn, phoneNumber or targetArn", "topicArn", "phoneNumber", "targetArn"),
);
