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
  const teams = [...new Set(dashboards.map(({ spec }) => spec.owner.name))].sort();
  const path = (grafana.path ?? DEFAULT_PATH).replace(/\/+$/, "");
  return [
    ...dashboards.map(emitDashboard),
    {
      path: "grafana/provisioning/dashboards/tocsin.yml",
      text: printYaml({
        apiVersion: 1,
        providers: teams.map((team) => ({
          name: `tocsin-${slug(team)}`,
          folder: team,
          folderUid: `tocsin-${slug(team)}`,
          type: "file",
          disableDeletion: false,
          allowUiUpdates: false,
          options: { path: `${path}/${slug(team)}` },
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
