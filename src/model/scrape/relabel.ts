/**
 * Rules to clean, check and convert what is found and collected, each by a name that says what it does.
 *
 * Patterns are regular expressions of RE2 that match the whole of a text. Names and values are taken literally.
 */
import { type LabelSet, METRIC_NAME } from "../../label/label-set.ts";
import { quoteRegex } from "../../label/regex.ts";
import { freezeDeep } from "./freeze.ts";
import type { Pattern, Relabeling, RelabelSpec } from "./relabeling.ts";

/** A pattern for each of some labels. */
export type LabelPatterns = Readonly<Record<string, Pattern>>;

/**
 * Any rule of relabelling, in Prometheus's own terms.
 *
 * ```ts
 * relabel({ sourceLabels: ["__address__"], regex: "(.+):\\d+", targetLabel: "host", replacement: "$1" });
 * ```
 */
export function relabel(spec: RelabelSpec): Relabeling {
  return freezeDeep({ ...spec, kind: "relabeling" as const });
}

/**
 * Drops the series of metrics whose name matches, in `metricRelabel`.
 *
 * ```ts
 * dropMetrics("go_.*");
 * ```
 */
export function dropMetrics(pattern: Pattern): Relabeling {
  return relabel({ sourceLabels: [METRIC_NAME], regex: pattern, action: "drop" });
}

/**
 * Keeps only the series of metrics whose name matches, in `metricRelabel`.
 *
 * ```ts
 * keepMetrics("catalog_.*");
 * ```
 */
export function keepMetrics(pattern: Pattern): Relabeling {
  return relabel({ sourceLabels: [METRIC_NAME], regex: pattern, action: "keep" });
}

/**
 * Gives a metric another name, in `metricRelabel`.
 *
 * ```ts
 * renameMetric("http_requests", "http_requests_total");
 * ```
 */
export function renameMetric(from: string, to: string): Relabeling {
  return relabel({
    sourceLabels: [METRIC_NAME],
    regex: quoteRegex(from),
    targetLabel: METRIC_NAME,
    replacement: literal(to),
    action: "replace",
  });
}

/**
 * Drops the series whose labels all match, in `metricRelabel`.
 *
 * ```ts
 * dropSeries({ le: /0[.]00.+/ });
 * ```
 */
export function dropSeries(labels: LabelPatterns): Relabeling {
  return byLabels("drop", labels);
}

/**
 * Keeps only the series whose labels all match, in `metricRelabel`.
 *
 * ```ts
 * keepSeries({ region: "eu" });
 * ```
 */
export function keepSeries(labels: LabelPatterns): Relabeling {
  return byLabels("keep", labels);
}

/**
 * Drops the targets whose labels all match, in `relabel`.
 *
 * ```ts
 * dropTargets({ __meta_kubernetes_pod_phase: /Failed|Succeeded/ });
 * ```
 */
export function dropTargets(labels: LabelPatterns): Relabeling {
  return byLabels("drop", labels);
}

/**
 * Keeps only the targets whose labels all match, in `relabel`.
 *
 * ```ts
 * keepTargets({ __meta_kubernetes_pod_label_app: "checkout" });
 * ```
 */
export function keepTargets(labels: LabelPatterns): Relabeling {
  return byLabels("keep", labels);
}

/**
 * Takes away the labels whose name matches.
 *
 * ```ts
 * dropLabels("pod_template_hash");
 * ```
 */
export function dropLabels(pattern: Pattern): Relabeling {
  return relabel({ regex: pattern, action: "labeldrop" });
}

/**
 * Keeps only the labels whose name matches; in `metricRelabel` that must include `__name__`, in `relabel` `__address__`.
 *
 * ```ts
 * keepLabels("job|instance|sku");
 * ```
 */
export function keepLabels(pattern: Pattern): Relabeling {
  return relabel({ regex: pattern, action: "labelkeep" });
}

/**
 * Gives a label another name, where it is present.
 *
 * ```ts
 * renameLabel("handler", "route");
 * ```
 */
export function renameLabel(from: string, to: string): readonly Relabeling[] {
  if (from === to) return [];
  const regex = quoteRegex(from);
  return Object.freeze([
    relabel({ regex, replacement: literal(to), action: "labelmap" }),
    relabel({ regex, action: "labeldrop" }),
  ]);
}

/**
 * Sets a label to a value; an empty value takes it away.
 *
 * ```ts
 * setLabel("region", "eu");
 * ```
 */
export function setLabel(name: string, value: string): Relabeling {
  return relabel({ targetLabel: literal(name), replacement: literal(value), action: "replace" });
}

/**
 * Sets labels where they are absent.
 *
 * ```ts
 * defaultLabels({ region: "eu" });
 * ```
 */
export function defaultLabels(labels: LabelSet): readonly Relabeling[] {
  return Object.freeze(
    Object.keys(labels)
      .sort()
      .map((name) => relabel({ ...setLabel(name, labels[name] ?? ""), sourceLabels: [name], regex: "" })),
  );
}

/** How {@link copyLabel} changes the value on its way. */
export interface CopyOptions {
  /** Which values are copied. Default: all. */
  readonly pattern?: Pattern;
  /** What is written, with `$1` for a group of the pattern. Default: `"$1"`. */
  readonly replacement?: string;
}

/**
 * Copies the value of a label, or of several joined by `;`, to another label.
 *
 * ```ts
 * copyLabel("__meta_kubernetes_pod_node_name", "node");
 * ```
 */
export function copyLabel(from: string | readonly string[], to: string, options: CopyOptions = {}): Relabeling {
  const { pattern, replacement } = options;
  return relabel({
    sourceLabels: asList(from),
    ...(pattern === undefined ? {} : { regex: pattern }),
    targetLabel: literal(to),
    ...(replacement === undefined ? {} : { replacement }),
    action: "replace",
  });
}

/**
 * Copies the labels whose name matches to the name that the replacement makes, as `__meta_kubernetes_pod_label_(.+)` to `$1`.
 *
 * ```ts
 * mapLabels("__meta_kubernetes_pod_label_(.+)");
 * ```
 */
export function mapLabels(pattern: Pattern, replacement = "$1"): Relabeling {
  return relabel({ regex: pattern, replacement, action: "labelmap" });
}

/**
 * Writes a number below `modulus` that is made of the values of labels, to part targets among servers.
 *
 * ```ts
 * hashMod("__address__", 4, "__tmp_shard");
 * ```
 */
export function hashMod(from: string | readonly string[], modulus: number, to: string): Relabeling {
  return relabel({ sourceLabels: asList(from), modulus, targetLabel: to, action: "hashmod" });
}

/**
 * Writes the value of a label in lower case, to the label itself or to another.
 *
 * ```ts
 * lowercase("Region", "region");
 * ```
 */
export function lowercase(from: string, to: string = from): Relabeling {
  return relabel({ sourceLabels: [from], targetLabel: to, action: "lowercase" });
}

/**
 * Writes the value of a label in upper case, to the label itself or to another.
 *
 * ```ts
 * uppercase("region", "REGION");
 * ```
 */
export function uppercase(from: string, to: string = from): Relabeling {
  return relabel({ sourceLabels: [from], targetLabel: to, action: "uppercase" });
}

/**
 * Keeps only that whose two labels are equal.
 *
 * ```ts
 * keepEqual("__meta_kubernetes_pod_container_port_number", "__meta_probe_port");
 * ```
 */
export function keepEqual(one: string | readonly string[], other: string): Relabeling {
  return relabel({ sourceLabels: asList(one), targetLabel: other, action: "keepequal" });
}

/**
 * Drops that whose two labels are equal.
 *
 * ```ts
 * dropEqual("__meta_kubernetes_pod_container_port_number", "__meta_probe_port");
 * ```
 */
export function dropEqual(one: string | readonly string[], other: string): Relabeling {
  return relabel({ sourceLabels: asList(one), targetLabel: other, action: "dropequal" });
}

function byLabels(action: "keep" | "drop", labels: LabelPatterns): Relabeling {
  const names = Object.keys(labels);
  const patterns = Object.values(labels);
  return relabel({ sourceLabels: names, regex: patterns.length === 1 ? (patterns[0] ?? "") : patterns, action });
}

/** A text in a replacement, where a dollar sign would begin a reference. */
function literal(text: string): string {
  return text.replaceAll("$", "$$$$");
}

function asList(labels: string | readonly string[]): readonly string[] {
  return typeof labels === "string" ? [labels] : labels;
}
