/** A panel reads only what something provides: a declared metric, a recording rule. */

import { didYouMean } from "../../diagnostic/near-miss.ts";
import { holdsVariable } from "../../promql/language.ts";
import { type DashboardCheck, isOfPrometheus, readableQueries, selectorsOf } from "../dashboard-check.ts";

export const unknownSeries: DashboardCheck = {
  code: "dashboard/unknown-series",
  severity: "warning",
  about: "A panel reads only what something provides: a declared metric, a recording rule.",
  help: "declare the metric, record it, or correct its name",
  *find(dashboard, { series }) {
    if (series === undefined) return;
    for (const { panel, query, expr } of readableQueries(dashboard)) {
      for (const { name } of selectorsOf(expr)) {
        if (name === undefined || series.has(name) || isOfPrometheus(name) || holdsVariable(name)) continue;
        yield { panel, query, message: `reads ${name}, which nothing provides.${didYouMean(name, series)}` };
      }
    }
  },
};
