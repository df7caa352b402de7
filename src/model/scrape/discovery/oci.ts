/** Targets in Oracle Cloud. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#oci_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, filePath, list, oneOf, port, text } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";
import { secretIn } from "../object-schema.ts";

/** Machines of Oracle Cloud Infrastructure. */
export interface OciSpec extends HttpClientSpec {
  /** How Prometheus authenticates. Default: `"api_key"`. */
  readonly auth?: "api_key" | "instance_principal";
  /** The OCID of the tenancy, for `api_key`. */
  readonly tenancy?: string;
  /** The OCID of the user, for `api_key`. */
  readonly user?: string;
  /** The fingerprint of the key, for `api_key`. */
  readonly fingerprint?: string;
  /** The file with the private key, for `api_key`. */
  readonly keyFile?: string;
  /** The file with the passphrase of the key, for `api_key`. */
  readonly keyPassphraseFile?: string;
  readonly region: string;
  /** OCIDs. Default: all compartments. */
  readonly compartments?: readonly string[];
  /** The port of the targets. Default: 80. */
  readonly port?: number;
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
}

export const ociSchema = httpObjectOf<OciSpec>(
  {
    auth: oneOf("api_key", "instance_principal").optional(),
    tenancy: text.optional(),
    user: text.optional(),
    fingerprint: text.optional(),
    keyFile: filePath.optional(),
    keyPassphraseFile: filePath.optional(),
    region: text,
    compartments: list(text).optional(),
    port: port.optional(),
    refreshInterval: duration.optional(),
  },
  {
    instead: { keyPassphrase: secretIn("keyPassphraseFile") },
    rules: [
      {
        fields: ["auth"],
        check(spec, report) {
          for (const field of ["tenancy", "user", "fingerprint", "keyFile"] as const) {
            if (spec.auth !== "instance_principal" && spec[field] === undefined)
              report(`api_key needs ${field}`, field);
          }
          for (const field of ["tenancy", "user", "fingerprint", "keyFile", "keyPassphraseFile"] as const) {
            if (spec.auth === "instance_principal" && spec[field] !== undefined)
              report(`instance_principal takes no ${field}`, field);
          }
        },
      },
    ],
  },
);
