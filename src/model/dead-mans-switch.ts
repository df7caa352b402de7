/** Dead man's switches: alerts that always fire, so that silence says that alerting itself is broken. */
import type { DurationText } from "../quantity/duration.ts";
import { captureOrigin } from "../source/origin.ts";
import { vector } from "../vector/instant-vector.ts";
import type { AlertingRule, AnyAlertSpec } from "./alert.ts";
import type { Receivers } from "./receiver/receiver.ts";
import type { AnyService } from "./service.ts";

/** What a dead man's switch is made of. */
export interface DeadMansSwitchSpec {
  /** Whose rules it is one of: mostly Prometheus itself. */
  readonly service: AnyService;
  /** Who listens for it, and raises the alarm when it falls silent. Nobody else hears of it. */
  readonly receiver: Receivers;
  /** How often it is to be heard at least. */
  readonly every: DurationText;
  readonly summary?: string;
}

/**
 * Defines a dead man's switch: an alert that always fires and goes to one receiver, again and again, by a route of its own.
 *
 * ```ts
 * const watchdog = deadMansSwitch("Watchdog", {
 *   service: prometheus,
 *   receiver: webhook("heartbeats", { urlFile: "/etc/alertmanager/heartbeat-url" }),
 *   every: "5m",
 * });
 * ```
 */
export function deadMansSwitch(name: string, spec: DeadMansSwitchSpec): AlertingRule<never> {
  const { service, receiver, every, summary = "Alerts arrive. When this is no longer heard, they do not." } = spec;
  return Object.freeze({
    kind: "AlertingRule",
    name,
    spec: Object.freeze({
      service,
      when: vector(1),
      severity: "none",
      summary: () => summary,
      heartbeat: { receiver, every },
    }) as unknown as AnyAlertSpec,
    origin: captureOrigin(deadMansSwitch),
  });
}
