/** Queries, rows and panels use only variables that the dashboard has. */

import { didYouMean } from "../../diagnostic/near-miss.ts";
import { variablesIn } from "../../plan/dashboard/interpolate.ts";
import { type DashboardCheck, prometheusQueries } from "../dashboard-check.ts";

export const unknownVariable: DashboardCheck = {
  code: "dashboard/unknown-variable",
  severity: "warning",
  about: "Queries, rows and panels use only variables that the dashboard has.",
  help: "add the variable, or correct its name",
  *find(dashboard) {
    const known = dashboard.variables.map(({ name }) => name);
    const unknown = (name: string) =>
      `the variable ${name}, which the dashboard does not have.${didYouMean(name, known)}`;
    for (const { title, repeat, panels } of dashboard.rows) {
      if (repeat !== undefined && !known.includes(repeat))
        yield { message: `repeats its row ${JSON.stringify(title ?? "")} for ${unknown(repeat)}` };
      for (const panel of panels)
        if (panel.repeat !== undefined && !known.includes(panel.repeat))
          yield { panel, message: `is repeated for ${unknown(panel.repeat)}` };
    }
    for (const { panel, query } of prometheusQueries(dashboard)) {
      for (const name of variablesIn(query.text)) {
        // Grafana's own begin with two underscores; "$1" is a group of a regular expression.
        if (name.startsWith("__") || /^\d/.test(name) || known.includes(name)) continue;
        yield { panel, query, message: `uses ${unknown(name)}` };
      }
    }
  },
};
