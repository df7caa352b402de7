/** Rates follow the resolution of the dashboard, so that no sample falls between two points. */

import { SMOOTHING_MS } from "../../plan/dashboard/narrow.ts";
import { walk } from "../../promql/walk.ts";
import { type DashboardCheck, readableQueries } from "../dashboard-check.ts";

export const targetRateInterval: DashboardCheck = {
  code: "dashboard/target-rate-interval",
  severity: "warning",
  about: "Rates follow the resolution of the dashboard, so that no sample falls between two points.",
  help: "use $__rate_interval as its window; a window of more than ten minutes is taken to be meant",
  *find(dashboard) {
    for (const { panel, query, expr } of readableQueries(dashboard)) {
      for (const node of walk(expr)) {
        if (node.kind !== "Call" || (node.func !== "rate" && node.func !== "irate")) continue;
        const [arg] = node.args;
        if (arg?.kind !== "MatrixSelector" || arg.range.kind !== "DurationLiteral") continue;
        const { raw, ms } = arg.range;
        if (/^\$\{?__rate_interval\}?$/.test(raw) || ms > SMOOTHING_MS) continue;
        yield { panel, query, message: `takes a ${node.func} over ${raw}, whatever the dashboard shows` };
      }
    }
  },
};
