/**
 * One entry of `scrape_configs`.
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
 */
import { z } from "zod";
import type { LabelSet } from "../../label/label-set.ts";
import { quoteRegex } from "../../label/regex.ts";
import { DISCOVERY_SCHEMAS, type Discovery } from "../../model/scrape/discovery/discovery.ts";
import { bytesOf } from "../../model/scrape/limits.ts";
import { prometheusName, SCRAPE_NAMES } from "../../model/scrape/prometheus-name.ts";
import { defaultLabels, keepMetrics } from "../../model/scrape/relabel.ts";
import { fullRelabeling, type Relabeling, relabelRules } from "../../model/scrape/relabeling.ts";
import { discoveries, type ScrapeSpec, scrapeSchema } from "../../model/scrape/scrape.ts";

/**
 * The plain object of one scrape job in Prometheus's order, with its names, holding only what was set.
 *
 * `declared` are the names of the series that the service exposes, with all suffixes, for `keepOnlyDeclared`.
 * The specification must have passed its schema.
 */
export function scrapeConfig(job: string, spec: ScrapeSpec, declared: readonly string[] = []): object {
  const {
    targets: _,
    discovery: __,
    labels = {},
    relabel,
    metricRelabel,
    limits = {},
    keepOnlyDeclared,
    ...settings
  } = spec;
  const found = discoveries(spec);
  const written = found.every(({ kind }) => kind === "static");
  const { bodySize, ...counts } = limits;
  return prune({
    job_name: job,
    ...(inPrometheusOrder(
      scrapeSchema,
      { ...settings, limits: { ...counts, ...sizeOf(bodySize) } },
      SCRAPE_NAMES,
    ) as object),
    ...byKind(written ? found.map((one) => withLabels(one, labels)) : found),
    relabel_configs: rulesOf([...(written ? [] : defaultLabels(labels)), ...relabelRules(relabel ?? [])]),
    metric_relabel_configs: rulesOf([
      ...relabelRules(metricRelabel ?? []),
      ...(keepOnlyDeclared === true ? [keepMetrics([...new Set(declared)].sort().map(quoteRegex).join("|"))] : []),
    ]),
  });
}

/** The plain object of one rule of relabelling. */
export function relabelConfig(rule: Relabeling): object {
  const { regex, separator } = fullRelabeling(rule);
  return prune({
    source_labels: rule.sourceLabels?.length === 0 ? undefined : rule.sourceLabels,
    separator: separator === ";" ? rule.separator : separator,
    regex: rule.regex === undefined ? undefined : regex,
    modulus: rule.modulus,
    target_label: rule.targetLabel,
    replacement: rule.replacement,
    action: rule.action,
  });
}

function rulesOf(rules: readonly Relabeling[]): readonly object[] | undefined {
  return rules.length === 0 ? undefined : rules.map(relabelConfig);
}

/** `{ consul_sd_configs: […], static_configs: […] }`, by name. */
function byKind(found: readonly Discovery[]): object {
  const lists: Record<string, object[]> = {};
  for (const { kind, ...spec } of found) {
    const key = kind === "static" ? "static_configs" : `${kind}_sd_configs`;
    lists[key] = [...(lists[key] ?? []), inPrometheusOrder(DISCOVERY_SCHEMAS[kind], spec) as object];
  }
  return Object.fromEntries(Object.entries(lists).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withLabels(found: Discovery, labels: LabelSet): Discovery {
  if (found.kind !== "static" || Object.keys(labels).length === 0) return found;
  return { ...found, labels: { ...labels, ...found.labels } };
}

/** Prometheus counts in powers of two whatever the unit says: the largest unit that divides evenly. */
function sizeOf(size: NonNullable<ScrapeSpec["limits"]>["bodySize"]): object {
  if (size === undefined) return {};
  const bytes = bytesOf(size) ?? 0;
  const power = [4, 3, 2, 1].find((power) => bytes > 0 && bytes % 1024 ** power === 0) ?? 0;
  return { bodySize: `${bytes / 1024 ** power}${["B", "KiB", "MiB", "GiB", "TiB"][power]}` };
}

/**
 * A value by its schema: properties in the order of the shape and by Prometheus's names, maps by name. What `names`
 * knows by a dotted path leaves its object, as the limits do.
 */
function inPrometheusOrder(schema: z.ZodType, value: unknown, names: Readonly<Record<string, string>> = {}): unknown {
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  if (inner instanceof z.ZodArray)
    return (value as unknown[]).map((item) => inPrometheusOrder(inner.element as z.ZodType, item));
  if (inner instanceof z.ZodRecord) {
    const map = value as Readonly<Record<string, unknown>>;
    const ordered = Object.keys(map).sort();
    return Object.fromEntries(ordered.map((key) => [key, inPrometheusOrder(inner.valueType as z.ZodType, map[key])]));
  }
  if (!(inner instanceof z.ZodObject)) return value;
  const given = value as Readonly<Record<string, unknown>>;
  const entries = Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(
    ([key, field]): [string, unknown][] => {
      if (given[key] === undefined) return [];
      const below = namesBelow(key, names);
      const converted = inPrometheusOrder(field, given[key], below);
      return below === undefined
        ? [[names[key] ?? prometheusName(key), converted]]
        : Object.entries(converted as object);
    },
  );
  return Object.fromEntries(entries);
}

/** The names of what stands below `key`, where there are such. */
function namesBelow(
  key: string,
  names: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | undefined {
  const below = Object.entries(names).filter(([path]) => path.startsWith(`${key}.`));
  return below.length === 0
    ? undefined
    : Object.fromEntries(below.map(([path, name]) => [path.slice(key.length + 1), name]));
}

function prune(object: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
