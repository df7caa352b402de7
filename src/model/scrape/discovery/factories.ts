/** The discoveries that most services use, each by its own name. */
import type { LabelSet } from "../../../label/label-set.ts";
import { type Discovery, discovery } from "./discovery.ts";
import type { DnsSpec } from "./dns.ts";
import type { FileSpec } from "./file.ts";
import type { HttpSpec } from "./http.ts";
import type { KubernetesRole, KubernetesSpec } from "./kubernetes.ts";

/**
 * Targets that are written down, with labels of their own.
 *
 * ```ts
 * staticDiscovery(["catalog-1:8080", "catalog-2:8080"], { warehouse: "fra" });
 * ```
 */
export function staticDiscovery(targets: readonly string[], labels?: LabelSet): Discovery<"static"> {
  return discovery("static", labels === undefined ? { targets } : { targets, labels });
}

/**
 * Targets read from files on the Prometheus server, which watches them.
 *
 * ```ts
 * fileDiscovery("targets/catalog-*.yml");
 * ```
 */
export function fileDiscovery(
  files: string | readonly string[],
  options: Omit<FileSpec, "files"> = {},
): Discovery<"file"> {
  return discovery("file", { ...options, files: asList(files) });
}

/**
 * Targets asked of a web service, which answers in JSON.
 *
 * ```ts
 * httpDiscovery("https://inventory.shop.example/targets", { authorization: { credentialsFile: "secrets/inventory" } });
 * ```
 */
export function httpDiscovery(url: string, options: Omit<HttpSpec, "url"> = {}): Discovery<"http"> {
  return discovery("http", { ...options, url });
}

/**
 * Targets found by asking DNS.
 *
 * ```ts
 * dnsDiscovery("catalog.shop.example", { type: "A", port: 8080 });
 * ```
 */
export function dnsDiscovery(
  names: string | readonly string[],
  options: Omit<DnsSpec, "names"> = {},
): Discovery<"dns"> {
  return discovery("dns", { ...options, names: asList(names) });
}

/**
 * Targets that the API of Kubernetes knows of.
 *
 * ```ts
 * kubernetesDiscovery("pod", { namespaces: { names: ["shop"] }, selectors: [{ role: "pod", label: "app=catalog" }] });
 * ```
 */
export function kubernetesDiscovery(
  role: KubernetesRole,
  options: Omit<KubernetesSpec, "role"> = {},
): Discovery<"kubernetes"> {
  return discovery("kubernetes", { ...options, role });
}

function asList(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
