/** Counters are drawn as what they count in a time, for their values restart at any moment. */

import type { Expr } from "../../promql/ast.ts";
import { childrenOf } from "../../promql/walk.ts";
import { type DashboardCheck, type Knowledge, readableQueries } from "../dashboard-check.ts";

export const targetCounterAgg: DashboardCheck = {
  code: "dashboard/target-counter-agg",
  severity: "warning",
  about: "Counters are drawn as what they count in a time, for their values restart at any moment.",
  help: "take its rate() or increase()",
  *find(dashboard, knowledge) {
    for (const { panel, query, expr } of readableQueries(dashboard)) {
      for (const name of bareCounters(expr, knowledge, []))
        yield { panel, query, message: `draws the counter ${name} as it is` };
    }
  },
};

const COUNTED: ReadonlySet<string> = new Set(["rate", "irate", "increase"]);
/** Functions of which a counter's level is not the point. */
const OF_PRESENCE: ReadonlySet<string> = new Set(["absent", "absent_over_time", "changes", "resets", "timestamp"]);

function bareCounters(expr: Expr, { catalog }: Knowledge, around: readonly Expr[]): readonly string[] {
  if (expr.kind !== "VectorSelector")
    return childrenOf(expr).flatMap((child) => bareCounters(child, { catalog }, [...around, expr]));
  const { name = "" } = expr;
  const isCounter = name.endsWith("_total") && catalog?.(name)?.type !== "gauge";
  const call = around.findLast((node) => node.kind === "Call");
  const fine = call !== undefined && (COUNTED.has(call.func) || OF_PRESENCE.has(call.func));
  return isCounter && !fine ? [name] : [];
}
