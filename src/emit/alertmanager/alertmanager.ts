/** alertmanager.yml and its templates. https://prometheus.io/docs/alerting/latest/configuration/ */
import type { TimeInterval, TimeRange } from "../../model/time-interval.ts";
import type { AlertmanagerPlan, InhibitRule, Plan, Route } from "../../plan/plan.ts";
import { printYaml, type YamlValue } from "../../yaml/print.ts";
import type { OutputFile } from "../output-file.ts";
import type { Templates } from "../templates.ts";
import { eventRecorderYaml, globalYaml, tracingYaml } from "./global.ts";
import { receiver } from "./integration.ts";
import { printMatcher } from "./matcher.ts";

/** All files that Alertmanager reads. */
export function emitAlertmanager({ alertmanager }: Plan, templates: Templates): readonly OutputFile[] {
  return [
    { path: "alertmanager/alertmanager.yml", text: printYaml(alertmanagerYaml(alertmanager)) },
    { path: "alertmanager/templates/tocsin.tmpl", text: templates.notification({}) },
  ];
}

/** What alertmanager.yml holds. */
export function alertmanagerYaml({
  global,
  route: root,
  receivers,
  inhibitRules,
  timeIntervals,
}: AlertmanagerPlan): YamlValue {
  return {
    global: globalYaml(global),
    templates: ["templates/*.tmpl", ...(global.templates ?? [])],
    route: route(root),
    inhibit_rules: inhibitRules.length === 0 ? undefined : inhibitRules.map(inhibitRule),
    time_intervals: timeIntervals.length === 0 ? undefined : timeIntervals.map(timeInterval),
    receivers: receivers.map(receiver),
    tracing: tracingYaml(global),
    event_recorder: eventRecorderYaml(global),
  };
}

function route(node: Route): YamlValue {
  return {
    receiver: node.receiver,
    matchers: node.matchers.length === 0 ? undefined : node.matchers.map(printMatcher),
    group_by: node.groupBy,
    group_wait: node.groupWait,
    group_interval: node.groupInterval,
    repeat_interval: node.repeatInterval,
    continue: node.continue,
    active_time_intervals: node.activeTimeIntervals,
    mute_time_intervals: node.muteTimeIntervals,
    labels: node.labels,
    routes: node.routes.length === 0 ? undefined : node.routes.map(route),
  };
}

function inhibitRule({ source, target, equal }: InhibitRule): YamlValue {
  return {
    source_matchers: source.map(printMatcher),
    target_matchers: target.map(printMatcher),
    equal: equal.length === 0 ? undefined : equal,
  };
}

function timeInterval({ name, spec }: TimeInterval): YamlValue {
  return { name, time_intervals: list(spec).map(timeRange) };
}

function timeRange({ weekdays, times, daysOfMonth, months, years, location }: TimeRange): YamlValue {
  return {
    times: times && list(times).map(clockRange),
    weekdays: weekdays && list(weekdays),
    days_of_month: daysOfMonth && list(daysOfMonth),
    months: months && list(months),
    years: years && list(years),
    location,
  };
}

function clockRange(text: string): YamlValue {
  const [start, end] = text.split("-").map((clock) => clock.padStart(5, "0"));
  return { start_time: start, end_time: end };
}

function list<T extends string | TimeRange>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}
