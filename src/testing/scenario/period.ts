/** What rules say from one moment to another. */
import type { AlertingRule, AnyAlert } from "../../model/alert.ts";
import type { AlertingRule as Rule } from "../../rule/rule.ts";
import type { LabelPatterns } from "../matchers/pattern.ts";
import { AlertSubject } from "./alert-subject.ts";
import { type ActiveAlert, activeAlert, Instant } from "./instant.ts";
import type { Scenario } from "./scenario.ts";

/** An alert from when it began to fire to when it stopped; the end is open where the period ends first. Since the start. */
export interface Firing {
  readonly fromMs: number;
  readonly toMs: number | undefined;
  readonly alert: ActiveAlert;
}

/** A stretch of a scenario, as `during()` returns it. */
export class Period {
  readonly scenario: Scenario;
  /** Since the start, in milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;

  constructor(scenario: Scenario, fromMs: number, toMs: number) {
    this.scenario = scenario;
    this.fromMs = fromMs;
    this.toMs = toMs;
  }

  /** The same period of another scenario. */
  of(scenario: Scenario): Period {
    return new Period(scenario, this.fromMs, this.toMs);
  }

  /** The last moment. */
  get end(): Instant {
    return new Instant(this.scenario, this.toMs);
  }

  /** One alert, to ask about who is told of it. */
  alert<L extends string>(rule: AlertingRule<L>, labels?: LabelPatterns<L>): AlertSubject {
    this.end.knows(rule);
    return new AlertSubject(this, rule, labels);
  }

  /** Every time that an alert of the rule fires in the period, in order. */
  firings(rule: AnyAlert): readonly Firing[] {
    const { startMs, workspace } = this.scenario;
    const { alerts } = this.scenario.run(this.toMs);
    const open = new Map<string, { fromMs: number; alert: ActiveAlert }>();
    const done: Firing[] = [];
    const history = alerts.get(workspace.ruleOf.get(rule) as Rule) ?? [];
    for (const [i, { timeMs, alerts: now }] of history.entries()) {
      // What an evaluation says holds until the next one: the one before the period reaches into it.
      const untilMs = history[i + 1]?.timeMs ?? Number.POSITIVE_INFINITY;
      if (untilMs <= startMs + this.fromMs) continue;
      const firing = new Map(now.filter(({ state }) => state === "firing").map((alert) => [alert.labels.key, alert]));
      for (const [key, one] of open) {
        if (firing.has(key)) continue;
        done.push({ ...one, toMs: timeMs - startMs });
        open.delete(key);
      }
      for (const [key, alert] of firing) {
        if (open.has(key)) continue;
        const fromMs = Math.max(timeMs - startMs, this.fromMs);
        open.set(key, { fromMs, alert: activeAlert(alert, rule) });
      }
    }
    return [...done, ...[...open.values()].map((one) => ({ ...one, toMs: undefined }))].sort(
      (a, b) => a.fromMs - b.fromMs,
    );
  }
}
