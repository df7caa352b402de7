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

/** Any rule of relabelling, in Prometheus's own terms. */
export function relabel(spec: RelabelSpec): Relabeling {
  return freezeDeep({ ...spec, kind: "relabeling" as const });
}

/** Drops the series of metrics whose name matches, in `metricRelabel`. */
export function dropMetrics(pattern: Pattern): Relabeling {
  return relabel({ sourceLabels: [METRIC_NAME], regex: pattern, action: "drop" });
}

/** Keeps only the series of metrics whose name matches, in `metricRelabel`. */
export function keepMetrics(pattern: Pattern): Relabeling {
  return relabel({ sourceLabels: [METRIC_NAME], regex: pattern, action: "keep" });
}

/** Gives a metric another name, in `metricRelabel`. */
export function renameMetric(from: string, to: string): Relabeling {
  return relabel({
    sourceLabels: [METRIC_NAME],
    regex: quoteRegex(from),
    targetLabel: METRIC_NAME,
    replacement: literal(to),
    action: "replace",
  });
}

/** Drops the series whose labels all match, in `metricRelabel`. */
export function dropSeries(labels: LabelPatterns): Relabeling {
  return byLabels("drop", labels);
}

/** Keeps only the series whose labels all match, in `metricRelabel`. */
export function keepSeries(labels: LabelPatterns): Relabeling {
  return byLabels("keep", labels);
}

/** Drops the targets whose labels all match, in `relabel`. */
export function dropTargets(labels: LabelPatterns): Relabeling {
  return byLabels("drop", labels);
}

/** Keeps only the targets whose labels all match, in `relabel`. */
export function keepTargets(labels: LabelPatterns): Relabeling {
  return byLabels("keep", labels);
}

/** Takes away the labels whose name matches. */
export function dropLabels(pattern: Pattern): Relabeling {
  return relabel({ regex: pattern, action: "labeldrop" });
}

/** Keeps only the labels whose name matches; in `metricRelabel` that must include `__name__`, in `relabel` `__address__`. */
export function keepLabels(pattern: Pattern): Relabeling {
  return relabel({ regex: pattern, action: "labelkeep" });
}

/** Gives a label another name, where it is present. */
export function renameLabel(from: string, to: string): readonly Relabeling[] {
  if (from === to) return [];
  const regex = quoteRegex(from);
  return Object.freeze([
    relabel({ regex, replacement: literal(to), action: "labelmap" }),
    relabel({ regex, action: "labeldrop" }),
  ]);
}

/** Sets a label to a value; an empty value takes it away. */
export function setLabel(name: string, value: string): Relabeling {
  return relabel({ targetLabel: literal(name), replacement: literal(value), action: "replace" });
}

/** Sets labels where they are absent. */
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

/** Copies the value of a label, or of several joined by `;`, to another label. */
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

/** Copies the labels whose name matches to the name that the replacement makes, as `__meta_kubernetes_pod_label_(.+)` to `$1`. */
export function mapLabels(pattern: Pattern, replacement = "$1"): Relabeling {
  return relabel({ regex: pattern, replacement, action: "labelmap" });
}

/** Writes a number below `modulus` that is made of the values of labels, to part targets among servers. */
export function hashMod(from: string | readonly string[], modulus: number, to: string): Relabeling {
  return relabel({ sourceLabels: asList(from), modulus, targetLabel: to, action: "hashmod" });
}

/** Writes the value of a label in lower case, to the label itself or to another. */
export function lowercase(from: string, to: string = from): Relabeling {
  return relabel({ sourceLabels: [from], targetLabel: to, action: "lowercase" });
}

/** Writes the value of a label in upper case, to the label itself or to another. */
export function uppercase(from: string, to: string = from): Relabeling {
  return relabel({ sourceLabels: [from], targetLabel: to, action: "uppercase" });
}

/** Keeps only that whose two labels are equal. */
export function keepEqual(one: string | readonly string[], other: string): Relabeling {
  return relabel({ sourceLabels: asList(one), targetLabel: other, action: "keepequal" });
}

/** Drops that whose two labels are equal. */
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
