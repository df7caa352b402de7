/** An alert while it is active, and what is remembered of it. */
import type { Histogram } from "../../engine/histogram/histogram.ts";
import type { Labels } from "../../engine/labels/labels.ts";

export type AlertState = "pending" | "firing";

/** The sample that an alert was last seen by. */
export interface AlertSample {
  /** Its labels, the metric name among them. */
  readonly labels: Labels;
  readonly value: number;
  readonly histogram: Histogram | undefined;
  readonly timeMs: number;
}

/** An alert at one moment. Times are in milliseconds. */
export interface Alert {
  /** Its identity: labels of the sample and of the rule, and `alertname`. */
  readonly labels: Labels;
  readonly state: AlertState;
  readonly value: number;
  readonly activeAtMs: number;
  readonly firedAtMs: number | undefined;
  /** Since when it fires only because of `keep_firing_for`. */
  readonly keptSinceMs: number | undefined;
  /** The annotations, expanded for the last sample. Expanding is put off until someone reads them. */
  annotations(): Readonly<Record<string, string>>;
}

/** The active alerts of one rule at one moment. */
export interface AlertsAt {
  readonly timeMs: number;
  readonly alerts: readonly Alert[];
}
