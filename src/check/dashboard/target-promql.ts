/** Queries for Prometheus can be read. */

import { panelsOf } from "../../plan/dashboard/planned.ts";
import { formatPromqlError } from "../../promql/error.ts";
import { type DashboardCheck, prometheusQueries } from "../dashboard-check.ts";

export const targetPromql: DashboardCheck = {
  code: "dashboard/target-promql",
  severity: "error",
  about: "Queries for Prometheus can be read.",
  help: "correct the query; Prometheus would refuse it",
  *find(dashboard) {
    for (const { panel, query } of prometheusQueries(dashboard)) {
      const [first] = query.errors;
      if (first !== undefined)
        yield { panel, query, message: `asks ${query.text}: ${formatPromqlError(query.text, first)}` };
    }
    for (const panel of panelsOf(dashboard)) {
      const empty = panel.queries.filter(({ text, skipped }) => text === "" && skipped === "its expression is empty");
      for (const query of panel.as === "other" || panel.as === "alerts" ? [] : empty)
        yield { panel, query, message: `asks nothing in query ${query.refId}` };
    }
  },
};
