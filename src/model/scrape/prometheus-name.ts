/** What Prometheus calls the things that have another name here. */

/** The scrape settings that Prometheus names otherwise; a dot leads into `limits`. */
export const SCRAPE_NAMES: Readonly<Record<string, string>> = {
  interval: "scrape_interval",
  timeout: "scrape_timeout",
  path: "metrics_path",
  relabel: "relabel_configs",
  metricRelabel: "metric_relabel_configs",
  targets: "static_configs",
  "limits.bodySize": "body_size_limit",
  "limits.samples": "sample_limit",
  "limits.targets": "target_limit",
  "limits.labels": "label_limit",
  "limits.labelNameLength": "label_name_length_limit",
  "limits.labelValueLength": "label_value_length_limit",
  "limits.nativeHistogramBuckets": "native_histogram_bucket_limit",
  "limits.nativeHistogramMinBucketFactor": "native_histogram_min_bucket_factor",
  "limits.keepDroppedTargets": "keep_dropped_targets",
};

const OTHER_NAMES: Readonly<Record<string, string>> = { tls: "tls_config", headers: "http_headers", userId: "userid" };

/** The name of a property of an HTTP client, a discovery or a rule: snake case, save a few. */
export function prometheusName(property: string): string {
  return OTHER_NAMES[property] ?? property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `scrapeInterval` → `interval`: what to write for Prometheus's own names in camel case. */
export const scrapeNamesHere: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(SCRAPE_NAMES).map(([here, there]) => [
    there.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    `${there} is written ${here} here`,
  ]),
);
