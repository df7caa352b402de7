/** Queries in which a dashboard's variables stand: what no alert and no recording rule could be. */
import { z } from "zod";
import { analyze } from "../../promql/analyze.ts";
import type { Expr } from "../../promql/ast.ts";
import type { PromqlError } from "../../promql/error.ts";
import { text } from "../../vector/build.ts";

/** A query of a panel with a dashboard's variables in it, as `dashboardQuery()` returns it. */
export interface DashboardQuery {
  readonly kind: "DashboardQuery";
  readonly text: string;
  readonly ast: Expr;
  readonly errors: readonly PromqlError[];
}

/**
 * A query as Grafana sends it, with variables of the dashboard in it.
 *
 * ```ts
 * panel("Most in stock", dashboardQuery("topk($most, sku:catalog_inventory_items:sum)"));
 * ```
 */
export function dashboardQuery(written: string): DashboardQuery {
  const { expr, errors } = analyze(written, { variables: true });
  return Object.freeze({ kind: "DashboardQuery", text: written, ast: expr ?? text(""), errors });
}

export const dashboardQuerySchema = z.custom<DashboardQuery>(
  (value) => typeof value === "object" && value !== null && "kind" in value && value.kind === "DashboardQuery",
  { error: "expected a vector, or what dashboardQuery() returns" },
);
