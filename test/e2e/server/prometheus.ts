/** Prometheus's side of the run. https://prometheus.io/docs/prometheus/latest/querying/api/ */
import type { LabelSet } from "../../../src/label/label-set.ts";
import { address, HOST, PORTS } from "../addresses.ts";
import { expectAnswer, getJson } from "./http.ts";

export interface Target {
  readonly labels: LabelSet;
  readonly health: "up" | "down" | "unknown";
  readonly lastError: string;
}

export interface LoadedGroup {
  readonly file: string;
  readonly name: string;
  /** In seconds. */
  readonly interval: number;
  readonly limit: number;
  /** In RFC 3339. */
  readonly lastEvaluation: string;
  readonly rules: readonly LoadedRule[];
}

export interface LoadedRule {
  readonly type: "alerting" | "recording";
  readonly name: string;
  readonly query: string;
  /** In seconds. */
  readonly duration?: number;
  /** In seconds. */
  readonly keepFiringFor?: number;
  readonly labels?: LabelSet;
  readonly annotations?: LabelSet;
  readonly health: "ok" | "err" | "unknown";
  readonly lastError?: string;
}

export interface ActiveAlert {
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
  readonly state: "pending" | "firing";
  readonly value: string;
}

/** A series with its samples: seconds since 1970, and values. */
export interface Samples {
  readonly metric: LabelSet;
  readonly values: readonly (readonly [number, string])[];
}

export function prometheusArguments(configFile: string, data: string): readonly string[] {
  return [
    `--config.file=${configFile}`,
    `--storage.tsdb.path=${data}`,
    `--web.listen-address=${HOST}:${PORTS.prometheus}`,
    // It would look only every 5 s at which targets there are.
    "--scrape.discovery-reload-interval=1s",
  ];
}

export const prometheus = {
  ready: () => expectAnswer(address("prometheus", "/-/ready")),
  targets: async () => (await ask<{ activeTargets: readonly Target[] }>("targets?state=active")).activeTargets,
  groups: async () => (await ask<{ groups: readonly LoadedGroup[] }>("rules")).groups,
  alerts: async () => (await ask<{ alerts: readonly ActiveAlert[] }>("alerts")).alerts,
  /** Where it sends alerts. */
  alertmanagers: async () =>
    (await ask<{ activeAlertmanagers: readonly { url: string }[] }>("alertmanagers")).activeAlertmanagers,
  /** The samples of a range selector, stale markers left out. */
  samples: async (selector: string) =>
    (await ask<{ result: readonly Samples[] }>(`query?query=${encodeURIComponent(selector)}`)).result,
} as const;

async function ask<T>(question: string): Promise<T> {
  return (await getJson<{ data: T }>(address("prometheus", `/api/v1/${question}`))).data;
}
