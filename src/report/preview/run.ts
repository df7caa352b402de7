/** Runs a plan's rules over some data: what dashboards and alert timelines are drawn from. */
import type { MemoryStorage } from "../../engine/storage/memory-storage.ts";
import type { Plan } from "../../plan/plan.ts";
import { parseDuration } from "../../quantity/duration.ts";
import type { AlertsAt } from "../../rule/alert/alert.ts";
import { rulesFromPlan } from "../../rule/from-plan.ts";
import type { InputSeries } from "../../rule/input.ts";
import type { AlertingRule } from "../../rule/rule.ts";
import { runRules } from "../../rule/run.ts";

/** What is drawn, and with which data. */
export interface PreviewInput {
  readonly plan: Plan;
  readonly series: readonly InputSeries[];
  /** Milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  /** From one sample to the next. */
  readonly intervalMs: number;
  /** What the data is, for people: `the scenario of test/shop.ts`. */
  readonly data: string;
}

export interface PreviewRun {
  readonly storage: MemoryStorage;
  readonly alerts: ReadonlyMap<AlertingRule, readonly AlertsAt[]>;
  /** What could not be evaluated. */
  readonly failures: readonly string[];
}

const MINUTE = 60_000;

/** Evaluates all rules from the start to the end; dashboards may read `ALERTS`, so it is written. */
export function runPreview({ plan, series, startMs, endMs }: PreviewInput): PreviewRun {
  const { externalLabels, externalUrl, evaluationInterval } = plan.prometheus.global;
  const evaluatedMs = parseDuration(evaluationInterval ?? "") ?? MINUTE;
  const { storage, alerts, failures } = runRules({
    groups: rulesFromPlan(plan).groups,
    inputs: series,
    startMs,
    endMs,
    // Nobody sees a second on a plot of an hour.
    intervalOf: ({ intervalMs }) => Math.max(intervalMs ?? evaluatedMs, MINUTE / 4),
    query: {},
    isWatched: () => true,
    reads: () => true,
    texts: { externalLabels, externalUrl: externalUrl ?? "", serverUrl: externalUrl },
    stopAtFailure: false,
  });
  return { storage, alerts, failures: [...new Set(failures.map(({ rule, message }) => `${rule.name}: ${message}`))] };
}
