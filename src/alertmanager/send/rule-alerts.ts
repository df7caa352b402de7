/** What Prometheus posts to Alertmanager of rules that ran on a clock. */
import { queryEscape } from "../../gotemplate/go/url.ts";
import { type LabelSet, labelKey } from "../../label/label-set.ts";
import type { Alert, AlertsAt } from "../../rule/alert/alert.ts";
import type { AlertingRule, RuleGroup } from "../../rule/rule.ts";
import type { Delivery } from "../alert/alert.ts";
import { AlertSender, type EvaluatedAlert } from "./prometheus.ts";

export interface RuleRun {
  readonly groups: readonly RuleGroup[];
  /** By rule, the active alerts at each evaluation; those without any may be missing. */
  readonly alerts: ReadonlyMap<AlertingRule, readonly AlertsAt[]>;
  /** The first and the last possible evaluation, in milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  readonly intervalOf: (group: RuleGroup) => number;
  /** Given to every alert that has no such label itself. */
  readonly externalLabels: LabelSet;
  /** The address people reach Prometheus at; empty where it is not known. */
  readonly externalUrl: string;
}

/** What was posted, and of which rule. */
export interface RuleDeliveries {
  readonly deliveries: readonly Delivery[];
  /** By the key of an alert's labels. */
  readonly ruleOf: ReadonlyMap<string, AlertingRule>;
}

/** All posts of a run, rule by rule. */
export function deliveriesOfRules(run: RuleRun): RuleDeliveries {
  const deliveries: Delivery[] = [];
  const ruleOf = new Map<string, AlertingRule>();
  for (const group of run.groups) {
    for (const rule of group.rules) {
      const history = rule.kind === "alerting" ? (run.alerts.get(rule) ?? []) : [];
      if (rule.kind !== "alerting" || history.length === 0) continue;
      for (const delivery of deliveriesOf(rule, history, run.intervalOf(group), run)) {
        deliveries.push(delivery);
        ruleOf.set(labelKey(delivery.labels), rule);
      }
    }
  }
  return { deliveries, ruleOf };
}

function* deliveriesOf(
  rule: AlertingRule,
  history: readonly AlertsAt[],
  interval: number,
  run: RuleRun,
): Generator<Delivery> {
  const sender = new AlertSender({ interval });
  const sent = sentAs(rule, run);
  let next = 0;
  // Evaluations at which all was quiet go on telling that alerts have resolved.
  for (let at = history[0]?.timeMs ?? 0; at <= run.endMs; at += interval) {
    const now = history[next]?.timeMs === at ? history[next++] : undefined;
    yield* sender.evaluated(at, (now?.alerts ?? []).map(sent));
  }
}

/** How an alert of a rule looks once it has left Prometheus. */
function sentAs(rule: AlertingRule, { externalLabels, externalUrl }: RuleRun): (alert: Alert) => EvaluatedAlert {
  const generatorUrl = `${externalUrl.replace(/\/+$/, "")}/graph?g0.expr=${queryEscape(rule.text)}&g0.tab=1`;
  const known = new Map<Alert["labels"], LabelSet>();
  return (alert) => {
    let labels = known.get(alert.labels);
    if (labels === undefined) {
      labels = { ...externalLabels, ...alert.labels.toRecord() };
      known.set(alert.labels, labels);
    }
    return {
      labels,
      // Texts are expanded when they are posted, and not at every evaluation.
      get annotations() {
        return alert.annotations();
      },
      state: alert.state,
      firedAt: alert.firedAtMs ?? 0,
      generatorUrl,
    };
  };
}
