/** Every panel says in which unit its values are. */

import { type DashboardCheck, numericPanels } from "../dashboard-check.ts";
import { isGrafanaUnit } from "../grafana-unit.ts";

export const panelUnits: DashboardCheck = {
  code: "dashboard/panel-units",
  severity: "warning",
  about: "Every panel says in which unit its values are.",
  help: 'set a unit that Grafana knows; "short" for plain numbers',
  *find(dashboard) {
    for (const panel of numericPanels(dashboard)) {
      // Words stand for the values.
      if (Object.keys(panel.mappings).length > 0) continue;
      if (panel.unit === undefined) yield { panel, message: "has no unit" };
      else if (!isGrafanaUnit(panel.unit))
        yield { panel, message: `has the unit ${panel.unit}, which Grafana does not know` };
    }
  },
};
