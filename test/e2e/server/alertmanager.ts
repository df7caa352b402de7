/** Alertmanager's side of the run. https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
import type { LabelSet } from "../../../src/label/label-set.ts";
import { address, HOST, PORTS } from "../addresses.ts";
import { expectAnswer, getJson } from "./http.ts";

export interface KnownAlert {
  readonly labels: LabelSet;
  readonly status: {
    readonly state: "active" | "suppressed" | "unprocessed";
    /** Fingerprints of the alerts that keep it quiet. */
    readonly inhibitedBy: readonly string[];
  };
  readonly fingerprint: string;
}

export function alertmanagerArguments(configFile: string, data: string): readonly string[] {
  return [
    `--config.file=${configFile}`,
    `--storage.path=${data}`,
    `--web.listen-address=${HOST}:${PORTS.alertmanager}`,
    "--cluster.listen-address=",
    // Notifications link to it; it would take the name of the machine.
    `--web.external-url=${address("alertmanager")}`,
  ];
}

export const alertmanager = {
  ready: () => expectAnswer(address("alertmanager", "/-/ready")),
  receivers: () => getJson<readonly { name: string }[]>(address("alertmanager", "/api/v2/receivers")),
  alerts: () => getJson<readonly KnownAlert[]>(address("alertmanager", "/api/v2/alerts")),
} as const;
