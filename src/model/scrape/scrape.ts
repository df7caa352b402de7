/**
 * How Prometheus finds and scrapes the targets of a service.
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
 */
import type { z } from "zod";
import type { LabelSet } from "../../label/label-set.ts";
import { type DurationText, parseDuration } from "../../quantity/duration.ts";
import { applyRelabeling } from "./apply-relabel.ts";
import { type Discovery, discoverySchema } from "./discovery/discovery.ts";
import { addressProblem } from "./discovery/static.ts";
import { anyText, duration, filePath, flag, labels, list, mapOf, oneOf, text } from "./field.ts";
import { type HttpClientSpec, httpObjectOf } from "./http-client.ts";
import { limitsSchema, type ScrapeLimits } from "./limits.ts";
import { looksSecret, type Rule, secretWithoutFile } from "./object-schema.ts";
import { scrapeNamesHere } from "./prometheus-name.ts";
import {
  type NameValidationScheme,
  type RelabelStep,
  relabelRules,
  relabelSchema,
  reportRelabeling,
} from "./relabeling.ts";

/** A format of metrics. https://prometheus.io/docs/instrumenting/content_negotiation/ */
export type ScrapeProtocol =
  | "PrometheusProto"
  | "OpenMetricsText1.0.0"
  | "OpenMetricsText0.0.1"
  | "PrometheusText1.0.0"
  | "PrometheusText0.0.4";

/** How Prometheus finds and scrapes the targets of a service. */
export interface ScrapeSpec extends HttpClientSpec {
  /** Addresses, `host:port`: short for one static discovery. */
  readonly targets?: readonly string[];
  /** How targets are found. */
  readonly discovery?: Discovery | readonly Discovery[];
  /** Labels of all targets; a label that a static discovery gives itself goes before. */
  readonly labels?: LabelSet;
  /** Whether labels of the target go before those of the server, as for a Pushgateway. Default: `false`, which renames them `exported_…`. */
  readonly honorLabels?: boolean;
  /** Whether timestamps of the target are taken. Default: `true`. */
  readonly honorTimestamps?: boolean;
  /** Whether a series with timestamps of its own ends when it is gone, and not five minutes later. Default: `false`. */
  readonly trackTimestampsStaleness?: boolean;
  /** Parameters of the URL: each name with its values. */
  readonly params?: Readonly<Record<string, readonly string[]>>;
  /** How often targets are scraped. Default: the server's. */
  readonly interval?: DurationText;
  /** How long a scrape may take, at most the interval. Default: the server's. */
  readonly timeout?: DurationText;
  /** The formats to ask for, the best first. Default: the text formats, OpenMetrics first; with native histograms, protobuf before them. */
  readonly scrapeProtocols?: readonly ScrapeProtocol[];
  /** The format of answers that do not say theirs. Default: none, and the scrape fails. */
  readonly fallbackScrapeProtocol?: ScrapeProtocol;
  /** Whether native histograms are taken. Default: the server's. */
  readonly scrapeNativeHistograms?: boolean;
  /** Whether a classic histogram is taken although it is exposed as a native one too. Default: the server's. */
  readonly alwaysScrapeClassicHistograms?: boolean;
  /** Whether classic histograms become native ones with custom buckets. Default: the server's. */
  readonly convertClassicHistogramsToNhcb?: boolean;
  /** The file on the server that failed scrapes are written to. Default: the server's. */
  readonly scrapeFailureLogFile?: string;
  /** Where the metrics are. Default: `"/metrics"`. */
  readonly path?: string;
  /** Default: `"http"`. */
  readonly scheme?: "http" | "https";
  /** Whether to ask for compressed answers. Default: `true`. */
  readonly enableCompression?: boolean;
  /** How much a scrape may bring. */
  readonly limits?: ScrapeLimits;
  /** Which names of metrics and labels are taken. Default: the server's, `"utf8"`. */
  readonly metricNameValidationScheme?: NameValidationScheme;
  /** How targets are asked to write names beyond the legacy ones. Default: `"allow-utf-8"`, or `"underscores"` under the legacy scheme. */
  readonly metricNameEscapingScheme?: "allow-utf-8" | "underscores" | "dots" | "values";
  /** Whether to store each scrape's timeout, limit and size too. Default: the server's. */
  readonly extraScrapeMetrics?: boolean;
  /** What is done with targets before they are scraped, in order. */
  readonly relabel?: readonly RelabelStep[];
  /** What is done with series before they are stored, in order. */
  readonly metricRelabel?: readonly RelabelStep[];
  /** Whether only metrics that the service declares are stored, by the names they have after `metricRelabel`. Default: `false`. */
  readonly keepOnlyDeclared?: boolean;
}

const protocol = oneOf(
  "PrometheusProto",
  "OpenMetricsText1.0.0",
  "OpenMetricsText0.0.1",
  "PrometheusText1.0.0",
  "PrometheusText0.0.4",
);

const path = text
  .refine((value) => value.startsWith("/"), {
    error: ({ input }) => `the path ${JSON.stringify(input)} must begin with "/"`,
  })
  .refine((value) => !/[?#]/.test(value), { error: "a path holds no ? or #: parameters belong to params" });

const paramName = anyText.refine((name) => !looksSecret(name), {
  error: secretWithoutFile("authenticate by authorization, or by headers with files"),
});

const commonLabels = labels.refine(
  (given) => !Object.keys(given).some((name) => name === "job" || name.startsWith("__")),
  {
    error: ({ input }) => {
      const name = Object.keys(input as LabelSet).find((name) => name === "job" || name.startsWith("__"));
      return `the label ${name} is Prometheus's own: set it in a staticDiscovery, or by setLabel in relabel`;
    },
  },
);

const rules: readonly Rule<ScrapeSpec>[] = [
  {
    fields: [],
    check({ targets, discovery }, report) {
      if (targets === undefined && discovery === undefined) report("nothing to scrape: give targets or discovery");
      if (targets !== undefined && discovery !== undefined) {
        report(
          "give targets or discovery, not both: a staticDiscovery can stand in the list of discoveries",
          "targets",
        );
      }
    },
  },
  {
    fields: ["targets", "discovery", "labels", "relabel", "metricNameValidationScheme", "params"],
    check(spec, report) {
      const { targets = [], discovery, labels } = spec;
      const check = (addresses: readonly string[], own: LabelSet | undefined, ...path: (string | number)[]) => {
        for (const [i, address] of addresses.entries()) {
          const problem = targetProblem(address, { ...labels, ...own }, spec);
          if (problem !== undefined) report(problem, ...path, i);
        }
      };
      check(targets, {}, "targets");
      for (const [i, found] of discoveries({ discovery: discovery ?? [] }).entries()) {
        const path = Array.isArray(discovery) ? ["discovery", i] : ["discovery"];
        if (found.kind === "static") check(found.targets, found.labels, ...path, "targets");
      }
    },
  },
  {
    fields: ["interval", "timeout"],
    check({ interval, timeout }, report) {
      if (interval === undefined || timeout === undefined) return;
      if ((parseDuration(timeout) ?? 0) <= (parseDuration(interval) ?? 0)) return;
      report(`the timeout ${timeout} is longer than the interval ${interval}`, "timeout");
    },
  },
  {
    fields: ["scrapeProtocols"],
    check({ scrapeProtocols = [] }, report) {
      scrapeProtocols.forEach((name, i) => {
        if (scrapeProtocols.indexOf(name) < i) report(`${name} stands twice`, "scrapeProtocols", i);
      });
    },
  },
  {
    fields: ["metricNameValidationScheme", "metricNameEscapingScheme"],
    check({ metricNameValidationScheme, metricNameEscapingScheme }, report) {
      if (metricNameValidationScheme !== "legacy" || metricNameEscapingScheme !== "allow-utf-8") return;
      report("allow-utf-8 brings names that the legacy scheme refuses", "metricNameEscapingScheme");
    },
  },
  ...(["relabel", "metricRelabel"] as const).map(
    (field): Rule<ScrapeSpec> => ({
      fields: [field, "metricNameValidationScheme"],
      check: (spec, report) =>
        reportRelabeling(spec[field] ?? [], spec.metricNameValidationScheme ?? "utf8", (message, ...path) =>
          report(message, field, ...path),
        ),
    }),
  ),
];

/** The discoveries of a specification, with `targets` as the static discovery that it stands for. */
export function discoveries({
  targets,
  discovery = [],
}: Pick<ScrapeSpec, "targets" | "discovery">): readonly Discovery[] {
  const found = (Array.isArray(discovery) ? discovery : [discovery]) as readonly Discovery[];
  return targets === undefined ? found : [{ kind: "static", targets }, ...found];
}

/** What is wrong with the address that is scraped, which relabelling can make of anything, as it does for probes. */
function targetProblem(target: string, labels: LabelSet, spec: ScrapeSpec): string | undefined {
  const { relabel = [], metricNameValidationScheme: scheme = "utf8" } = spec;
  const rules = relabelRules(relabel);
  if (rules.length === 0) return addressProblem(target);
  let sound = true;
  reportRelabeling(relabel, scheme, () => {
    sound = false;
  });
  // What the rules make of the job's name cannot be known here.
  if (!sound || rules.some(({ sourceLabels }) => sourceLabels?.includes("job"))) return undefined;
  const found = applyRelabeling(rules, { ...presetLabels(target, spec), ...labels }, scheme);
  if (found === undefined) return undefined;
  const address = found.__address__;
  if (address === undefined) return `relabelling leaves the target ${JSON.stringify(target)} without an __address__`;
  const problem = addressProblem(address);
  return problem === undefined || address === target ? problem : `after relabelling, ${problem}`;
}

/** The labels that a target has before it is relabelled. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config */
function presetLabels(
  target: string,
  { path = "/metrics", scheme = "http", params = {}, interval, timeout }: ScrapeSpec,
): LabelSet {
  return {
    job: "job",
    __address__: target,
    __metrics_path__: path,
    __scheme__: scheme,
    __scrape_interval__: interval ?? "1m",
    __scrape_timeout__: timeout ?? "10s",
    ...Object.fromEntries(Object.entries(params).map(([name, [first = ""]]) => [`__param_${name}`, first])),
  };
}

/** The schema of {@link ScrapeSpec}, in Prometheus's order: it finds all that Prometheus would refuse, at once. */
export const scrapeSchema = httpObjectOf<ScrapeSpec>(
  {
    targets: list(anyText).optional(),
    discovery: discoverySchema.optional(),
    labels: commonLabels.optional(),
    honorLabels: flag.optional(),
    honorTimestamps: flag.optional(),
    trackTimestampsStaleness: flag.optional(),
    params: mapOf(paramName, list(anyText)).optional(),
    interval: duration.optional(),
    timeout: duration.optional(),
    scrapeProtocols: list(protocol).optional(),
    fallbackScrapeProtocol: protocol.optional(),
    scrapeNativeHistograms: flag.optional(),
    alwaysScrapeClassicHistograms: flag.optional(),
    convertClassicHistogramsToNhcb: flag.optional(),
    scrapeFailureLogFile: filePath.optional(),
    path: path.optional(),
    scheme: oneOf("http", "https").optional(),
    enableCompression: flag.optional(),
    limits: limitsSchema.optional(),
    metricNameValidationScheme: oneOf("utf8", "legacy").optional(),
    metricNameEscapingScheme: oneOf("allow-utf-8", "underscores", "dots", "values").optional(),
    extraScrapeMetrics: flag.optional(),
    relabel: relabelSchema.optional(),
    metricRelabel: relabelSchema.optional(),
    keepOnlyDeclared: flag.optional(),
  },
  { instead: scrapeNamesHere, rules },
) satisfies z.ZodType<ScrapeSpec>;
