/** Who will have been told what and when: `out/` simulated on the series that Prometheus kept. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readConfig } from "../../../src/alertmanager/config/config.ts";
import type { NotificationReason, Timeline } from "../../../src/alertmanager/notify/notification.ts";
import { Simulator } from "../../../src/alertmanager/simulate/simulator.ts";
import type { NotificationTexts } from "../../../src/alertmanager/timeline/texts.ts";
import type { Diagnostic } from "../../../src/diagnostic/diagnostic.ts";
import { readNotificationTemplates } from "../../../src/gotemplate/notification/render.ts";
import { isMistake } from "../../../src/gotemplate/parse/ast.ts";
import { parseDuration } from "../../../src/quantity/duration.ts";
import { readRuleFile } from "../../../src/rule/file/rule-file.ts";
import type { RuleGroup } from "../../../src/rule/rule.ts";
import { address } from "../addresses.ts";
import type { Output } from "../output.ts";
import type { Notification } from "../receiver/notification.ts";
import type { LoadedGroup, Samples } from "../server/prometheus.ts";
import { postedAlerts } from "./alerts.ts";
import { keptSeries } from "./kept.ts";
import { toMessage } from "./messages.ts";

/** What a real Prometheus tells of a run. */
export interface Run {
  readonly samples: readonly Samples[];
  readonly groups: readonly LoadedGroup[];
  /** Up to when to predict, in milliseconds since 1970. */
  readonly endMs: number;
}

export interface Prediction {
  readonly notifications: readonly Notification[];
  /** Why they are sent. */
  readonly reasons: readonly NotificationReason[];
  readonly suppressions: Timeline["suppressions"];
}

/** Predicts what the receiver got. */
export function predict(output: Output, { samples, groups: loaded, endMs }: Run): Prediction {
  const kept = keptSeries(samples);
  const startMs = kept.reduce((first, { samples: [sample] }) => Math.min(first, sample?.timeMs ?? first), endMs);
  const everyMs = parseDuration(output.evaluationInterval) ?? Number.NaN;
  const posts = postedAlerts(
    output.ruleFiles.flatMap(({ path }) => rulesOf(path)),
    {
      kept,
      intervalOf: ({ intervalMs }) => intervalMs ?? everyMs,
      evaluatedAt: (group) => lastEvaluation(group, loaded),
      externalLabels: output.externalLabels,
      externalUrl: address("prometheus"),
      startMs,
      endMs,
    },
  );
  const alertmanager = alertmanagerOf(output.alertmanagerFile);
  const simulator = new Simulator(alertmanager.config, { start: startMs });
  for (const post of posts) simulator.deliver(post);
  simulator.advance(endMs);
  const { notifications, suppressions } = simulator.timeline();
  return {
    notifications: notifications.map((one) => toMessage(one, alertmanager)),
    reasons: notifications.map(({ reason }) => reason),
    suppressions,
  };
}

function rulesOf(path: string): readonly RuleGroup[] {
  const { groups, diagnostics } = readRuleFile(readFileSync(path, "utf8"), path);
  expectNone(path, diagnostics);
  return groups;
}

function lastEvaluation({ name, file }: RuleGroup, loaded: readonly LoadedGroup[]): number {
  return Date.parse(loaded.find((group) => group.name === name && group.file === file)?.lastEvaluation ?? "");
}

function alertmanagerOf(file: string): NotificationTexts {
  const { config, diagnostics } = readConfig(readFileSync(file, "utf8"), { file });
  expectNone(file, diagnostics);
  if (config === undefined) throw new Error(`${file} cannot be read`);
  const folder = join(dirname(file), "templates");
  const files = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
  const templates = readNotificationTemplates(files);
  if (isMistake(templates)) throw new Error(`${folder}: ${templates.message}`);
  return { config, templates, externalURL: address("alertmanager") };
}

function expectNone(file: string, diagnostics: readonly Diagnostic[]): void {
  const [error] = diagnostics.filter(({ severity }) => severity === "error");
  if (error !== undefined) throw new Error(`${file}: ${error.message}`);
}
