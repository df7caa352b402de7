/**
 * One entry of `scrape_configs`.
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
 */
import type { LabelSet } from "../../label/label-set.ts";
import { quoteRegex } from "../../label/regex.ts";
import { DISCOVERY_SCHEMAS, type Discovery } from "../../model/scrape/discovery/discovery.ts";
import { bytesOf, limitsSchema, type ScrapeLimits } from "../../model/scrape/limits.ts";
import { LIMIT_NAMES, SCRAPE_NAMES } from "../../model/scrape/prometheus-name.ts";
import { defaultLabels, keepMetrics } from "../../model/scrape/relabel.ts";
import { fullRelabeling, type Relabeling, relabelRules } from "../../model/scrape/relabeling.ts";
import { discoveries, type ScrapeSpec, scrapeSchema } from "../../model/scrape/scrape.ts";
import { bySchema } from "../by-schema.ts";

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
  return prune({
    job_name: job,
    ...settingsOf(settings, limits),
    ...discoveryConfigs(written ? found.map((one) => withLabels(one, labels)) : found),
    relabel_configs: relabelConfigs([...(written ? [] : defaultLabels(labels)), ...relabelRules(relabel ?? [])]),
    metric_relabel_configs: relabelConfigs([
      ...relabelRules(metricRelabel ?? []),
      ...(keepOnlyDeclared === true ? [keepMetrics([...new Set(declared)].sort().map(quoteRegex).join("|"))] : []),
    ]),
  });
}

/** The settings with the limits, which Prometheus has no object for, in their place. */
function settingsOf(settings: object, { bodySize, ...counts }: ScrapeLimits): object {
  const named = bySchema(scrapeSchema, { ...settings, limits: {} }, SCRAPE_NAMES) as Record<string, object>;
  const limits = bySchema(limitsSchema, { ...counts, ...sizeOf(bodySize) }, LIMIT_NAMES) as object;
  return Object.fromEntries(
    Object.entries(named).flatMap(([key, value]) => (key === "limits" ? Object.entries(limits) : [[key, value]])),
  );
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

/** Rules of relabelling, or nothing where there are none. */
export function relabelConfigs(rules: readonly Relabeling[]): readonly object[] | undefined {
  return rules.length === 0 ? undefined : rules.map(relabelConfig);
}

/** `{ consul_sd_configs: […], static_configs: […] }`, by name. */
export function discoveryConfigs(found: readonly Discovery[]): object {
  const lists: Record<string, object[]> = {};
  for (const { kind, ...spec } of found) {
    const key = kind === "static" ? "static_configs" : `${kind}_sd_configs`;
    lists[key] = [...(lists[key] ?? []), bySchema(DISCOVERY_SCHEMAS[kind], spec) as object];
  }
  return Object.fromEntries(Object.entries(lists).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withLabels(found: Discovery, labels: LabelSet): Discovery {
  if (found.kind !== "static" || Object.keys(labels).length === 0) return found;
  return { ...found, labels: { ...labels, ...found.labels } };
}

function sizeOf(size: ScrapeLimits["bodySize"]): object {
  return size === undefined ? {} : { bodySize: sizeText(size) };
}

/** Prometheus counts in powers of two whatever the unit says: the largest unit that divides evenly. */
export function sizeText(size: NonNullable<ScrapeLimits["bodySize"]>): string {
  const bytes = bytesOf(size) ?? 0;
  const power = [4, 3, 2, 1].find((power) => bytes > 0 && bytes % 1024 ** power === 0) ?? 0;
  return `${bytes / 1024 ** power}${["B", "KiB", "MiB", "GiB", "TiB"][power]}`;
}

function prune(object: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
