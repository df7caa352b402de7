/** TLS of a client. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#tls_config */
import type { z } from "zod";
import { filePath, flag, oneOf, text } from "./field.ts";
import { objectOf, secretIn } from "./object-schema.ts";

export type TlsVersion = "TLS10" | "TLS11" | "TLS12" | "TLS13";

/** How a client proves itself, and whom it trusts. */
export interface TlsSpec {
  /** The certificates of the authorities to trust, as PEM text. Default: those of the machine. */
  readonly ca?: string;
  /** The client's certificate, as PEM text. */
  readonly cert?: string;
  /** The file with the certificates of the authorities to trust. */
  readonly caFile?: string;
  /** The file with the client's certificate; needs {@link keyFile}. */
  readonly certFile?: string;
  /** The file with the private key of the client's certificate. */
  readonly keyFile?: string;
  /** The name that the server's certificate must carry. Default: the host of the address. */
  readonly serverName?: string;
  /** Whether to accept any certificate of the server. Default: `false`. */
  readonly insecureSkipVerify?: boolean;
  /** The oldest version of TLS to accept. Default: `"TLS12"`. */
  readonly minVersion?: TlsVersion;
  /** The newest version of TLS to accept. Default: the newest there is. */
  readonly maxVersion?: TlsVersion;
}

const version = oneOf("TLS10", "TLS11", "TLS12", "TLS13");

export const tlsSchema: z.ZodType<TlsSpec> = objectOf<TlsSpec>(
  {
    ca: text.optional(),
    cert: text.optional(),
    caFile: filePath.optional(),
    certFile: filePath.optional(),
    keyFile: filePath.optional(),
    serverName: text.optional(),
    insecureSkipVerify: flag.optional(),
    minVersion: version.optional(),
    maxVersion: version.optional(),
  },
  {
    instead: { key: secretIn("keyFile") },
    rules: [
      {
        fields: ["keyFile"],
        check({ ca, caFile, cert, certFile, keyFile }, report) {
          if (ca !== undefined && caFile !== undefined) report("give ca or caFile, not both", "caFile");
          if (cert !== undefined && certFile !== undefined) report("give cert or certFile, not both", "certFile");
          const certified = cert !== undefined ? "cert" : certFile !== undefined ? "certFile" : undefined;
          if (certified !== undefined && keyFile === undefined)
            report("a client's certificate needs its keyFile", certified);
          if (keyFile !== undefined && certified === undefined) report("a client's key needs its certFile", "keyFile");
        },
      },
      {
        fields: ["minVersion", "maxVersion"],
        check({ minVersion, maxVersion }, report) {
          if (minVersion === undefined || maxVersion === undefined || minVersion <= maxVersion) return;
          report(`maxVersion ${maxVersion} is older than minVersion ${minVersion}`, "maxVersion");
        },
      },
    ],
  },
);
