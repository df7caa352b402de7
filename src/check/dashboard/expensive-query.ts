/** A panel asks for no more than can be read, and computed in the time it takes to look. */

import { costOf } from "../../plan/dashboard/cost.ts";
import { type DashboardCheck, readableQueries } from "../dashboard-check.ts";

export const expensiveQuery: DashboardCheck = {
  code: "dashboard/expensive-query",
  severity: "warning",
  about: "A panel asks for no more than can be read, and computed in the time it takes to look.",
  help: "sum by fewer labels, take topk(10, …), or record the expression",
  *find(dashboard, { cardinalities, intervalMs = 30_000 }) {
    if (cardinalities === undefined) return;
    for (const { panel, query, expr } of readableQueries(dashboard)) {
      const { results, samples } = costOf(expr, cardinalities, intervalMs);
      const all = samples * (query.instant ? 1 : POINTS);
      if (results > MOST_SERIES) yield { panel, query, message: `draws up to ${results} series` };
      else if (all > MOST_SAMPLES)
        yield { panel, query, message: `looks at up to ${all} samples each time it is drawn` };
    }
  },
};

/** More series than this nobody can tell apart. */
const MOST_SERIES = 500;
/** How many points a panel draws, as a rule. */
const POINTS = 300;
/** Prometheus refuses a query that holds more at once. https://prometheus.io/docs/prometheus/latest/command-line/prometheus/ (--query.max-samples) */
const MOST_SAMPLES = 50_000_000;
