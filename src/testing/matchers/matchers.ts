/** What a test can expect of a scenario: matchers for vitest. */
import { expect } from "vitest";
import type { AlertingRule, AnyAlert } from "../../model/alert.ts";
import type { AnyRecordingRule, RecordingRule } from "../../model/recording-rule.ts";
import type { DurationText } from "../../quantity/duration.ts";
import { formatDuration } from "../../quantity/duration.ts";
import type { AlertingRule as Rule } from "../../rule/rule.ts";
import { type Assertion, tell } from "../assertions.ts";
import { type ActiveAlert, Instant } from "../scenario/instant.ts";
import { type Firing, Period } from "../scenario/period.ts";
import { Scenario } from "../scenario/scenario.ts";
import { ms } from "../series.ts";
import { explain, shortNumber, showLabels } from "./explain.ts";
import {
  type Expected,
  expectation,
  fits,
  fitsAll,
  type LabelPatterns,
  type Pattern,
  showPatterns,
} from "./pattern.ts";

/** What can be expected of scenarios. */
export interface ScenarioMatchers<R = unknown> {
  /** At an instant: an alert of the rule fires, with these labels among others. In a period: it fires at some time. */
  toFire<L extends string>(rule: AlertingRule<L>, labels?: LabelPatterns<L>, expected?: Expected): R;
  /** At an instant: an alert of the rule waits for its `for` to pass. */
  toBePending<L extends string>(rule: AlertingRule<L>, labels?: LabelPatterns<L>, expected?: Expected): R;
  /** Of a scenario: the rule fires so long after the start at the latest. */
  toFireWithin<L extends string>(
    rule: AlertingRule<L>,
    time: DurationText,
    labels?: LabelPatterns<L>,
    expected?: Expected,
  ): R;
  /** At an instant or in a period: no alert of the rule fires. */
  toStayQuiet<L extends string>(rule: AlertingRule<L>, labels?: LabelPatterns<L>): R;
  /** In a period: alerts of the rule begin to fire so many times. */
  toFireTimes<L extends string>(rule: AlertingRule<L>, times: number, labels?: LabelPatterns<L>): R;
  /** At an instant: the recording rule's series with these labels has this value, up to rounding. */
  toRecord<L extends string>(
    rule: RecordingRule<L>,
    labels: { readonly [K in L]?: Pattern },
    value: number | ((value: number) => boolean),
  ): R;
}

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: vitest declares it so, and declarations have to agree.
  interface Matchers<T = any> extends ScenarioMatchers<T> {}
}

interface Context {
  /** Absent without `.not`. */
  readonly isNot?: boolean | undefined;
  readonly currentTestName?: string | undefined;
  readonly testPath?: string | undefined;
}

interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

type Patterns = Readonly<Record<string, Pattern | undefined>>;

export const scenarioMatchers = {
  toFire(this: Context, actual: Instant | Period, rule: AnyAlert, labels?: Patterns, expected?: Expected): Verdict {
    return alertVerdict(this, actual, rule, "firing", labels, expected);
  },

  toBePending(this: Context, actual: Instant, rule: AnyAlert, labels?: Patterns, expected?: Expected): Verdict {
    if (!(actual instanceof Instant)) throw new TypeError("toBePending asks an instant: scenario.at(…)");
    return alertVerdict(this, actual, rule, "pending", labels, expected);
  },

  toFireWithin(
    this: Context,
    actual: Scenario,
    rule: AnyAlert,
    time: string,
    labels?: Patterns,
    expected?: Expected,
  ): Verdict {
    if (!(actual instanceof Scenario)) throw new TypeError("toFireWithin asks a scenario");
    return alertVerdict(this, new Period(actual, 0, ms(time)), rule, "firing", labels, expected);
  },

  toStayQuiet(this: Context, actual: Instant | Period, rule: AnyAlert, labels?: Patterns): Verdict {
    const { pass, message } = alertVerdict({ ...this, isNot: !isNegated(this) }, actual, rule, "firing", labels);
    return { pass: !pass, message };
  },

  toFireTimes(this: Context, actual: Period, rule: AnyAlert, times: number, labels?: Patterns): Verdict {
    if (!(actual instanceof Period)) throw new TypeError("toFireTimes asks a period: scenario.during(…)");
    actual.end.knows(rule);
    const wanted = expectation(labels);
    const firingsOf = (period: Period) => period.firings(rule).filter(({ alert }) => fits(alert, wanted));
    const found = firingsOf(actual);
    const pass = found.length === times;
    if (pass !== isNegated(this)) {
      const holds = (scenario: Scenario) => (firingsOf(actual.of(scenario)).length === times) !== isNegated(this);
      const atMs = found.at(-1)?.fromMs ?? actual.toMs;
      say(this, { scenario: actual.scenario, rule, kind: times === 0 ? "quiet" : "fires", atMs, holds });
    }
    return {
      pass,
      message: () =>
        `${rule.name}${showPatterns(wanted.labels)} fires ${count(found.length)} ${between(actual)}, and should ${this.isNot ? "not fire so often" : `fire ${count(times)}`}\n\n${showFirings(found)}\n${explain(actual.end, ruleOf(actual.end, rule))}`,
    };
  },

  toRecord(
    this: Context,
    actual: Instant,
    rule: AnyRecordingRule & { readonly name: string },
    labels: Patterns,
    value: number | ((value: number) => boolean),
  ): Verdict {
    if (!(actual instanceof Instant)) throw new TypeError("toRecord asks an instant: scenario.at(…)");
    actual.knows(rule);
    const samples = actual.recorded(rule);
    const isRecorded = (instant: Instant) =>
      instant
        .recorded(rule)
        .some(
          (sample) =>
            fitsAll(sample.labels, labels) &&
            (typeof value === "number" ? isClose(sample.value, value) : value(sample.value)),
        );
    const pass = isRecorded(actual);
    if (pass !== isNegated(this)) {
      const { scenario, atMs } = actual;
      const holds = (other: Scenario) => isRecorded(actual.of(other)) !== isNegated(this);
      say(this, { scenario, rule, kind: "records", atMs, holds });
    }
    const list = samples.map((sample) => `  ${showLabels(sample.labels)} ${shortNumber(sample.value)}`).join("\n");
    const wanted = typeof value === "number" ? shortNumber(value) : "what was asked for";
    return {
      pass,
      message: () =>
        `${rule.name}${showPatterns(labels)} is ${this.isNot ? "" : "not "}${wanted} at ${formatDuration(actual.atMs)}\n\nrecorded:${list === "" ? " nothing" : `\n${list}`}`,
    };
  },
};

expect.extend(scenarioMatchers as unknown as Parameters<typeof expect.extend>[0]);

function alertVerdict(
  context: Context,
  actual: Instant | Period,
  rule: AnyAlert,
  state: "firing" | "pending",
  labels?: Patterns,
  expected?: Expected,
): Verdict {
  const end = instantOf(actual);
  end.knows(rule);
  const wanted = expectation(labels, expected);
  const candidates = candidatesOf(actual, rule, state);
  const isFound = ({ alert }: Candidate) => fits(alert, wanted);
  const found = candidates.find(isFound);
  const pass = found !== undefined;
  if (pass !== isNegated(context)) {
    const kind = pass ? (state === "firing" ? "fires" : "pending") : "quiet";
    const holds = (scenario: Scenario) =>
      candidatesOf(actual.of(scenario), rule, state).some(isFound) !== isNegated(context);
    say(context, { scenario: end.scenario, rule, kind, atMs: found?.atMs ?? end.atMs, holds });
  }
  return {
    pass,
    message: () => {
      const what = state === "firing" ? (pass ? "fires" : "does not fire") : pass ? "is pending" : "is not pending";
      const when = actual instanceof Period ? between(actual) : `at ${formatDuration(actual.atMs)}`;
      const near = candidates.map(({ alert }) => differences(alert, wanted)).join("");
      const annotations = Object.keys(wanted.annotations).length > 0 ? ` with ${showPatterns(wanted.annotations)}` : "";
      return `${rule.name}${showPatterns(wanted.labels)}${annotations} ${what} ${when}\n\n${pass ? "" : near}${explain(end, ruleOf(end, rule))}`;
    },
  };
}

interface Candidate {
  readonly atMs: number;
  readonly alert: ActiveAlert;
}

function candidatesOf(actual: Instant | Period, rule: AnyAlert, state: "firing" | "pending"): readonly Candidate[] {
  if (actual instanceof Period) return actual.firings(rule).map(({ fromMs, alert }) => ({ atMs: fromMs, alert }));
  return actual.alerts(rule).flatMap((alert) => (alert.state === state ? [{ atMs: actual.atMs, alert }] : []));
}

/** Where an alert of the rule differs from what was expected. */
function differences(
  {
    labels,
    annotations,
  }: { readonly labels: Readonly<Record<string, string>>; readonly annotations: Readonly<Record<string, string>> },
  wanted: ReturnType<typeof expectation>,
): string {
  const lines = (texts: Readonly<Record<string, string>>, patterns: Patterns) =>
    Object.entries(patterns).flatMap(([name, pattern]) => {
      if (pattern === undefined || fitsAll(texts, { [name]: pattern })) return [];
      const shown = typeof pattern === "string" ? JSON.stringify(pattern) : String(pattern);
      return [`    ${name}: expected ${shown}, got ${JSON.stringify(texts[name] ?? "")}`];
    });
  const all = [...lines(labels, wanted.labels), ...lines(annotations, wanted.annotations)];
  return all.length === 0 ? "" : `${showLabels(labels)} differs:\n${all.join("\n")}\n\n`;
}

function instantOf(actual: Instant | Period): Instant {
  if (actual instanceof Instant) return actual;
  if (actual instanceof Period) return actual.end;
  throw new TypeError("this asks an instant or a period: scenario.at(…), scenario.during(…)");
}

function ruleOf({ scenario }: Instant, rule: AnyAlert): Rule {
  return scenario.workspace.ruleOf.get(rule) as Rule;
}

function isNegated({ isNot }: Context): boolean {
  return isNot === true;
}

function say(context: Context, assertion: Omit<Assertion, "test" | "file">): void {
  const { currentTestName: test = "", testPath: file = "" } = context;
  tell({ ...assertion, test, file });
}

function between({ fromMs, toMs }: Period): string {
  return `from ${formatDuration(fromMs)} to ${formatDuration(toMs)}`;
}

function count(times: number): string {
  return times === 1 ? "once" : times === 2 ? "twice" : `${times} times`;
}

function showFirings(firings: readonly Firing[]): string {
  return firings
    .map(({ fromMs, toMs, alert }) => {
      const end = toMs === undefined ? "and goes on" : `to ${formatDuration(toMs)}`;
      return `  ${showLabels(alert.labels)} from ${formatDuration(fromMs)} ${end}\n`;
    })
    .join("");
}

/** Equal up to what rounding does. */
function isClose(a: number, b: number): boolean {
  if (Object.is(a, b) || a === b) return true;
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}
