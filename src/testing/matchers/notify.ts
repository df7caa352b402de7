/** What a test can expect of who is told what: matchers for vitest. */
import { expect } from "vitest";
import type { SuppressionReason } from "../../alertmanager/notify/notification.ts";
import type { LabelSet } from "../../label/label-set.ts";
import type { AlertingRule, AnyAlert } from "../../model/alert.ts";
import type { Receiver } from "../../model/receiver/receiver.ts";
import type { Receivers } from "../../model/team.ts";
import type { TimeInterval } from "../../model/time-interval.ts";
import { formatDuration } from "../../quantity/duration.ts";
import { tell } from "../assertions.ts";
import { type HeldBack, NotificationTimeline, receiverText } from "../notify/timeline.ts";
import type { Told } from "../notify/told.ts";
import { AlertSubject } from "../scenario/alert-subject.ts";
import { Instant } from "../scenario/instant.ts";
import { Period } from "../scenario/period.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { explainNotifications } from "./explain-notify.ts";
import {
  type ExpectedNotification,
  type ExpectedText,
  knowsReceivers,
  notificationsIn,
  receiverList,
  says,
  showExpected,
  timelineFor,
} from "./notified.ts";
import { fitsAll, type LabelPatterns, type Pattern, showPatterns } from "./pattern.ts";

/** What can be expected of who is told what. */
export interface NotificationMatchers<R = unknown> {
  /**
   * At an instant: the receiver has been told by then, of alerts that have not begun anew since. In a period: it is told
   * within. Of a list of receivers all are, or with `not`, none is.
   *
   * A text is what one of the notification's texts holds: its title, its message, or whatever else a person reads. Fields go
   * by their names in alertmanager.yml, and hold nothing but what is expected.
   */
  toNotify(receiver: Receivers, text?: ExpectedText, expected?: ExpectedNotification): R;
  /** Of an alert, `later.alert(rule)`: nobody is told of it now, or at some time, since an alert of that rule fires. */
  toBeInhibitedBy<L extends string>(rule: AlertingRule<L>, labels?: LabelPatterns<L>): R;
  /** Of an alert: someone is not told of it because of the time, be it in the interval or outside of it. */
  toBeMutedBy(interval: TimeInterval): R;
  /** Of an alert: someone is not told of it because of a silence, `scenario.silence(…)`. */
  toBeSilenced(): R;
  /** Of an alert: it is told of together with an alert of that rule. */
  toBeGroupedWith<L extends string>(rule: AlertingRule<L>, labels?: LabelPatterns<L>): R;
}

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: vitest declares it so, and declarations have to agree.
  interface Matchers<T = any> extends NotificationMatchers<T> {}
}

interface Context {
  readonly isNot: boolean;
  readonly currentTestName?: string | undefined;
  readonly testPath?: string | undefined;
}

interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

type Patterns = Readonly<Record<string, Pattern | undefined>>;

export const notificationMatchers = {
  toNotify(
    this: Context,
    actual: Instant | Period,
    receivers: Receivers,
    text?: ExpectedText,
    expected?: ExpectedNotification,
  ): Verdict {
    if (!(actual instanceof Instant || actual instanceof Period))
      throw new TypeError("toNotify asks an instant or a period: scenario.at(…), scenario.during(…)");
    const wanted = receiverList(receivers);
    knowsReceivers(actual, wanted);
    const foundIn = (when: Instant | Period) =>
      notificationsIn(when).filter((told) => wanted.includes(told.receiver) && says(told, text, expected));
    const found = foundIn(actual);
    const isTold = (receiver: Receiver) => found.some((told) => told.receiver === receiver);
    const pass = this.isNot ? wanted.some(isTold) : wanted.every(isTold);
    if (pass && !this.isNot) {
      const holds = (scenario: Scenario) => {
        const others = foundIn(actual.of(scenario));
        return wanted.every((receiver) => others.some((told) => told.receiver === receiver));
      };
      sayFiring(this, actual, found, holds);
    }
    return {
      pass,
      message: () => {
        const wrong = wanted.filter((receiver) => isTold(receiver) === pass).map(receiverText);
        const what = showExpected(text, expected);
        const of = what === "" ? "" : `: ${what}`;
        return `${wrong.join(" and ")} ${wrong.length > 1 ? "are" : "is"} ${pass ? "" : "not "}told ${when(actual)}${of}\n\n${explainNotifications(actual)}`;
      },
    };
  },

  toBeInhibitedBy(this: Context, actual: AlertSubject, rule: AnyAlert, labels: Patterns = {}): Verdict {
    if (actual instanceof AlertSubject) knowsRule(actual, rule);
    return heldBackVerdict(
      actual,
      "toBeInhibitedBy",
      (reason) => reason.kind === "inhibited" && isAlertOf(rule, labels, reason.by, actual),
      `inhibited by ${rule.name}${showPatterns(labels)}`,
    );
  },

  toBeMutedBy(this: Context, actual: AlertSubject, interval: TimeInterval): Verdict {
    return heldBackVerdict(
      actual,
      "toBeMutedBy",
      (reason) => (reason.kind === "muted" || reason.kind === "inactive") && reason.by.includes(interval.name),
      `muted by ${interval.name}`,
    );
  },

  toBeSilenced(this: Context, actual: AlertSubject): Verdict {
    return heldBackVerdict(actual, "toBeSilenced", (reason) => reason.kind === "silenced", "silenced");
  },

  toBeGroupedWith(this: Context, actual: AlertSubject, rule: AnyAlert, labels: Patterns = {}): Verdict {
    asksAlert(actual, "toBeGroupedWith");
    knowsRule(actual, rule);
    const pass = notificationsIn(actual.when).some(({ alerts }) => {
      const one = alerts.find((alert) => isSubject(alert.labels, actual));
      return alerts.some((other) => other !== one && one && isAlertOf(rule, labels, other.labels, actual));
    });
    return verdict(actual, pass, `told of together with ${rule.name}${showPatterns(labels)}`);
  },
};

expect.extend(notificationMatchers as unknown as Parameters<typeof expect.extend>[0]);

expect.addSnapshotSerializer({
  test: (value) => value instanceof NotificationTimeline,
  serialize: (value: NotificationTimeline) => value.text.trimEnd(),
});

/** Who is told of an alert knows that it fires: those who measure what tests cover hear of that. */
function sayFiring(
  { currentTestName: test = "", testPath: file = "" }: Context,
  actual: Instant | Period,
  found: readonly Told[],
  holds: (scenario: Scenario) => boolean,
): void {
  const timeline = timelineFor(actual);
  const firing = new Map<AnyAlert, number>();
  for (const { atMs, alerts } of found) {
    for (const { status, labels } of alerts) {
      const rule = status === "firing" ? timeline.definitionOf(labels) : undefined;
      if (rule !== undefined) firing.set(rule, atMs);
    }
  }
  for (const [rule, atMs] of firing) tell({ scenario: actual.scenario, rule, kind: "fires", atMs, holds, test, file });
}

function heldBackVerdict(
  actual: AlertSubject,
  matcher: string,
  isReason: (reason: SuppressionReason) => boolean,
  what: string,
): Verdict {
  asksAlert(actual, matcher);
  const pass = timelineFor(actual.when).heldBack.some(
    (one) => isSubject(one.labels, actual) && isReason(one.reason) && holds(one, actual.when),
  );
  return verdict(actual, pass, what);
}

function verdict({ when: actual, rule, labels }: AlertSubject, pass: boolean, what: string): Verdict {
  return {
    pass,
    message: () =>
      `${rule.name}${showPatterns(labels)} is ${pass ? "" : "not "}${what} ${actual instanceof Instant ? `at ${formatDuration(actual.atMs)}` : when(actual)}\n\n${explainNotifications(actual)}`,
  };
}

/** Whether an alert is held back at a moment, as far as its group was looked at by then, or at some time of a period. */
function holds({ fromMs, toMs, labels, route }: HeldBack, actual: Instant | Period): boolean {
  if (actual instanceof Period) return fromMs <= actual.toMs && toMs >= actual.fromMs;
  // Had its group been looked at again, and the alert been let through, the last time would be that one.
  if (actual.atMs - toMs >= route.options.groupInterval) return false;
  return actual.firing().some((alert) => fitsAll(labels, alert.labels));
}

function isSubject(labels: LabelSet, subject: AlertSubject): boolean {
  return isAlertOf(subject.rule, subject.labels, labels, subject);
}

/** Whether labels, as Alertmanager sees them, are those of an alert of the rule. */
function isAlertOf(rule: AnyAlert, wanted: Patterns, labels: LabelSet, { when: actual }: AlertSubject): boolean {
  return timelineFor(actual).definitionOf(labels) === rule && fitsAll(labels, wanted);
}

function asksAlert(actual: unknown, matcher: string): void {
  if (!(actual instanceof AlertSubject))
    throw new TypeError(`${matcher} asks an alert: scenario.at(…).alert(rule, labels)`);
}

function knowsRule({ when: actual }: AlertSubject, rule: AnyAlert): void {
  (actual instanceof Instant ? actual : actual.end).knows(rule);
}

function when(actual: Instant | Period): string {
  if (actual instanceof Instant) return `by ${formatDuration(actual.atMs)}`;
  return `from ${formatDuration(actual.fromMs)} to ${formatDuration(actual.toMs)}`;
}
