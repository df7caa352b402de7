/**
 * The states of one rule's alerts: inactive, pending, firing, resolved.
 * https://github.com/prometheus/prometheus/blob/main/rules/alerting.go
 */
import type { Labels } from "../../engine/labels/labels.ts";
import type { AlertingRule } from "../rule.ts";
import { RuleError } from "../rule-error.ts";
import type { Alert, AlertSample, AlertState } from "./alert.ts";
import type { AlertTexts } from "./texts.ts";

/** Keeps the alerts of one rule from evaluation to evaluation. */
export class AlertTracker {
  readonly #rule: AlertingRule;
  readonly #limit: number;
  readonly #texts: AlertTexts;
  /** Texts that ask queries have to do so when the rule is evaluated. */
  readonly #eager: boolean;
  #active = new Map<Labels, ActiveAlert>();

  constructor(rule: AlertingRule, limit: number, texts: AlertTexts, eager: boolean) {
    this.#rule = rule;
    this.#limit = limit;
    this.#texts = texts;
    this.#eager = eager;
  }

  /** Whether no alert is active. */
  get isQuiet(): boolean {
    return this.#active.size === 0;
  }

  /** Takes the result of the expression at a time. Throws `RuleError`, and then leaves everything as it was. */
  step(timeMs: number, samples: readonly AlertSample[]): void {
    const seen = this.#identify(samples);
    for (const [labels, sample] of seen) {
      const alert = this.#active.get(labels);
      if (alert === undefined) this.#active.set(labels, new ActiveAlert(labels, sample, this.#texts, this.#eager));
      else alert.see(sample, this.#eager);
    }
    for (const [labels, alert] of this.#active) {
      if (!seen.has(labels) && !this.#keeps(alert, timeMs)) {
        // Prometheus remembers resolved alerts to tell of them; they are active no more.
        this.#active.delete(labels);
        continue;
      }
      if (seen.has(labels)) alert.keptSinceMs = undefined;
      if (alert.state === "pending" && timeMs - alert.activeAtMs >= this.#rule.forMs) {
        alert.state = "firing";
        alert.firedAtMs = timeMs;
      }
    }
    if (this.#limit > 0 && this.#active.size > this.#limit) {
      const count = this.#active.size;
      this.#active = new Map();
      throw new RuleError(`exceeded limit of ${this.#limit} with ${count} alerts`);
    }
  }

  /** The active alerts, as they are now. */
  alerts(): readonly Alert[] {
    return Array.from(this.#active.values(), (alert) => alert.snapshot());
  }

  active(): Iterable<ActiveAlert> {
    return this.#active.values();
  }

  #identify(samples: readonly AlertSample[]): ReadonlyMap<Labels, AlertSample> {
    const seen = new Map<Labels, AlertSample>();
    for (const sample of samples) {
      const labels = this.#texts.labels(sample);
      if (seen.has(labels))
        throw new RuleError("vector contains metrics with the same labelset after applying alert labels");
      seen.set(labels, sample);
    }
    return seen;
  }

  /** Whether an alert whose condition ended goes on firing. */
  #keeps(alert: ActiveAlert, timeMs: number): boolean {
    const { keepFiringForMs } = this.#rule;
    if (alert.state !== "firing" || keepFiringForMs === 0) return false;
    alert.keptSinceMs ??= timeMs;
    return timeMs - alert.keptSinceMs < keepFiringForMs;
  }
}

export class ActiveAlert {
  readonly labels: Labels;
  readonly activeAtMs: number;
  state: AlertState = "pending";
  firedAtMs: number | undefined;
  keptSinceMs: number | undefined;
  readonly #texts: AlertTexts;
  #sample: AlertSample;
  #annotations: Readonly<Record<string, string>> | undefined;

  constructor(labels: Labels, sample: AlertSample, texts: AlertTexts, eager: boolean) {
    this.labels = labels;
    this.activeAtMs = sample.timeMs;
    this.#texts = texts;
    this.#sample = sample;
    if (eager) this.#annotations = texts.annotations(sample);
  }

  see(sample: AlertSample, eager: boolean): void {
    this.#sample = sample;
    this.#annotations = eager ? this.#texts.annotations(sample) : undefined;
  }

  snapshot(): Alert {
    const sample = this.#sample;
    const texts = this.#texts;
    let annotations = this.#annotations;
    return {
      labels: this.labels,
      state: this.state,
      value: sample.value,
      activeAtMs: this.activeAtMs,
      firedAtMs: this.firedAtMs,
      keptSinceMs: this.keptSinceMs,
      annotations: () => {
        annotations ??= texts.annotations(sample);
        return annotations;
      },
    };
  }
}
