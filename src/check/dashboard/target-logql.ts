/** Queries for Loki can be read. */

import { type DashboardCheck, lokiQueries } from "../dashboard-check.ts";
import { logqlMistake } from "../logql.ts";

export const targetLogql: DashboardCheck = {
  code: "dashboard/target-logql",
  severity: "error",
  about: "Queries for Loki can be read.",
  help: "correct the query; Loki would refuse it",
  *find(dashboard) {
    for (const { panel, query } of lokiQueries(dashboard)) {
      const mistake = logqlMistake(query.text);
      if (mistake !== undefined) yield { panel, query, message: `asks ${query.text}: ${mistake}` };
    }
  },
};
