/** What Prometheus calls the things that have another name here. */

type Names = Readonly<Record<string, string>>;

/** The scrape settings that Prometheus names otherwise. */
export const SCRAPE_NAMES: Names = {
  interval: "scrape_interval",
  timeout: "scrape_timeout",
  path: "metrics_path",
  relabel: "relabel_configs",
  metricRelabel: "metric_relabel_configs",
  targets: "static_configs",
};

/** The limits, all of which Prometheus names otherwise, and among the settings. */
export const LIMIT_NAMES: Names = {
  bodySize: "body_size_limit",
  samples: "sample_limit",
  targets: "target_limit",
  labels: "label_limit",
  labelNameLength: "label_name_length_limit",
  labelValueLength: "label_value_length_limit",
  nativeHistogramBuckets: "native_histogram_bucket_limit",
  nativeHistogramMinBucketFactor: "native_histogram_min_bucket_factor",
  keepDroppedTargets: "keep_dropped_targets",
};

const OTHER_NAMES: Names = { tls: "tls_config", headers: "http_headers", userId: "userid" };

/** The name of a property of an HTTP client, a discovery or a rule: snake case, save a few. */
export function prometheusName(property: string): string {
  return OTHER_NAMES[property] ?? property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `scrapeInterval` → what to write for it here: Prometheus's own names in camel case. */
export const scrapeNamesHere: Names = Object.fromEntries(
  [
    ...Object.entries(SCRAPE_NAMES),
    ...Object.entries(LIMIT_NAMES).map(([here, there]) => [`limits.${here}`, there]),
  ].map(([here = "", there = ""]) => [
    there.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    `${there} is written ${here} here`,
  ]),
);
