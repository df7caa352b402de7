/** What lowering a dashboard needs to know beside the dashboard. */
import type { Expr } from "../../promql/ast.ts";
import type { LabelFlow } from "../../promql/type/label-flow.ts";
import type { Overrides } from "../overrides.ts";
import type { HasLabel } from "./narrow.ts";
import type { Watches } from "./watch.ts";

export interface DashboardContext {
  /** What is known of an expression's results. */
  readonly flowOf: (expr: Expr) => LabelFlow;
  readonly hasLabel: HasLabel;
  /** An expression as a dashboard asks it, narrowed by labels. */
  readonly asked: (expr: Expr, labels: readonly string[]) => AskedExpr;
  readonly overrides: Overrides;
  readonly watches: Watches;
  /** An expression with what is recorded in place of the names it is recorded under. */
  readonly expanded: (expr: Expr) => Expr;
  /** One sentence about a series: what is measured, or what is recorded. */
  readonly help: (series: string) => string | undefined;
  /** The page of an alert, where there is one. */
  readonly runbook: (alert: string, service: string) => string | undefined;
  /** Where an alert is seen in Prometheus, where people reach it. */
  readonly alertPage: (alert: string) => string | undefined;
}

export interface AskedExpr {
  readonly expr: Expr;
  readonly text: string;
}
