/** Queries use only variables that the dashboard has. */

import { didYouMean } from "../../diagnostic/near-miss.ts";
import { variablesIn } from "../../plan/dashboard/interpolate.ts";
import { type DashboardCheck, prometheusQueries } from "../dashboard-check.ts";

export const unknownVariable: DashboardCheck = {
  code: "dashboard/unknown-variable",
  severity: "warning",
  about: "Queries use only variables that the dashboard has.",
  help: "add the variable, or correct its name",
  *find(dashboard) {
    const known = dashboard.variables.map(({ name }) => name);
    for (const { panel, query } of prometheusQueries(dashboard)) {
      for (const name of variablesIn(query.text)) {
        // Grafana's own begin with two underscores; "$1" is a group of a regular expression.
        if (name.startsWith("__") || /^\d/.test(name) || known.includes(name)) continue;
        yield {
          panel,
          query,
          message: `uses the variable ${name}, which the dashboard does not have.${didYouMean(name, known)}`,
        };
      }
    }
  },
};
