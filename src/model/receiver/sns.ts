/** Messages by Amazon SNS. https://prometheus.io/docs/alerting/latest/configuration/#sns_configs */
import { z } from "zod";
import { objectOf, secretWithoutFile } from "../scrape/object-schema.ts";
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
 * Who signs the requests. Keys cannot be written here, and Alertmanager 0.34 reads them from no file of its own: name a
 * profile of the server's credentials file, or a role, or leave it to the server's identity.
 */
export interface Sigv4Spec {
  /** Default: that of the server's configuration of AWS. */
  readonly region?: string;
  readonly profile?: string;
  readonly roleArn?: string;
  /** Needs {@link roleArn}. */
  readonly externalId?: string;
  readonly useFipsStsEndpoint?: boolean;
  readonly serviceName?: string;
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
const key = secretWithoutFile("name a profile or a role, or leave it to the server's identity");

const sigv4 = objectOf<Sigv4Spec>(
  {
    region: plain.optional(),
    profile: plain.optional(),
    roleArn: plain.optional(),
    externalId: plain.optional(),
    useFipsStsEndpoint: z.boolean().optional(),
    serviceName: plain.optional(),
  },
  {
    instead: { accessKey: key, secretKey: key },
    rules: [
      {
        fields: ["externalId", "roleArn"],
        check({ externalId, roleArn }, report) {
          if (externalId !== undefined && roleArn === undefined) report("externalId needs a roleArn", "externalId");
        },
      },
    ],
  },
);

export const snsSchema = receiverSchema<SnsSpec>(
  plain,
  {
    apiUrl: text,
    sigv4: sigv4.optional(),
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
