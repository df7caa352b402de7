/** Requests that AWS's Signature Version 4 signs. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#sigv4 */
import type { z } from "zod";
import { flag, text } from "./field.ts";
import { objectOf, secretWithoutFile } from "./object-schema.ts";

/**
 * Who signs the requests. Keys cannot be written here, and neither Prometheus nor Alertmanager reads them from a file of
 * its own: name a profile of the server's credentials file, or a role, or leave it to the server's identity.
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

const key = secretWithoutFile("name a profile or a role, or leave it to the server's identity");

export const sigv4Schema: z.ZodType<Sigv4Spec> = objectOf<Sigv4Spec>(
  {
    region: text.optional(),
    profile: text.optional(),
    roleArn: text.optional(),
    externalId: text.optional(),
    useFipsStsEndpoint: flag.optional(),
    serviceName: text.optional(),
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
