/** The unit of a panel is that of what it draws. */

import { unitOfValue } from "../../plan/dashboard/unit.ts";
import { type DashboardCheck, flowOf, readableQueries } from "../dashboard-check.ts";
import { contradicts } from "../grafana-unit.ts";

export const unitMismatch: DashboardCheck = {
  code: "dashboard/unit-mismatch",
  severity: "warning",
  about: "The unit of a panel is that of what it draws.",
  help: "take the unit away, so that the metric's own is used, or convert the values",
  *find(dashboard, knowledge) {
    for (const { panel, query, expr } of readableQueries(dashboard)) {
      const actual = unitOfValue(flowOf(expr, knowledge).value);
      if (panel.unit === undefined || actual === undefined || !contradicts(panel.unit, actual)) continue;
      yield { panel, query, message: `shows in ${panel.unit} what is in ${actual}` };
    }
  },
};
