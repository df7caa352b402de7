/** Everything that Grafana provisions: dashboards in a folder for each team, and where their data comes from. */

import { slug } from "../../plan/conventions.ts";
import type { Plan } from "../../plan/plan.ts";
import { printYaml } from "../../yaml/print.ts";
import type { OutputFile } from "../output-file.ts";
import { emitDashboard } from "./dashboard.ts";

const DEFAULT_PATH = "/etc/grafana/dashboards";

/** https://grafana.com/docs/grafana/latest/administration/provisioning/ */
export function emitGrafana({ dashboards, grafana }: Plan): readonly OutputFile[] {
  if (dashboards.length === 0) return [];
  const folders = new Map(dashboards.map(({ owner = "" }) => [slug(owner), owner]));
  const path = (grafana.path ?? DEFAULT_PATH).replace(/\/+$/, "");
  return [
    ...dashboards.map((dashboard) => emitDashboard(dashboard, grafana.schema)),
    {
      path: "grafana/provisioning/dashboards/tocsin.yml",
      text: printYaml({
        apiVersion: 1,
        providers: [...folders].sort(byName).map(([name, folder]) => ({
          name: `tocsin-${name}`,
          folder,
          folderUid: `tocsin-${name}`,
          type: "file",
          disableDeletion: false,
          allowUiUpdates: false,
          options: { path: `${path}/${name}` },
        })),
      }),
    },
    {
      path: "grafana/provisioning/datasources/tocsin.yml",
      text: printYaml({
        apiVersion: 1,
        datasources: [
          {
            name: "Prometheus",
            uid: "tocsin-prometheus",
            type: "prometheus",
            access: "proxy",
            url: grafana.prometheusUrl ?? "http://localhost:9090",
            isDefault: true,
            editable: false,
          },
        ],
      }),
    },
  ];
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
