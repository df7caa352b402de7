/** Targets in Kubernetes. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#kubernetes_sd_config */
import { filePath, flag, list, oneOf, text, url } from "../field.ts";
import { HTTP_CLIENT_FIELDS, type HttpClientSpec, httpObjectOf } from "../http-client.ts";
import { choose, objectOf, type Rule } from "../object-schema.ts";
import { fieldSelectorProblem, labelSelectorProblem } from "./kubernetes-selector.ts";
import { addressProblem } from "./static.ts";

export type KubernetesRole = "pod" | "service" | "endpoints" | "endpointslice" | "ingress" | "node";

/** Which objects of a role are looked at. */
export interface KubernetesSelector {
  readonly role: KubernetesRole;
  /** A label selector of Kubernetes, such as `app=catalog`. */
  readonly label?: string;
  /** A field selector of Kubernetes, such as `status.phase=Running`. */
  readonly field?: string;
}

/** Targets that the API of Kubernetes knows of. */
export interface KubernetesSpec extends HttpClientSpec {
  /** Which objects become targets. */
  readonly role: KubernetesRole;
  /** The URL of the API, or its host. Default: that of the cluster in which Prometheus runs. */
  readonly apiServer?: string;
  /** The file with the client's configuration of Kubernetes. */
  readonly kubeconfigFile?: string;
  /** Default: all namespaces. */
  readonly namespaces?: {
    /** Whether to look at the namespace of Prometheus. Default: `false`. */
    readonly ownNamespace?: boolean;
    readonly names?: readonly string[];
  };
  /** One for each role at most. */
  readonly selectors?: readonly KubernetesSelector[];
  /** What to attach to targets of the roles pod, endpoints and endpointslice. */
  readonly attachMetadata?: {
    /** The labels and annotations of the target's node. Default: `false`. */
    readonly node?: boolean;
    /** The labels and annotations of the target's namespace. Default: `false`. */
    readonly namespace?: boolean;
    /** The name of the deployment that a pod belongs to. Default: `false`. */
    readonly deployment?: boolean;
    /** The name of the job that a pod belongs to. Default: `false`. */
    readonly job?: boolean;
    /** The name of the cron job that a pod belongs to. Default: `false`. */
    readonly cronjob?: boolean;
  };
}

/** The selectors that each role takes. */
const SELECTORS: Readonly<Record<KubernetesRole, readonly KubernetesRole[]>> = {
  pod: ["pod", "node"],
  service: ["service"],
  endpoints: ["pod", "service", "endpoints"],
  endpointslice: ["pod", "service", "endpointslice"],
  ingress: ["ingress"],
  node: ["node"],
};

const role = oneOf("pod", "service", "endpoints", "endpointslice", "ingress", "node");

const host = text.refine((value) => addressProblem(value) === undefined, {
  error: ({ input }) => `${JSON.stringify(input)} is neither a URL nor host:port`,
});
const apiServer = choose<string>((value) => (String(value).includes("://") ? url() : host));

function selector(problem: (text: string) => string | undefined) {
  return text.refine((value) => problem(value) === undefined, { error: ({ input }) => problem(String(input)) });
}

const selectorSchema = objectOf<KubernetesSelector>({
  role,
  label: selector(labelSelectorProblem).optional(),
  field: selector(fieldSelectorProblem).optional(),
});

const rules: readonly Rule<KubernetesSpec>[] = [
  {
    fields: [],
    check({ apiServer, kubeconfigFile, namespaces, ...rest }, report) {
      if (apiServer !== undefined && kubeconfigFile !== undefined) {
        report("give apiServer or kubeconfigFile, not both", "kubeconfigFile");
      }
      if (apiServer !== undefined || kubeconfigFile !== undefined) {
        if (namespaces?.ownNamespace === true) {
          const given = apiServer === undefined ? "kubeconfigFile" : "apiServer";
          report(
            `with ${given}, Prometheus has no namespace of its own: name the namespaces`,
            "namespaces",
            "ownNamespace",
          );
        }
      }
      if (apiServer !== undefined) return;
      for (const field of HTTP_CLIENT_FIELDS) {
        const value = rest[field];
        if (value === undefined || ((field === "followRedirects" || field === "enableHttp2") && value === true))
          continue;
        report(
          kubeconfigFile === undefined
            ? `${field} speaks of an API server: give its URL as apiServer`
            : `with kubeconfigFile, ${field} belongs into that file`,
          field,
        );
      }
    },
  },
  {
    fields: ["role", "selectors"],
    check({ role, selectors = [] }, report) {
      const taken = SELECTORS[role];
      selectors.forEach((selector, i) => {
        if (!taken.includes(selector.role)) {
          report(`the role ${role} takes selectors of ${taken.join(", ")} only`, "selectors", i, "role");
        }
        if (selectors.findIndex((other) => other.role === selector.role) < i) {
          report(`a second selector of the role ${selector.role}: put both into one`, "selectors", i, "role");
        }
      });
    },
  },
];

export const kubernetesSchema = httpObjectOf<KubernetesSpec>(
  {
    apiServer: apiServer.optional(),
    role,
    kubeconfigFile: filePath.optional(),
    namespaces: objectOf<NonNullable<KubernetesSpec["namespaces"]>>({
      ownNamespace: flag.optional(),
      names: list(text).optional(),
    }).optional(),
    selectors: list(selectorSchema).optional(),
    attachMetadata: objectOf<NonNullable<KubernetesSpec["attachMetadata"]>>({
      node: flag.optional(),
      namespace: flag.optional(),
      deployment: flag.optional(),
      job: flag.optional(),
      cronjob: flag.optional(),
    }).optional(),
  },
  { rules },
);
