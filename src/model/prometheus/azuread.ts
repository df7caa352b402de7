/** Requests that Microsoft Entra lets through. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#remote_write */
import { z } from "zod";
import { filePath, flag, oneOf, text } from "../scrape/field.ts";
import { objectOf, secretWithoutFile } from "../scrape/object-schema.ts";

/** As whom Azure knows the server. Secrets of an app cannot be written here: name an identity, or a certificate's file. */
export interface AzureadSpec {
  /** Default: `"AzurePublic"`. */
  readonly cloud?: "AzurePublic" | "AzureChina" | "AzureGovernment";
  readonly managedIdentity?: { readonly clientId?: string };
  readonly workloadIdentity?: {
    readonly clientId: string;
    readonly tenantId: string;
    /** The file with the token of the service account. */
    readonly tokenFilePath?: string;
  };
  readonly sdk?: { readonly tenantId?: string };
  readonly certificate?: {
    readonly clientId: string;
    readonly tenantId: string;
    readonly certificatePath: string;
    /** The file with the private key, where the certificate's file does not hold it. */
    readonly certificateKeyPath?: string;
    readonly sendCertificateChain?: boolean;
  };
  /** Default: the cloud's. */
  readonly scope?: string;
}

const uuid = z.uuid({ error: ({ input }) => `${JSON.stringify(input)} is not the id of a client: give a UUID` });
const tenant = text.refine((id) => /^[\w.-]+$/.test(id), {
  error: ({ input }) => `${JSON.stringify(input)} is not a tenant: use letters, digits, "-" and "."`,
});
const METHODS = ["managedIdentity", "workloadIdentity", "sdk", "certificate"] as const;
const secret = secretWithoutFile(`use ${METHODS.slice(0, -1).join(", ")} or a certificate without a password`);

export const azureadSchema: z.ZodType<AzureadSpec> = objectOf<AzureadSpec>(
  {
    cloud: oneOf("AzurePublic", "AzureChina", "AzureGovernment").optional(),
    managedIdentity: objectOf<NonNullable<AzureadSpec["managedIdentity"]>>({ clientId: uuid.optional() }).optional(),
    workloadIdentity: objectOf<NonNullable<AzureadSpec["workloadIdentity"]>>({
      clientId: uuid,
      tenantId: uuid,
      tokenFilePath: filePath.optional(),
    }).optional(),
    sdk: objectOf<NonNullable<AzureadSpec["sdk"]>>({ tenantId: tenant.optional() }).optional(),
    certificate: objectOf<NonNullable<AzureadSpec["certificate"]>>(
      {
        clientId: uuid,
        tenantId: tenant,
        certificatePath: filePath,
        certificateKeyPath: filePath.optional(),
        sendCertificateChain: flag.optional(),
      },
      { instead: { certificatePassword: secret } },
    ).optional(),
    scope: text
      .refine((scope) => /^[\w\s:/.-]+$/.test(scope), {
        error: ({ input }) => `${JSON.stringify(input)} is not a scope`,
      })
      .optional(),
  },
  {
    instead: { oauth: secret },
    rules: [
      {
        fields: METHODS,
        check(spec, report) {
          const given = METHODS.filter((method) => spec[method] !== undefined);
          // Whoever wrote a secret hears of that already.
          if (given.length === 0 && !("oauth" in spec)) report(`say as whom: give one of ${METHODS.join(", ")}`);
          for (const method of given.slice(1)) report(`give ${given[0]} or ${method}, not both`, method);
        },
      },
    ],
  },
);
