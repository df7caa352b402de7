/** What the build wrote for an environment: the files that the servers get, and what they promise. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { LabelSet } from "../../src/label/label-set.ts";

export interface Output {
  readonly prometheusFile: string;
  readonly alertmanagerFile: string;
  /** How often groups are evaluated that do not say. */
  readonly evaluationInterval: string;
  /** What Prometheus adds to the labels of all alerts that it sends. */
  readonly externalLabels: LabelSet;
  readonly scrapeJobs: readonly ScrapeJob[];
  readonly ruleFiles: readonly RuleFile[];
  readonly alertmanager: AlertmanagerConfig;
}

interface PrometheusConfig {
  readonly global: { readonly evaluation_interval: string; readonly external_labels?: LabelSet };
  readonly scrape_configs: readonly ScrapeJob[];
}

export interface ScrapeJob {
  readonly job_name: string;
  readonly static_configs: readonly { readonly targets: readonly string[] }[];
}

export interface RuleFile {
  readonly path: string;
  readonly groups: readonly RuleGroup[];
}

export interface RuleGroup {
  readonly name: string;
  readonly interval?: string;
  readonly limit?: number;
  readonly labels?: LabelSet;
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels?: LabelSet;
  readonly annotations?: LabelSet;
}

export interface AlertmanagerConfig {
  readonly receivers: readonly ReceiverConfig[];
}

/** A name, and lists of integrations by kind: `slack_configs`, … */
export interface ReceiverConfig {
  readonly name: string;
  readonly [configs: string]: string | readonly Readonly<Record<string, unknown>>[];
}

/** Reads the build of one environment below `root`. */
export function readOutput(root: string, environment: string): Output {
  const folder = join(root, "out", environment);
  if (!existsSync(folder)) throw new Error(`There is no out/${environment}. Run \`npm run build\` first.`);
  const prometheusFile = join(folder, "prometheus", "prometheus.yml");
  const alertmanagerFile = join(folder, "alertmanager", "alertmanager.yml");
  const prometheus = read<PrometheusConfig>(prometheusFile);
  const rules = join(folder, "prometheus", "rules");
  return {
    prometheusFile,
    alertmanagerFile,
    evaluationInterval: prometheus.global.evaluation_interval,
    externalLabels: prometheus.global.external_labels ?? {},
    scrapeJobs: prometheus.scrape_configs,
    ruleFiles: readdirSync(rules).map((name) => ({
      path: join(rules, name),
      ...read<Omit<RuleFile, "path">>(join(rules, name)),
    })),
    alertmanager: read(alertmanagerFile),
  };
}

function read<T>(file: string): T {
  return parse(readFileSync(file, "utf8"));
}
