/** Ranges of queries for Loki follow the resolution of the dashboard. */

import { type DashboardCheck, lokiQueries } from "../dashboard-check.ts";
import { logqlRanges } from "../logql.ts";

export const targetLogqlAuto: DashboardCheck = {
  code: "dashboard/target-logql-auto",
  severity: "warning",
  about: "Ranges of queries for Loki follow the resolution of the dashboard.",
  help: "use $__auto as its range",
  *find(dashboard) {
    for (const { panel, query } of lokiQueries(dashboard)) {
      const fixed = logqlRanges(query.text).find((range) => !/^\$(?:__auto|\{__auto\})$/.test(range));
      if (fixed !== undefined) yield { panel, query, message: `asks over ${fixed}, whatever the dashboard shows` };
    }
  },
};
