/** An alert that a test asks about: inhibited by whom, muted by what, told of together with which others. */
import type { AnyAlert } from "../../model/alert.ts";
import type { Pattern } from "../matchers/pattern.ts";
import type { Instant } from "./instant.ts";
import type { Period } from "./period.ts";

/** One alert at a moment or in a period, to ask who hears of it. */
export class AlertSubject {
  /** The moment or the time that is asked about. */
  readonly when: Instant | Period;
  readonly rule: AnyAlert;
  /** Labels that the alert has, among others. */
  readonly labels: Readonly<Record<string, Pattern | undefined>>;

  constructor(when: Instant | Period, rule: AnyAlert, labels: Readonly<Record<string, Pattern | undefined>> = {}) {
    this.when = when;
    this.rule = rule;
    this.labels = labels;
  }
}
