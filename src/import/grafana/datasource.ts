/** Which data source a query of a dashboard asks: directly, through a variable, or through an input of its export. */
import type { DatasourceRef } from "../../plan/dashboard/planned.ts";
import { at, type Json, object, objects, text } from "./json.ts";

/** The data sources that speak PromQL, by the name of their plugin. */
const PROMETHEUS: ReadonlySet<string> = new Set([
  "prometheus",
  "grafana-amazonprometheus-datasource",
  "grafana-azureprometheus-datasource",
  "grafana-prometheus-datasource",
  "prom",
]);

/** Other kinds of data sources, whose names people also give to a data source of that kind. */
const OTHERS: ReadonlySet<string> = new Set([
  "alertmanager",
  "azuremonitor",
  "cloudwatch",
  "elasticsearch",
  "grafana",
  "graphite",
  "influxdb",
  "jaeger",
  "loki",
  "mssql",
  "mysql",
  "opensearch",
  "opentsdb",
  "parca",
  "postgres",
  "postgresql",
  "pyroscope",
  "stackdriver",
  "tempo",
  "testdata",
  "zipkin",
]);

/** What a dashboard says about data sources, by the name of a variable or an input. */
export type DatasourceNames = ReadonlyMap<string, string>;

/** The types of the data sources that a dashboard's variables and inputs stand for. */
export function datasourceNames(dashboard: Json, wrapper: Json = dashboard): DatasourceNames {
  const names = new Map<string, string>();
  // Grafana's API is told of them without underscores.
  const inputs = [at(wrapper, "inputs"), at(wrapper, "__inputs"), at(dashboard, "__inputs")].flatMap(objects);
  for (const input of inputs) {
    const [name, plugin] = [text(at(input, "name")), text(at(input, "pluginId"))];
    if (name !== undefined && plugin !== undefined) names.set(name, plugin);
  }
  const classic = objects(at(at(dashboard, "templating"), "list"));
  for (const variable of classic) {
    if (at(variable, "type") === "datasource") set(names, at(variable, "name"), at(variable, "query"));
  }
  const elements = objects(at(dashboard, "variables"));
  for (const variable of elements) {
    const spec = object(at(variable, "spec"));
    if (at(variable, "kind") === "DatasourceVariable") set(names, at(spec, "name"), at(spec, "pluginId"));
  }
  return names;
}

function set(names: Map<string, string>, name: unknown, type: unknown): void {
  if (text(name) !== undefined && text(type) !== undefined) names.set(name as string, type as string);
}

/** The reference that stands in JSON: nothing, a name, or an object with a type and an id. */
export function datasourceRef(value: unknown, names: DatasourceNames): DatasourceRef {
  const ref = text(value) ?? text(at(value, "uid")) ?? text(at(value, "name"));
  const type = text(at(value, "type"));
  const meant = ref === undefined ? undefined : meaning(ref, names);
  // What a variable stands for is known better by its definition than by the place that uses it.
  return { type: meant ?? (type === undefined ? undefined : (meaning(type, names) ?? type)), ref };
}

const LONE = /^(?:\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)\]\])$/;

function meaning(ref: string, names: DatasourceNames): string | undefined {
  const [, plain, braced, bracketed] = LONE.exec(ref) ?? [];
  const variable = plain ?? braced ?? bracketed;
  if (variable !== undefined) return names.get(variable);
  if (/^-- .* --$/.test(ref)) return ref;
  const name = ref.toLowerCase();
  return OTHERS.has(name) || PROMETHEUS.has(name) ? name : undefined;
}

/** Why a data source is none of Prometheus, or `undefined` where it is one or may be one. */
export function notPrometheus({ type, ref }: DatasourceRef): string | undefined {
  if (type === undefined || PROMETHEUS.has(type.toLowerCase())) return undefined;
  if (type === "-- Mixed --" || type === "mixed") return "it says no data source of its own among several";
  if (type === "datasource" || /^-- .* --$/.test(type)) return `it asks Grafana itself (${ref ?? type})`;
  return `its data source is ${type}, not Prometheus`;
}

/** The data source of a query: its own, or its panel's where it has none. */
export function datasourceOf(own: unknown, panel: DatasourceRef, names: DatasourceNames): DatasourceRef {
  const ref = datasourceRef(own, names);
  const inherits = ref.ref === undefined && ref.type === undefined;
  if (inherits) return isMixed(panel) ? { type: undefined, ref: undefined } : panel;
  // A reference by type alone is the panel's, where that is of this type.
  return ref.ref === undefined && panel.type === ref.type ? panel : ref;
}

function isMixed({ type }: DatasourceRef): boolean {
  return type === "-- Mixed --" || type === "mixed" || type === "datasource";
}
