/** Every panel says what it shows. */
import { type DashboardCheck, numericPanels } from "../dashboard-check.ts";

export const panelTitleDescription: DashboardCheck = {
  code: "dashboard/panel-title-description",
  severity: "warning",
  about: "Every panel says what it shows.",
  help: "give it a title and a description",
  *find(dashboard) {
    for (const panel of numericPanels(dashboard)) {
      const missing = [
        ...(panel.title === "" ? ["title"] : []),
        ...(panel.description === undefined ? ["description"] : []),
      ];
      if (missing.length > 0) yield { panel, message: `has no ${missing.join(" and no ")}` };
    }
  },
};
