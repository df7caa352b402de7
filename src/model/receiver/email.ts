/** Mail. https://prometheus.io/docs/alerting/latest/configuration/#email_config */
import { z } from "zod";
import { hostPort, secretFile } from "../schema.ts";
import { type TlsSpec, tlsSchema } from "../scrape/tls.ts";
import { plain, template } from "./field.ts";
import { atMostOneOf, defineReceiver, type Receiver, type ReceiverSpec, receiverSchema } from "./receiver.ts";

/** How mail is sent; what a receiver does not say, the environment's `smtp` does. */
export interface SmtpSpec {
  readonly from?: string;
  /** The mail server, `host:port`. */
  readonly smarthost?: string;
  /** The name this sender gives itself to the mail server. Default: `"localhost"`. */
  readonly hello?: string;
  readonly authUsername?: string;
  /** The file with the mail account's password. */
  readonly authPasswordFile?: string;
  /** The file with the secret of CRAM-MD5. */
  readonly authSecretFile?: string;
  /** Whom to act for, as PLAIN asks it. */
  readonly authIdentity?: string;
  /** Whether the connection must be encrypted. Default: yes. */
  readonly requireTls?: boolean;
  /** How the connection is encrypted. */
  readonly tls?: TlsSpec;
  /** Whether to encrypt from the first byte, rather than by STARTTLS. Default: on port 465 only. */
  readonly forceImplicitTls?: boolean;
}

/** How an email is written and sent. */
export interface EmailSpec extends ReceiverSpec, SmtpSpec {
  /** Go templates by the name of the header. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Go templates of the body. */
  readonly html?: string;
  readonly text?: string;
  /** Whether mails about one group form a thread, and whether each day begins another. */
  readonly threading?: { readonly enabled: boolean; readonly threadByDate: "none" | "daily" };
}

/**
 * Writes mail to an address, or several separated by commas.
 *
 * ```ts
 * email("catalog@shop.example");
 * ```
 */
export function email(to: string, spec: EmailSpec = {}): Receiver<EmailSpec> {
  return defineReceiver("email", to, spec, email);
}

const ADDRESS = /^[^\s@,<>"]+@[^\s@,<>"]+$|^[^<>"\n]*<[^\s@,<>"]+@[^\s@,<>"]+>$/;

const address = z.string().refine((text) => text.split(",").every((one) => ADDRESS.test(one.trim())), {
  error: ({ input }) => `${JSON.stringify(input)} is not a mail address`,
});

export const smtpFields = {
  from: address.optional(),
  smarthost: hostPort.optional(),
  hello: plain.optional(),
  authUsername: plain.optional(),
  authPasswordFile: secretFile.optional(),
  authSecretFile: secretFile.optional(),
  authIdentity: plain.optional(),
  requireTls: z.boolean().optional(),
  tls: tlsSchema.optional(),
  forceImplicitTls: z.boolean().optional(),
};

export const emailSchema = receiverSchema<EmailSpec>(
  address,
  {
    ...smtpFields,
    headers: z.record(z.string().regex(/^[!-9;-~]+$/), template).optional(),
    html: template.optional(),
    text: template.optional(),
    threading: z.strictObject({ enabled: z.boolean(), threadByDate: z.enum(["none", "daily"]) }).optional(),
  },
  atMostOneOf("authPasswordFile", "authSecretFile"),
  ({ headers = {} }) => {
    const names = Object.keys(headers).map((name) => name.toLowerCase());
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    return twice === undefined ? undefined : `the header ${JSON.stringify(twice)} is set twice: case does not matter`;
  },
  ({ headers = {}, threading }) => {
    const own = Object.keys(headers).find((name) => /^(?:references|in-reply-to)$/i.test(name));
    return threading?.enabled === true && own !== undefined
      ? `threading sets the header ${own} itself: give one of the two`
      : undefined;
  },
);
