/** Dashboards: rows of panels, drawn from the same vectors that alerts are made of. */
import { z } from "zod";
import { captureOrigin } from "../../source/origin.ts";
import type { Definition } from "../definition.ts";
import { definitionOf } from "../schema.ts";
import type { AnyTeam, Team } from "../team.ts";
import { type Link, linkSchema } from "./link.ts";
import { type Row, type Rows, rowList, rowsSchema } from "./row.ts";
import { type LabelVariable, variableSchema } from "./variable.ts";

/** What a dashboard is made of. */
export interface DashboardSpec {
  readonly owner: Team<never> | AnyTeam;
  readonly description?: string;
  readonly tags?: readonly string[];
  /** Panels by the title of their row, in the order written; or a list of what `row()` returns. */
  readonly rows: Rows;
  /** What a person chooses at its top, besides the data source, job and instance. */
  readonly variables?: readonly LabelVariable[];
  readonly links?: readonly Link[];
}

/** A dashboard, as `dashboard()` returns it. */
export interface Dashboard extends Definition<"Dashboard", DashboardSpec> {}

/**
 * Defines a dashboard.
 *
 * ```ts
 * const overview = dashboard("Shop", { owner: storefront, rows: { Catalog: [panel("Stock", stock)] } });
 * ```
 */
export function dashboard(title: string, spec: DashboardSpec): Dashboard {
  return Object.freeze({ kind: "Dashboard", name: title, spec: Object.freeze(spec), origin: captureOrigin(dashboard) });
}

/** The rows of a dashboard, however they were written. */
export function rowsOf({ spec }: Dashboard): readonly Row[] {
  return rowList(spec.rows);
}

/** Where a panel is written, among the arguments of `dashboard()`. */
export function panelPath(dashboard: Dashboard, row: number, panel: number): readonly PropertyKey[] {
  return Array.isArray(dashboard.spec.rows)
    ? [1, "rows", row, 1, panel]
    : [1, "rows", rowsOf(dashboard)[row]?.title ?? "", panel];
}

export const dashboardSchema = z.object({
  name: z.string().min(1).max(200),
  spec: z.strictObject({
    owner: definitionOf("Team"),
    description: z.string().min(1).optional(),
    tags: z.array(z.string().min(1)).optional(),
    rows: rowsSchema,
    variables: z.array(variableSchema).optional(),
    links: z.array(linkSchema).optional(),
  }),
});
