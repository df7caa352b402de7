/** What rules say at one moment. */
import { compileQuery } from "../../engine/query.ts";
import type { LabelSet } from "../../label/label-set.ts";
import type { AlertingRule, AnyAlert } from "../../model/alert.ts";
import type { Definition } from "../../model/definition.ts";
import type { AnyRecordingRule } from "../../model/recording-rule.ts";
import type { Alert } from "../../rule/alert/alert.ts";
import { alertsAt } from "../../rule/alert/history.ts";
import type { RunResult } from "../../rule/run.ts";
import type { LabelPatterns } from "../matchers/pattern.ts";
import { type NotificationTimeline, timelineOf } from "../notify/timeline.ts";
import { AlertSubject } from "./alert-subject.ts";
import type { Scenario } from "./scenario.ts";

/** An alert as a test sees it, and as Prometheus sends it but for external labels. Times are since 1970. */
export interface ActiveAlert {
  readonly name: string;
  readonly state: "pending" | "firing";
  readonly labels: LabelSet;
  readonly annotations: Readonly<Record<string, string>>;
  readonly value: number;
  readonly activeAtMs: number;
  readonly firedAtMs: number | undefined;
  readonly definition: AnyAlert;
}

/** A sample that a rule recorded. */
export interface RecordedSample {
  readonly labels: LabelSet;
  /** NaN where it is a native histogram. */
  readonly value: number;
}

/** One moment of a scenario. */
export class Instant {
  readonly scenario: Scenario;
  /** Since the start, in milliseconds. */
  readonly atMs: number;

  constructor(scenario: Scenario, atMs: number) {
    this.scenario = scenario;
    this.atMs = atMs;
  }

  /** The same moment of another scenario. */
  of(scenario: Scenario): Instant {
    return new Instant(scenario, this.atMs);
  }

  /** Milliseconds since 1970. */
  get timeMs(): number {
    return this.scenario.startMs + this.atMs;
  }

  get result(): RunResult {
    return this.scenario.run(this.atMs);
  }

  /** What Prometheus adds to the labels of all alerts when it sends them. */
  get externalLabels(): LabelSet {
    return this.scenario.workspace.plan.prometheus.global.externalLabels;
  }

  /** The active alerts, those of one rule or of all. */
  alerts(rule?: AnyAlert): readonly ActiveAlert[] {
    const { definitionOf } = this.scenario.workspace;
    return [...this.result.alerts].flatMap(([of, history]) => {
      const definition = definitionOf.get(of) as AnyAlert;
      if (rule !== undefined && definition !== rule) return [];
      return alertsAt(history, this.timeMs).map((alert) => activeAlert(alert, definition));
    });
  }

  /** One alert, to ask about who is told of it: `expect(later.alert(inventoryLow)).toBeInhibitedBy(soldOut)`. */
  alert<L extends string>(rule: AlertingRule<L>, labels?: LabelPatterns<L>): AlertSubject {
    this.knows(rule);
    return new AlertSubject(this, rule, labels);
  }

  /** Who was told what up to now, and who was not. */
  get timeline(): NotificationTimeline {
    return timelineOf(this.scenario, this.atMs);
  }

  firing(rule?: AnyAlert): readonly ActiveAlert[] {
    return this.alerts(rule).filter(({ state }) => state === "firing");
  }

  pending(rule?: AnyAlert): readonly ActiveAlert[] {
    return this.alerts(rule).filter(({ state }) => state === "pending");
  }

  /** What a recording rule's series hold. */
  recorded(rule: AnyRecordingRule): readonly RecordedSample[] {
    return this.query(compileQuery(rule.ast));
  }

  /** The result of an expression. */
  query(expression: string | ReturnType<typeof compileQuery>): readonly RecordedSample[] {
    const query = typeof expression === "string" ? compileQuery(expression) : expression;
    const result = query.instant(this.result.storage, this.timeMs);
    if (result.type === "scalar") return [{ labels: {}, value: result.value }];
    if (result.type !== "vector") throw new Error(`the result is a ${result.type}, and no vector`);
    return result.samples.map(({ labels, value }) => ({
      labels,
      value: typeof value === "number" ? value : Number.NaN,
    }));
  }

  /** Throws where the rule is not among those that the scenario runs. */
  knows(rule: Definition): void {
    if (this.scenario.workspace.ruleOf.has(rule)) return;
    // JavaScript, or a typo behind `any`, may name none.
    if (rule === undefined) throw new TypeError("name the rule that is meant: it is undefined");
    throw new Error(
      `${rule.name} is not among the rules of this scenario: is it exported by what scenario() was given?`,
    );
  }
}

export function activeAlert(alert: Alert, definition: AnyAlert): ActiveAlert {
  const { state, labels, value, activeAtMs, firedAtMs } = alert;
  return {
    name: definition.name,
    state,
    labels: labels.toRecord(),
    // Texts are expanded when they are read.
    get annotations() {
      return alert.annotations();
    },
    value,
    activeAtMs,
    firedAtMs,
    definition,
  };
}
