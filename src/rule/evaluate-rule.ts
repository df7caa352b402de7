/** What a rule makes of the result of its expression. */
import { ABSENT, type Column, FLOAT, HISTOGRAM, histogramAt } from "../engine/evaluate/column.ts";
import type { Labels, LabelTable } from "../engine/labels/labels.ts";
import { METRIC_NAME } from "../label/label-set.ts";
import type { AlertSample } from "./alert/alert.ts";
import { ALERT_NAME } from "./alert/texts.ts";
import type { ActiveAlert } from "./alert/tracker.ts";
import type { OutputSample } from "./output.ts";
import { ALERTS, ALERTS_FOR_STATE, type AlertingRule, type RecordingRule } from "./rule.ts";

/** The labels of what a recording rule writes, by those of what its expression gives. */
export function recordedLabels({ name, labels }: RecordingRule, table: LabelTable): (from: Labels) => Labels {
  const changes = [[METRIC_NAME, name] as const, ...Object.entries(labels)];
  const known = new Map<Labels, Labels>();
  return (from) => {
    let recorded = known.get(from);
    if (recorded === undefined) {
      recorded = table.with(from, changes);
      known.set(from, recorded);
    }
    return recorded;
  };
}

/** The samples of a column's step for an alert, where it has any. */
export function alertSamplesAt(columns: readonly Column[], step: number, timeMs: number): readonly AlertSample[] {
  const samples: AlertSample[] = [];
  for (const column of columns) {
    const kind = column.present[step];
    if (kind === ABSENT) continue;
    samples.push({
      labels: column.labels,
      value: kind === FLOAT ? (column.values[step] as number) : 0,
      histogram: kind === HISTOGRAM ? histogramAt(column, step) : undefined,
      timeMs,
    });
  }
  return samples;
}

/** The series of active alerts. A label that expanded to nothing is written as it stands in the rule, as Prometheus does. */
export function alertOutput(rule: AlertingRule, table: LabelTable): (alerts: Iterable<ActiveAlert>) => OutputSample[] {
  const base = table.of(rule.labels);
  const labelsOf = ({ names, values }: Labels, series: string, state: string) => {
    const own = names.map((name, i) => [name, values[i] as string] as const);
    const last = [[METRIC_NAME, series] as const, [ALERT_NAME, rule.name] as const];
    return table.with(base, state === "" ? [...own, ...last] : [...own, ...last, ["alertstate", state] as const]);
  };
  const seriesOf = (labels: Labels) => ({
    pending: labelsOf(labels, ALERTS, "pending"),
    firing: labelsOf(labels, ALERTS, "firing"),
    since: labelsOf(labels, ALERTS_FOR_STATE, ""),
  });
  const known = new Map<Labels, ReturnType<typeof seriesOf>>();
  return (alerts) => {
    const samples: OutputSample[] = [];
    for (const { labels, state, activeAtMs } of alerts) {
      let series = known.get(labels);
      if (series === undefined) {
        series = seriesOf(labels);
        known.set(labels, series);
      }
      samples.push({ labels: series[state], value: 1 });
      samples.push({ labels: series.since, value: Math.floor(activeAtMs / 1000) });
    }
    return samples;
  };
}
