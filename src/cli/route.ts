/**
 * `tocsin route`: who gets an alert, by which path, grouped how, and what would keep it back. What the command prints is
 * made here; where its arguments come from is not its concern.
 */

import type { AlertmanagerConfig } from "../alertmanager/config/config.ts";
import { compileInhibitRules } from "../alertmanager/inhibit/rule.ts";
import { labelValue, matchesAll } from "../alertmanager/matcher/compile.ts";
import { isMatcherMistake } from "../alertmanager/matcher/mistake.ts";
import { parseMatchers } from "../alertmanager/matcher/parse-matchers.ts";
import { printMatcher, printMatchers } from "../alertmanager/matcher/print.ts";
import { explainRoutes, type RouteVisit, takenPaths } from "../alertmanager/route/explain.ts";
import { compileRoutes, type Route } from "../alertmanager/route/route.ts";
import { groupPlace } from "../alertmanager/simulate/group.ts";
import { IntervalClock } from "../alertmanager/time-interval/interval-clock.ts";
import { printLabels } from "../alertmanager/timeline/print.ts";
import { type Diagnostic, lineAndColumn } from "../diagnostic/diagnostic.ts";
import { nearMiss } from "../diagnostic/near-miss.ts";
import type { LabelSet } from "../label/label-set.ts";
import type { Matcher } from "../label/matcher.ts";
import { formatDuration } from "../quantity/duration.ts";
import { UsageError } from "./command.ts";

/** What a route decides for an alert. Durations are in milliseconds. */
export interface RouteAnswer {
  readonly receiver: string;
  /** The matchers of each route from the root to the one that takes the alert. */
  readonly path: readonly string[];
  readonly groupLabels: LabelSet;
  readonly groupKey: string;
  readonly groupWait: number;
  readonly groupInterval: number;
  readonly repeatInterval: number;
  /** The time intervals that keep it back at the instant that was asked for. */
  readonly mutedBy: readonly string[];
}

/** Rules that would inhibit an alert while a source fires. */
export interface InhibitedBy {
  /** The rule's position, from 0. */
  readonly rule: number;
  readonly name: string;
  /** What a source must look like: the rule's matchers, and the alert's own values of its `equal` labels. */
  readonly source: readonly string[];
}

export interface RouteExplanation {
  readonly labels: LabelSet;
  readonly answers: readonly RouteAnswer[];
  readonly inhibitedBy: readonly InhibitedBy[];
  readonly visit: RouteVisit;
}

/** Reads `LABEL=VALUE` arguments, or says which one is none. */
export function parseLabels(args: readonly string[]): { readonly labels: LabelSet } | { readonly mistake: string } {
  const labels: Record<string, string> = {};
  for (const arg of args) {
    const parsed = parseMatchers(arg);
    const [matcher, ...others] = isMatcherMistake(parsed) ? [] : parsed.matchers;
    if (matcher === undefined || others.length > 0 || matcher.op !== "=")
      return { mistake: `${JSON.stringify(arg)} is no label: write it as severity=page.` };
    labels[matcher.name] = matcher.value;
  }
  return { labels };
}

/** Tells what a configuration does with an alert at `at`, milliseconds since 1970. */
export function explainRoute(config: AlertmanagerConfig, labels: LabelSet, at: number): RouteExplanation {
  const root = compileRoutes(config.route);
  const visit = explainRoutes(root, labels);
  const named = [...config.mute_time_intervals, ...config.time_intervals];
  const clock = new IntervalClock(new Map(named.map(({ name, time_intervals }) => [name, time_intervals])));
  const answers = takenPaths(visit).map((path) => answer(path, labels, clock, at));
  const rules = compileInhibitRules(config.inhibit_rules).filter(({ target }) => matchesAll(target, labels));
  const inhibitedBy = rules.map(({ index, config: { name }, source, equal }) => {
    const same = equal.map((label): Matcher => ({ name: label, op: "=", value: labelValue(labels, label) }));
    return { rule: index, name, source: [...source, ...same].map(printMatcher) };
  });
  return { labels, answers, inhibitedBy, visit };
}

function answer(path: readonly Route[], labels: LabelSet, clock: IntervalClock, at: number): RouteAnswer {
  const route = path.at(-1) as Route;
  const { receiver, groupWait, groupInterval, repeatInterval, muteTimeIntervals, activeTimeIntervals } = route.options;
  const inactive = activeTimeIntervals.length > 0 && clock.during(activeTimeIntervals, at).length === 0;
  const { labels: groupLabels, groupKey } = groupPlace(route, labels);
  return {
    receiver,
    path: path.map(({ matchers }) => printMatchers(matchers)),
    groupLabels,
    groupKey,
    groupWait,
    groupInterval,
    repeatInterval,
    mutedBy: [...clock.during(muteTimeIntervals, at), ...(inactive ? activeTimeIntervals : [])],
  };
}

/** The explanation for people. */
export function printExplanation({ labels, answers, inhibitedBy, visit }: RouteExplanation, at: number): string {
  const lines = [
    `An alert ${printLabels(labels)} goes to ${answers.map(({ receiver }) => receiver).join(" and ")}.`,
    "",
  ];
  printVisit(visit, labels, "", lines);
  for (const one of answers) {
    lines.push("", one.receiver);
    lines.push(`  group      ${printLabels(one.groupLabels)}`);
    lines.push(
      `  timing     first after ${formatDuration(one.groupWait)}, changes every ${formatDuration(one.groupInterval)}, repeated after ${formatDuration(one.repeatInterval)}`,
    );
    if (one.mutedBy.length > 0)
      lines.push(`  kept back  by ${one.mutedBy.join(", ")} at ${new Date(at).toISOString()}`);
  }
  for (const { source, name, rule } of inhibitedBy)
    lines.push(
      "",
      `Inhibited by ${name === "" ? `rule ${rule + 1}` : name} while an alert fires with ${source.join(", ")}.`,
    );
  return `${lines.join("\n")}\n`;
}

function printVisit({ route, outcome, children }: RouteVisit, labels: LabelSet, indent: string, lines: string[]): void {
  const name = `${printMatchers(route.matchers)} → ${route.options.receiver}`;
  lines.push(`${indent}${MARK[outcome.kind]} ${name}${why(outcome, labels)}`);
  // Of routes that nothing got to, one line is enough.
  for (const child of children)
    if (child.outcome.kind !== "not-reached") printVisit(child, labels, `${indent}  `, lines);
  const unreached = children.filter(({ outcome: { kind } }) => kind === "not-reached").length;
  if (unreached > 0) lines.push(`${indent}    ${unreached} more not tried: the route before them does not continue`);
}

const MARK: Readonly<Record<RouteVisit["outcome"]["kind"], string>> = {
  taken: "✓",
  "passed-down": "│",
  "no-match": "·",
  "not-reached": "·",
};

function why(outcome: RouteVisit["outcome"], labels: LabelSet): string {
  if (outcome.kind !== "no-match") return "";
  const { name } = outcome.matcher;
  const found =
    outcome.value === ""
      ? `there is no ${name}${insteadOf(name, labels)}`
      : `${name} is ${JSON.stringify(outcome.value)}`;
  return `  (${found})`;
}

/** The label that was given where this one was most likely meant. */
function insteadOf(name: string, labels: LabelSet): string {
  const near = nearMiss(name, Object.keys(labels));
  return near === undefined ? "" : `, but ${near}`;
}

/** Reads an instant given on the command line. */
export function instantOf(written: string): number {
  const at = Date.parse(written);
  if (Number.isNaN(at))
    throw new UsageError(`${JSON.stringify(written)} is no instant: write it as 2026-03-01T23:00:00Z.`);
  return at;
}

/** One line a problem, as compilers print them. */
export function printProblems(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map(({ severity, code, message, help, place }) => {
      const at = place === undefined ? undefined : lineAndColumn(place.source, place.start);
      const where = at === undefined ? "" : `${place?.file ?? ""}:${at.line}:${at.column}: `;
      return `${where}${severity} ${code}: ${message}${help === undefined ? "" : ` ${help}`}\n`;
    })
    .join("");
}
