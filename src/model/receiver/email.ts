/** Mail. https://prometheus.io/docs/alerting/latest/configuration/#email_config */
import { z } from "zod";
import { hostPort, secretFile } from "../schema.ts";
import { defineReceiver, type Receiver, type ReceiverSpec, receiverFields } from "./receiver.ts";

/** How mail is sent; what a receiver does not say, the environment's `smtp` does. */
export interface SmtpSpec {
  readonly from?: string;
  /** The mail server, `host:port`. */
  readonly smarthost?: string;
  /** The name this sender gives itself to the mail server. */
  readonly hello?: string;
  readonly authUsername?: string;
  /** The file with the mail account's password. */
  readonly authPasswordFile?: string;
  /** Whether the connection must be encrypted. Default: yes. */
  readonly requireTls?: boolean;
}

export interface EmailSpec extends ReceiverSpec, SmtpSpec {
  readonly headers?: Readonly<Record<string, string>>;
  /** Go templates of the body. */
  readonly html?: string;
  readonly text?: string;
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
  hello: z.string().min(1).optional(),
  authUsername: z.string().min(1).optional(),
  authPasswordFile: secretFile.optional(),
  requireTls: z.boolean().optional(),
};

export const emailSchema = z.object({
  name: address,
  spec: z.strictObject({
    ...receiverFields,
    ...smtpFields,
    headers: z.record(z.string().regex(/^[!-9;-~]+$/), z.string()).optional(),
    html: z.string().min(1).optional(),
    text: z.string().min(1).optional(),
  }),
});
