/** Every panel has something to draw. */
import { type DashboardCheck, numericPanels } from "../dashboard-check.ts";

export const panelNoTargets: DashboardCheck = {
  code: "dashboard/panel-no-targets",
  severity: "warning",
  about: "Every panel has something to draw.",
  help: "give it a query, or remove it",
  *find(dashboard) {
    for (const panel of numericPanels(dashboard))
      if (panel.queries.length === 0) yield { panel, message: "has no query" };
  },
};
