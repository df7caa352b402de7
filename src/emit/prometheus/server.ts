/** What prometheus.yml holds besides jobs and rules: Alertmanagers, other storage, and what the server does itself. */
import { type AlertmanagersSpec, alertmanagersSchema } from "../../model/prometheus/alertmanagers.ts";
import type { PrometheusSpec } from "../../model/prometheus/prometheus.ts";
import { remoteReadSchema } from "../../model/prometheus/remote-read.ts";
import { type RemoteWriteSpec, remoteWriteSchema } from "../../model/prometheus/remote-write.ts";
import {
  otlpSchema,
  prometheusTracingSchema,
  runtimeSchema,
  type StorageSpec,
  storageSchema,
} from "../../model/prometheus/server.ts";
import { relabelRules } from "../../model/scrape/relabeling.ts";
import { discoveries } from "../../model/scrape/scrape.ts";
import type { YamlValue } from "../../yaml/print.ts";
import { bySchema } from "../by-schema.ts";
import { httpConfig } from "../http-config.ts";
import { discoveryConfigs, relabelConfigs, sizeText } from "./scrape-config.ts";

type Fields = { readonly [key: string]: YamlValue };

/** `alerting`, or nothing where there is no Alertmanager. */
export function alertingYaml(spec: PrometheusSpec): YamlValue {
  const { alertmanagers = [], alertmanagerScheme, alertmanagerHttp, alertmanagerTls } = spec;
  const addresses = alertmanagers.filter((one) => typeof one === "string");
  const found = alertmanagers.filter((one) => typeof one !== "string");
  if (alertmanagers.length === 0) return undefined;
  const given: Fields = {
    scheme: alertmanagerScheme,
    ...httpConfig({ ...alertmanagerHttp, ...(alertmanagerTls && { tls: alertmanagerTls }) }),
    static_configs: [{ targets: addresses }],
  };
  return { alertmanagers: [...(addresses.length > 0 ? [given] : []), ...found.map(foundAlertmanagers)] };
}

/** The parts of prometheus.yml that follow the jobs, in Prometheus's order. */
export function serverYaml({ storage, tracing, remoteWrite, remoteRead, otlp }: PrometheusSpec): Fields {
  return {
    storage: storage && (bySchema(storageSchema, sized(storage)) as Fields),
    tracing: tracing && (bySchema(prometheusTracingSchema, tracing, { headers: "headers" }) as Fields),
    remote_write: someOf(remoteWrite?.map(remoteWriteConfig)),
    remote_read: someOf(
      remoteRead?.map((spec) => bySchema(remoteReadSchema, spec, { timeout: "remote_timeout" }) as Fields),
    ),
    otlp: otlp && (bySchema(otlpSchema, otlp) as Fields),
  };
}

/** `runtime`, or nothing. */
export function runtimeYaml({ runtime }: PrometheusSpec): YamlValue {
  return runtime && (bySchema(runtimeSchema, runtime) as Fields);
}

function foundAlertmanagers({ discovery, relabel = [], alertRelabel = [], ...spec }: AlertmanagersSpec): Fields {
  return {
    ...(bySchema(alertmanagersSchema, spec) as Fields),
    ...(discoveryConfigs(discoveries({ discovery })) as Fields),
    relabel_configs: relabelConfigs(relabelRules(relabel)) as YamlValue,
    alert_relabel_configs: relabelConfigs(relabelRules(alertRelabel)) as YamlValue,
  };
}

const REMOTE_WRITE_NAMES = {
  timeout: "remote_timeout",
  queue: "queue_config",
  "queue.retryOnHttp429": "retry_on_http_429",
  metadata: "metadata_config",
};

function remoteWriteConfig({ relabel = [], ...spec }: RemoteWriteSpec): Fields {
  return {
    ...(bySchema(remoteWriteSchema, spec, REMOTE_WRITE_NAMES) as Fields),
    write_relabel_configs: relabelConfigs(relabelRules(relabel)) as YamlValue,
  };
}

function sized({ tsdb, ...rest }: StorageSpec): object {
  const size = tsdb?.retention?.size;
  if (size === undefined) return { tsdb, ...rest };
  return { tsdb: { ...tsdb, retention: { ...tsdb?.retention, size: sizeText(size) } }, ...rest };
}

function someOf(list: readonly Fields[] | undefined): YamlValue {
  return list === undefined || list.length === 0 ? undefined : list;
}
