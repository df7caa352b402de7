/**
 * Reads rule files: groups of rules as Prometheus takes them, and as the Prometheus operator's PrometheusRule holds them.
 * https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/ and
 * https://github.com/prometheus/prometheus/blob/main/model/rulefmt/rulefmt.go
 */
import { type Diagnostic, lineAndColumn } from "../../diagnostic/diagnostic.ts";
import { checkAlertText } from "../../gotemplate/alert/alert-text.ts";
import { METRIC_NAME } from "../../label/label-set.ts";
import { analyze } from "../../promql/analyze.ts";
import { formatPromqlError } from "../../promql/error.ts";
import type { LanguageOptions } from "../../promql/language.ts";
import { duration } from "../../yaml/duration.ts";
import { readYaml, type YamlNode } from "../../yaml/read.ts";
import {
  anything,
  integer,
  list,
  mapOf,
  optional,
  Reading,
  readShape,
  type Shaped,
  struct,
  text,
} from "../../yaml/shape.ts";
import type { Rule, RuleGroup } from "../rule.ts";

export interface RuleFileOptions extends LanguageOptions {
  /** Whether fields that Prometheus does not know are let through. */
  readonly ignoreUnknownFields?: boolean | undefined;
  /** Whether the lines of rules are wanted. */
  readonly lines?: boolean | undefined;
}

export interface RuleFileContent {
  /** Empty where there is an error. */
  readonly groups: readonly RuleGroup[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the text of a rule file. */
export function readRuleFile(source: string, file: string | undefined, options: RuleFileOptions = {}): RuleFileContent {
  const { root, diagnostics } = readYaml(source, file);
  const failed = diagnostics.some(({ severity }) => severity === "error");
  if (root === undefined || failed) return { groups: [], diagnostics };
  const reading = new Reading(source, file);
  const groups = isPrometheusRule(root)
    ? readShape(prometheusRule, root, reading).spec.groups
    : readShape(ruleFile, root, reading).groups;
  const shapes = options.ignoreUnknownFields
    ? reading.diagnostics.filter(({ code }) => code !== "yaml/unknown-field")
    : reading.diagnostics;
  const found = [...diagnostics, ...shapes];
  if (found.some(({ severity }) => severity === "error")) return { groups: [], diagnostics: found };
  // What is wrong with a rule is told beside what is wrong with the others.
  const before = reading.diagnostics.length;
  const names = new Set<string>();
  const rules = groups.map((group) => judgeGroup(group, names, file, reading, options));
  const judged = reading.diagnostics.slice(before);
  return { groups: judged.length > 0 ? [] : rules, diagnostics: [...found, ...judged] };
}

const rule = struct("a rule", {
  record: text,
  alert: text,
  expr: text,
  for: duration,
  keep_firing_for: duration,
  labels: mapOf(text),
  annotations: mapOf(text),
});

const groupFields = {
  name: text,
  interval: duration,
  query_offset: optional(duration),
  limit: integer,
  rules: list(rule),
  labels: mapOf(text),
};
const group = struct("a rule group", groupFields);
const ruleFile = struct("a rule file", { groups: list(group) });

/** The operator's groups know what Thanos adds. */
const operatorGroup = struct("a rule group", { ...groupFields, partial_response_strategy: anything });
const prometheusRule = struct("a PrometheusRule", {
  apiVersion: text,
  kind: text,
  metadata: anything,
  spec: struct("spec", { groups: list(operatorGroup) }),
  status: anything,
});

type WrittenGroup = Shaped<typeof group>;
type WrittenRule = Shaped<typeof rule>;

function isPrometheusRule(root: YamlNode): boolean {
  return (
    root.kind === "map" &&
    root.entries.some(
      ({ key, value }) =>
        key.kind === "scalar" && key.text === "kind" && value.kind === "scalar" && value.text === "PrometheusRule",
    )
  );
}

function judgeGroup(
  written: WrittenGroup,
  names: Set<string>,
  file: string | undefined,
  reading: Reading,
  options: RuleFileOptions,
): RuleGroup {
  const error = (message: string, field?: string) =>
    reading.error(reading.placeOf(written, field), { code: "rule-file/group", message });
  if (written.name === "") error("A group needs a name.");
  if (names.has(written.name)) error(`The group ${JSON.stringify(written.name)} is in this file twice.`, "name");
  names.add(written.name);
  for (const label of Object.keys(written.labels)) if (!isLabelName(label)) error(invalidLabel(label), "labels");
  return {
    name: written.name,
    file,
    intervalMs: written.interval === 0 ? undefined : written.interval,
    queryOffsetMs: written.query_offset ?? 0,
    limit: written.limit,
    rules: written.rules.flatMap((one) => judgeRule(one, written, reading, options) ?? []),
  };
}

function judgeRule(written: WrittenRule, { labels }: WrittenGroup, reading: Reading, options: RuleFileOptions) {
  const { record, alert, expr: source } = written;
  const error = (message: string, field?: string) =>
    reading.error(reading.placeOf(written, field), { code: "rule-file/rule", message });
  if (record !== "" && alert !== "") error("A rule has either `record` or `alert`, and this one has both.", "record");
  if (record === "" && alert === "") error("A rule needs `record` or `alert`.");
  const { expr, errors } = source === "" ? { expr: undefined, errors: [] } : analyze(source, options);
  if (source === "") error("A rule needs `expr`.", "expr");
  for (const mistake of errors.slice(0, 1))
    error(`could not parse expression: ${formatPromqlError(source, mistake)}`, "expr");
  if (record !== "") judgeRecording(written, error);
  for (const label of Object.keys(written.labels)) if (!isLabelName(label)) error(invalidLabel(label), "labels");
  for (const name of Object.keys(written.annotations))
    if (name === "") error("An annotation needs a name.", "annotations");
  if (alert !== "") judgeTexts(written, error);
  if (expr === undefined) return undefined;
  return ruleOf(
    written,
    { ...labels, ...written.labels },
    expr,
    options.lines === true ? lineOf(reading, written) : undefined,
  );
}

type Report = (message: string, field?: string) => void;

function judgeRecording({ record, annotations, for: held, keep_firing_for: kept }: WrittenRule, error: Report): void {
  if (Object.keys(annotations).length > 0) error("A recording rule has no annotations.", "annotations");
  if (held !== 0) error("A recording rule has no `for`.", "for");
  if (kept !== 0) error("A recording rule has no `keep_firing_for`.", "keep_firing_for");
  if (/[{}]/.test(record))
    error(`The name ${JSON.stringify(record)} has braces: does what is in them belong into \`expr\`?`, "record");
}

function judgeTexts({ alert, labels, annotations }: WrittenRule, error: Report): void {
  for (const [field, texts] of Object.entries({ labels, annotations })) {
    for (const [name, value] of Object.entries(texts)) {
      const mistake = checkAlertText(alert, value);
      if (mistake !== undefined) error(`${field.slice(0, -1)} ${JSON.stringify(name)}: ${mistake.message}`, field);
    }
  }
}

function lineOf(reading: Reading, written: WrittenRule): number {
  const { source, start } = reading.placeOf(written);
  return lineAndColumn(source, start).line;
}

function ruleOf(
  written: WrittenRule,
  labels: Readonly<Record<string, string>>,
  expr: Rule["expr"],
  line: number | undefined,
): Rule {
  const { record, alert, expr: source } = written;
  if (alert === "") return Object.freeze({ kind: "recording", name: record, expr, text: source, line, labels });
  return Object.freeze({
    kind: "alerting",
    name: alert,
    expr,
    text: source,
    line,
    labels,
    forMs: written.for,
    keepFiringForMs: written.keep_firing_for,
    annotations: written.annotations,
  });
}

/** Any text is a label's name by now, but for the one that holds the metric's name. */
function isLabelName(name: string): boolean {
  return name !== "" && name !== METRIC_NAME;
}

function invalidLabel(name: string): string {
  return `${JSON.stringify(name)} cannot be a label here.`;
}
