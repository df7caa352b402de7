/** Rules as they are evaluated: everything resolved, wherever they were read from. */
import type { Expr } from "../promql/ast.ts";

export type Rule = RecordingRule | AlertingRule;

interface RuleBase {
  readonly name: string;
  readonly expr: Expr;
  /** The expression as it was written, for messages. */
  readonly text: string;
  /** The line of its file that it begins at, counted from 1, where it was read from one. */
  readonly line?: number | undefined;
  /** The group's labels and the rule's own, which win. */
  readonly labels: Readonly<Record<string, string>>;
}

/** https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/ */
export interface RecordingRule extends RuleBase {
  readonly kind: "recording";
}

/** https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
export interface AlertingRule extends RuleBase {
  readonly kind: "alerting";
  readonly forMs: number;
  readonly keepFiringForMs: number;
  /** Go templates, as the labels are. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Rules that are evaluated one after the other, at the same times. */
export interface RuleGroup {
  readonly name: string;
  /** The file it was read from, where it was. */
  readonly file: string | undefined;
  readonly intervalMs: number | undefined;
  /** How far back in time the rules look, and their results lie. */
  readonly queryOffsetMs: number;
  /** The most series or alerts that one rule may have; 0 for no limit. */
  readonly limit: number;
  readonly rules: readonly Rule[];
}

/** The names of the series that a rule writes. */
export function outputsOf(rule: Rule): readonly string[] {
  return rule.kind === "recording" ? [rule.name] : ALERT_SERIES;
}

/** The series that Prometheus keeps of active alerts: that they are, and since when. */
export const ALERTS = "ALERTS";
export const ALERTS_FOR_STATE = "ALERTS_FOR_STATE";
const ALERT_SERIES: readonly string[] = [ALERTS, ALERTS_FOR_STATE];
