/** Probes from outside, by the blackbox exporter. https://github.com/prometheus/blackbox_exporter */
import { oneOf } from "../labels.ts";
import { gauge } from "../metric/gauge.ts";
import { asIs } from "../metric/metric.ts";
import { copyLabel, setLabel } from "../scrape/relabel.ts";
import type { Relabeling } from "../scrape/relabeling.ts";
import { service } from "../service.ts";
import type { ReadySpec } from "./prometheus.ts";

/** What probes through a blackbox exporter are made of. */
export interface BlackboxSpec<S extends string> extends Omit<ReadySpec<S>, "scrape"> {
  /** The addresses to probe: URLs for HTTP modules, `host:port` for others. */
  readonly targets: readonly string[];
  /** The exporter's module, as its own configuration names it: `http_2xx`. */
  readonly module: string;
  /** Where the exporter listens, `host:port`. */
  readonly exporter: string;
}

/**
 * A service of probes: what people meet at the front door. The label `instance` is the address that is probed.
 *
 * ```ts
 * export const frontDoor = blackboxService("front-door", {
 *   owner: storefront, targets: ["https://shop.example/"], module: "http_2xx", exporter: "blackbox:9115",
 * });
 * ```
 */
export function blackboxService<S extends string>(
  name: string,
  { targets, module, exporter, ...spec }: BlackboxSpec<S>,
) {
  return service(name, {
    ...spec,
    description: `Probes of ${targets.join(", ")}.`,
    scrape: {
      path: "/probe",
      params: { module: [module] },
      targets,
      relabel: probeThrough(exporter),
    },
    metrics: {
      success: gauge(asIs("probe_success"), { help: "Whether the probe succeeded." }),
      duration: gauge("probe_duration_seconds", { help: "How long the probe took." }),
      httpDuration: gauge("probe_http_duration_seconds", {
        help: "How long each phase of an HTTP probe took.",
        labels: { phase: oneOf("connect", "processing", "resolve", "tls", "transfer") },
      }),
      certificateExpiry: gauge("probe_ssl_earliest_cert_expiry", {
        help: "When the first certificate of the chain expires, in seconds since 1970.",
        unit: "seconds",
      }),
    },
  });
}

/**
 * Sends probes through the exporter at this address: what an environment with another exporter overrides `relabel` with.
 *
 * ```ts
 * override(catalog, { scrape: { targets: ["https://shop.example/"], relabel: probeThrough("blackbox.staging:9115") } });
 * ```
 */
export function probeThrough(exporter: string): readonly Relabeling[] {
  return [
    copyLabel("__address__", "__param_target"),
    copyLabel("__param_target", "instance"),
    setLabel("__address__", exporter),
  ];
}
