/** Targets in Azure. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#azure_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, oneOf, port, text } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";
import { choose, secretWithoutFile } from "../object-schema.ts";

const methods = oneOf("ManagedIdentity", "SDK", "WorkloadIdentity");
const method = choose<"ManagedIdentity" | "SDK" | "WorkloadIdentity">((value) =>
  value === "OAuth" || value === undefined
    ? secretWithoutFile(
        "OAuth, the default, needs it. Give ManagedIdentity, SDK or WorkloadIdentity as authenticationMethod",
      )
    : methods,
);

/**
 * Machines of Azure.
 *
 * Prometheus's default way to authenticate, OAuth, is left out: it takes its secret as a literal only.
 */
export interface AzureSpec extends HttpClientSpec {
  /** Default: `"AzurePublicCloud"`. */
  readonly environment?: string;
  /** The port of the targets. Default: 80. */
  readonly port?: number;
  readonly subscriptionId: string;
  readonly tenantId?: string;
  /** The client id of a managed identity. */
  readonly clientId?: string;
  /** How often it is asked. Default: `"5m"`. */
  readonly refreshInterval?: DurationText;
  /** How Prometheus authenticates. */
  readonly authenticationMethod: "ManagedIdentity" | "SDK" | "WorkloadIdentity";
  /** Default: all resource groups. */
  readonly resourceGroup?: string;
}

export const azureSchema = httpObjectOf<AzureSpec>(
  {
    environment: text.optional(),
    port: port.optional(),
    subscriptionId: text,
    tenantId: text.optional(),
    clientId: text.optional(),
    refreshInterval: duration.optional(),
    authenticationMethod: method,
    resourceGroup: text.optional(),
  },
  { instead: { clientSecret: secretWithoutFile("authenticate by ManagedIdentity, SDK or WorkloadIdentity") } },
);
