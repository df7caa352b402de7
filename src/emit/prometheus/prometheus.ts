/** prometheus.yml and the rule files beside it. https://prometheus.io/docs/prometheus/latest/configuration/configuration/ */
import type { Plan, PrometheusPlan, RuleFile, ScrapeJob } from "../../plan/plan.ts";
import { memoized } from "../../util/memo.ts";
import { printYaml, type YamlValue } from "../../yaml/print.ts";
import type { OutputFile } from "../output-file.ts";
import { ruleFile } from "./rule-file.ts";
import { scrapeConfig } from "./scrape-config.ts";
import { alertingYaml, runtimeYaml, serverYaml } from "./server.ts";

/** All files that Prometheus reads. */
export function emitPrometheus({ prometheus }: Plan): readonly OutputFile[] {
  return [
    { path: "prometheus/prometheus.yml", text: printYaml(prometheusYaml(prometheus)) },
    ...prometheus.ruleFiles.map((file) => ({ path: `prometheus/rules/${file.path}`, text: ruleText(file) })),
  ];
}

const scrapeYaml = memoized(({ job, spec, declared }: ScrapeJob) => scrapeConfig(job, spec, declared) as YamlValue);

const ruleText = memoized((file: RuleFile) => printYaml(ruleFile(file)));

function prometheusYaml({ global, scrapeJobs, ruleFiles }: PrometheusPlan): YamlValue {
  return {
    global: {
      scrape_interval: global.scrapeInterval,
      scrape_timeout: global.scrapeTimeout,
      evaluation_interval: global.evaluationInterval,
      external_labels: externalLabels(global.externalLabels),
      query_log_file: global.queryLogFile,
      scrape_failure_log_file: global.scrapeFailureLogFile,
      scrape_native_histograms: global.scrapeNativeHistograms,
    },
    runtime: runtimeYaml(global),
    rule_files: someOf([...(ruleFiles.length === 0 ? [] : ["rules/*.yml"]), ...(global.ruleFiles ?? [])]),
    alerting: alertingYaml(global),
    scrape_config_files: someOf(global.scrapeConfigFiles ?? []),
    scrape_configs: scrapeJobs.map(scrapeYaml),
    ...serverYaml(global),
  };
}

/** Prometheus fills in the server's environment variables: `${NAME}` asks for that, any other dollar is itself. */
function externalLabels(labels: Readonly<Record<string, string>>): Record<string, string> | undefined {
  const entries = Object.entries(labels);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([name, value]) => [name, value.replace(/\$(?!\{[A-Za-z_]\w*\})/g, "$$$$")]));
}

function someOf(list: readonly string[]): readonly string[] | undefined {
  return list.length === 0 ? undefined : list;
}
