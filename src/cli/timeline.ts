/**
 * `tocsin timeline FILE`: a scenario of alerts over time, and who reads what at which minute.
 *
 *     config: alertmanager.yml
 *     start: 2026-03-02T08:00:00Z
 *     length: 12h
 *     evaluation_interval: 1m
 *     alerts:
 *       - labels: { alertname: SoldOut, severity: page }
 *         annotations: { summary: mug is sold out }
 *         fires: 5m
 *         resolves: 2h
 *     silences:
 *       - matchers: ['sku="mug"']
 *         from: 30m
 *         to: 1h
 */
import type { AlertmanagerConfig } from "../alertmanager/config/config.ts";
import { matchersShape } from "../alertmanager/config/matchers.ts";
import { duration } from "../alertmanager/config/value/shapes.ts";
import type { Timeline } from "../alertmanager/notify/notification.ts";
import { deliveriesOf } from "../alertmanager/send/prometheus.ts";
import { Simulator } from "../alertmanager/simulate/simulator.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { readYaml } from "../yaml/read.ts";
import { list, mapOf, optional, otherwise, Reading, readShape, type Shaped, struct, text } from "../yaml/shape.ts";
import { instant } from "./route-suite.ts";

const HOUR = 3_600_000;
const MONDAY = Date.UTC(2026, 2, 2);

const scenarioShape = struct("scenario", {
  config: text,
  start: otherwise(instant, MONDAY),
  length: otherwise(duration, 24 * HOUR),
  evaluation_interval: otherwise(duration, 60_000),
  alerts: list(
    struct("alert", { labels: mapOf(text), annotations: mapOf(text), fires: duration, resolves: optional(duration) }),
  ),
  silences: list(struct("silence", { matchers: matchersShape("fallback"), from: duration, to: optional(duration) })),
});

export type Scenario = Shaped<typeof scenarioShape>;

/** Reads a scenario; its instants count from its start, and its alerts begin and end at an evaluation. */
export function readScenario(
  source: string,
  file: string,
): { readonly scenario: Scenario; readonly diagnostics: readonly Diagnostic[] } {
  const { root, diagnostics } = readYaml(source, file);
  const reading = new Reading(source, file);
  const scenario = root === undefined ? scenarioShape.zero : readShape(scenarioShape, root, reading);
  return { scenario, diagnostics: [...diagnostics, ...reading.diagnostics] };
}

/** Runs a scenario. */
export function runScenario(config: AlertmanagerConfig, scenario: Scenario): Timeline {
  const { start, length, evaluation_interval: interval, alerts, silences } = scenario;
  const simulator = new Simulator(config, {
    start,
    silences: silences.map(({ matchers, from, to }, i) => ({
      id: `silence ${i + 1}`,
      matchers,
      startsAt: start + from,
      endsAt: start + (to ?? length),
    })),
  });
  // Only an evaluation sees that something has changed.
  const evaluation = (after: number) => start + Math.ceil(after / interval) * interval;
  for (const { labels, annotations, fires, resolves } of alerts) {
    const resolvedAt = resolves === undefined ? undefined : evaluation(resolves);
    for (const delivery of deliveriesOf(
      { labels, annotations, firedAt: evaluation(fires), resolvedAt },
      { interval },
      start + length,
    ))
      simulator.deliver(delivery);
  }
  simulator.advance(start + length);
  return simulator.timeline();
}
