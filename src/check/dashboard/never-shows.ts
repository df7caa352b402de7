/** A panel can show something. */

import { panelsOf } from "../../plan/dashboard/planned.ts";
import { type DashboardCheck, flowOf, readableQueries } from "../dashboard-check.ts";

export const neverShows: DashboardCheck = {
  code: "dashboard/never-shows",
  severity: "warning",
  about: "A panel can show something.",
  help: "look at the labels and values that its parts can have",
  *find(dashboard, knowledge) {
    for (const { panel, query, expr } of readableQueries(dashboard)) {
      const { when, reason } = flowOf(expr, knowledge).returns;
      if (when === "never")
        yield { panel, query, message: `can never show anything in query ${query.refId}: ${reason}` };
    }
    for (const panel of panelsOf(dashboard)) {
      if (panel.queries.length > 0 && panel.queries.every(({ hidden }) => hidden))
        yield { panel, message: "can never show anything: all of its queries are hidden" };
    }
  },
};
