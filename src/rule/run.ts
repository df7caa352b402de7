/**
 * Evaluates rules on a clock, as Prometheus does: groups at their times, rules one after the other, each seeing what those
 * before it wrote. https://github.com/prometheus/prometheus/blob/main/rules/group.go
 */
import type { QueryOptions } from "../engine/query.ts";
import { MemoryStorage } from "../engine/storage/memory-storage.ts";
import type { AlertsAt } from "./alert/alert.ts";
import type { TextWorld } from "./alert/texts.ts";
import { readsOf, rulesToRunAhead } from "./dependencies.ts";
import type { InputSeries } from "./input.ts";
import { ALERTS, ALERTS_FOR_STATE, type AlertingRule, type Rule, type RuleGroup } from "./rule.ts";
import { NotRuleByRule, runRuleByRule } from "./run-rule-by-rule.ts";
import { runStepByStep } from "./run-step-by-step.ts";

export interface RunRequest {
  /** In the order in which they are evaluated where their times coincide. */
  readonly groups: readonly RuleGroup[];
  readonly inputs: readonly InputSeries[];
  /** The first evaluation of every group, in milliseconds since 1970. */
  readonly startMs: number;
  /** The last evaluation is at or before it. */
  readonly endMs: number;
  /** How often a group is evaluated. */
  readonly intervalOf: (group: RuleGroup) => number;
  readonly query: QueryOptions;
  /** Whether the alerts of a time are wanted. */
  readonly isWatched: (timeMs: number) => boolean;
  /** The metric names that will be asked for in the end. */
  readonly reads: (metricName: string) => boolean;
  readonly texts: TextWorld;
  /** Whether a failing rule ends the run at the end of that time, as it does in promtool. */
  readonly stopAtFailure: boolean;
}

/** A rule that could not be evaluated. */
export interface RuleFailure {
  readonly rule: Rule;
  readonly group: RuleGroup;
  readonly timeMs: number;
  readonly message: string;
}

export interface RunResult {
  /** The inputs, and what the rules wrote. */
  readonly storage: MemoryStorage;
  /** By rule, the active alerts at the watched times, in order; times without any may be missing. */
  readonly alerts: ReadonlyMap<AlertingRule, readonly AlertsAt[]>;
  readonly failures: readonly RuleFailure[];
}

/** What both ways of running share. */
export interface Run extends RunRequest {
  readonly storage: MemoryStorage;
  /** Whether `ALERTS` and `ALERTS_FOR_STATE` are written. */
  readonly writesAlerts: boolean;
  readonly alerts: Map<AlertingRule, AlertsAt[]>;
  readonly failures: RuleFailure[];
}

/** Runs the rules. */
export function runRules(request: RunRequest): RunResult {
  const writesAlerts = wantsAlertSeries(request);
  const fresh = (): Run => ({
    ...request,
    storage: new MemoryStorage(),
    writesAlerts,
    alerts: new Map(),
    failures: [],
  });
  const ahead = rulesToRunAhead(request.groups);
  if (ahead.size > 0) {
    try {
      const run = fresh();
      runRuleByRule(run, ahead);
      if (ahead.size < countRules(request.groups)) {
        runStepByStep(run, ahead);
        // Step by step alone is it known what else happens where something fails.
        if (run.failures.length > 0) throw new NotRuleByRule();
      }
      return run;
    } catch (error) {
      if (!(error instanceof NotRuleByRule)) throw error;
    }
  }
  const run = fresh();
  runStepByStep(run);
  return run;
}

function countRules(groups: readonly RuleGroup[]): number {
  return groups.reduce((sum, { rules }) => sum + rules.length, 0);
}

/** Alerts are written as series only where someone can tell: by reading them, or because two rules write the same ones. */
function wantsAlertSeries({ groups, inputs, reads }: RunRequest): boolean {
  const isAlertSeries = (test: (name: string) => boolean) => test(ALERTS) || test(ALERTS_FOR_STATE);
  if (isAlertSeries(reads)) return true;
  if (inputs.some(({ labels }) => isAlertSeries((name) => labels.__name__ === name))) return true;
  const names = new Set<string>();
  for (const { rules } of groups) {
    for (const rule of rules) {
      if (rule.kind === "alerting") {
        if (names.has(rule.name)) return true;
        names.add(rule.name);
      } else if (isAlertSeries((name) => rule.name === name)) return true;
      if (isAlertSeries(readsOf(rule.expr))) return true;
    }
  }
  return false;
}
