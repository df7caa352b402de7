/** Whether the servers hold what the build wrote: compared in one notation, since each formats in its own way. */
import { parseOrThrow } from "../../src/promql/parse/parse.ts";
import { print } from "../../src/promql/print/print.ts";
import { parseDuration } from "../../src/quantity/duration.ts";
import type { Output, Rule, RuleGroup } from "./output.ts";
import { alertmanager } from "./server/alertmanager.ts";
import { type LoadedRule, prometheus } from "./server/prometheus.ts";
import { expect, expectSame } from "./wait.ts";

/** Every target that the build names answers, and there is no other. */
export async function expectTargetsUp({ scrapeJobs }: Output): Promise<number> {
  const targets = await prometheus.targets();
  expectSame(
    targets.map(({ labels }) => `${labels.job} at ${labels.instance}`),
    scrapeJobs.flatMap(({ job_name, static_configs }) =>
      static_configs.flatMap(({ targets }) => targets.map((target) => `${job_name} at ${target}`)),
    ),
  );
  const down = targets.filter(({ health }) => health !== "up");
  expect(
    down.length === 0,
    down
      .map(({ labels, health, lastError }) => `${labels.job} at ${labels.instance} is ${health}: ${lastError}`)
      .join("\n"),
  );
  return targets.length;
}

/** Prometheus holds the rules of the build, all of them and no others, word for word. */
export async function expectRulesLoaded({ ruleFiles, evaluationInterval }: Output): Promise<number> {
  const loaded = (await prometheus.groups()).flatMap(({ file, name, interval, limit, rules }) =>
    rules.map((rule) => canonical(file, name, interval, limit, fromPrometheus(rule))),
  );
  const written = ruleFiles.flatMap(({ path, groups }) =>
    groups.flatMap((group) =>
      group.rules.map((rule) =>
        canonical(
          path,
          group.name,
          seconds(group.interval ?? evaluationInterval),
          group.limit ?? 0,
          fromFile(rule, group),
        ),
      ),
    ),
  );
  expectSame(loaded, written);
  return written.length;
}

/** Every rule was evaluated, without an error. */
export async function expectRulesHealthy(): Promise<void> {
  const ill = (await prometheus.groups())
    .flatMap(({ rules }) => rules)
    .filter(({ health }) => health !== "ok")
    .map(({ name, health, lastError }) => `${name}: ${health} ${lastError ?? ""}`);
  expect(ill.length === 0, ill.join("\n"));
}

/** Alertmanager knows every receiver of the build, and no other. */
export async function expectReceiversLoaded({ alertmanager: { receivers } }: Output): Promise<number> {
  const names = receivers.map(({ name }) => name);
  expectSame(
    (await alertmanager.receivers()).map(({ name }) => name),
    names,
  );
  return names.length;
}

/** What both sides say of a rule. Durations are in seconds. */
interface Comparable {
  readonly kind: string;
  readonly name: string;
  readonly expr: string;
  readonly for: number;
  readonly keepFiringFor: number;
  readonly labels: object;
  readonly annotations: object;
}

function fromPrometheus({ type, name, query, duration, keepFiringFor, labels, annotations }: LoadedRule): Comparable {
  return {
    kind: type,
    name,
    expr: query,
    for: duration ?? 0,
    keepFiringFor: keepFiringFor ?? 0,
    labels: labels ?? {},
    annotations: annotations ?? {},
  };
}

function fromFile(rule: Rule, { labels: ofGroup }: RuleGroup): Comparable {
  return {
    kind: rule.alert === undefined ? "recording" : "alerting",
    name: rule.alert ?? rule.record ?? "",
    expr: rule.expr,
    for: seconds(rule.for ?? "0s"),
    keepFiringFor: seconds(rule.keep_firing_for ?? "0s"),
    labels: { ...ofGroup, ...rule.labels },
    annotations: rule.annotations ?? {},
  };
}

function canonical(file: string, group: string, interval: number, limit: number, rule: Comparable): string {
  return JSON.stringify({
    file,
    group,
    interval,
    limit,
    ...rule,
    expr: print(parseOrThrow(rule.expr)),
    labels: sorted(rule.labels),
    annotations: sorted(rule.annotations),
  });
}

function sorted(object: object): object {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function seconds(duration: string): number {
  return (parseDuration(duration) ?? Number.NaN) / 1000;
}
