/** Rule files. https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/ */
import { escapeTemplate } from "../../model/text.ts";
import type { PlannedAlert, PlannedGroup, PlannedRecording, PlannedRule, RuleFile } from "../../plan/plan.ts";
import { pretty } from "../../promql/print/pretty.ts";
import type { YamlValue } from "../../yaml/print.ts";

/** The content of one rule file. */
export function ruleFile({ groups }: RuleFile): YamlValue {
  return { groups: groups.map(group) };
}

function group({ name, interval, queryOffset, limit, labels, rules }: PlannedGroup): YamlValue {
  return {
    name,
    interval,
    query_offset: queryOffset,
    limit,
    labels: someOf(labels),
    rules: rules.map((one) => rule(one, labels)),
  };
}

type Labels = Readonly<Record<string, string>>;

const RULES: {
  readonly [K in PlannedRule["kind"]]: (rule: Extract<PlannedRule, { kind: K }>, ofGroup: Labels) => YamlValue;
} = {
  recording: (rule: PlannedRecording) => ({
    record: rule.name,
    expr: readable(rule),
    labels: someOf(rule.labels),
  }),
  alerting: (rule: PlannedAlert, ofGroup) => ({
    alert: rule.name,
    expr: readable(rule),
    for: rule.for,
    keep_firing_for: rule.keepFiringFor,
    labels: literal({ ...templatesIn(ofGroup), ...rule.labels }),
    annotations: rule.annotations,
  }),
};

function rule(planned: PlannedRule, ofGroup: Labels): YamlValue {
  return planned.kind === "recording" ? RULES.recording(planned, ofGroup) : RULES.alerting(planned, ofGroup);
}

/** A group's labels that an alert would expand as templates, though a recording rule of the group would not. */
function templatesIn(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value.includes("{{")));
}

/** What fits a line of a review stays on one; more is broken as Prometheus's own formatter does. */
function readable({ text, expr }: PlannedRule): string {
  return text.length <= 100 ? text : pretty(expr);
}

/** Prometheus expands templates in the labels of alerts: what a user wrote there is literal. */
function literal(labels: Labels): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, escapeTemplate(value)]),
  );
}

function someOf(record: Labels): Record<string, string> | undefined {
  return Object.keys(record).length === 0
    ? undefined
    : Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
