/** Targets in OpenStack. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#openstack_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, flag, oneOf, port, text } from "../field.ts";
import { objectOf, secretWithoutFile } from "../object-schema.ts";
import { type TlsSpec, tlsSchema } from "../tls.ts";

const NO_PASSWORD = secretWithoutFile(
  "leave identityEndpoint out and set the variables OS_* in the server's environment",
);

/**
 * Machines of OpenStack.
 *
 * The password and the application credential's secret are left out: Prometheus 3.14 takes them as literals only. Without
 * `identityEndpoint` it reads the variables `OS_*` of its environment.
 */
export interface OpenstackSpec {
  /** The URL of the identity API. */
  readonly identityEndpoint?: string;
  readonly username?: string;
  readonly userId?: string;
  readonly projectName?: string;
  readonly projectId?: string;
  readonly domainName?: string;
  readonly domainId?: string;
  readonly applicationCredentialName?: string;
  readonly applicationCredentialId?: string;
  readonly role: "hypervisor" | "instance" | "loadbalancer";
  readonly region: string;
  /** How often it is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
  /** The port of the targets. Default: 80. */
  readonly port?: number;
  /** Whether to list the machines of all projects; needs an administrator. Default: `false`. */
  readonly allTenants?: boolean;
  readonly tls?: TlsSpec;
  /** Which endpoint to use. Default: `"public"`. */
  readonly availability?: "public" | "admin" | "internal";
}

export const openstackSchema = objectOf<OpenstackSpec>(
  {
    identityEndpoint: text.optional(),
    username: text.optional(),
    userId: text.optional(),
    projectName: text.optional(),
    projectId: text.optional(),
    domainName: text.optional(),
    domainId: text.optional(),
    applicationCredentialName: text.optional(),
    applicationCredentialId: text.optional(),
    role: oneOf("hypervisor", "instance", "loadbalancer"),
    region: text,
    refreshInterval: duration.optional(),
    port: port.optional(),
    allTenants: flag.optional(),
    tls: tlsSchema.optional(),
    availability: oneOf("public", "admin", "internal").optional(),
  },
  {
    instead: {
      password: NO_PASSWORD,
      applicationCredentialSecret: NO_PASSWORD,
      tlsConfig: "tls_config is written tls here",
    },
  },
);
