/** Dashboards: rows of panels, drawn from the same vectors that alerts are made of. */
import { z } from "zod";
import { captureOrigin } from "../../source/origin.ts";
import type { Definition } from "../definition.ts";
import { definitionOf, positiveDuration } from "../schema.ts";
import type { AnyTeam, Team } from "../team.ts";
import { type Link, linkSchema } from "./link.ts";
import { type Row, type Rows, rowList, rowsSchema } from "./row.ts";
import { type Variable, variableSchema } from "./variable.ts";

/** What a dashboard is made of. */
export interface DashboardSpec {
  readonly owner: Team<never> | AnyTeam;
  readonly description?: string;
  readonly tags?: readonly string[];
  /** Panels by the title of their row, in the order written; or a list of what `row()` returns. */
  readonly rows: Rows;
  /** What a person chooses at its top, besides the data source, job and instance. */
  readonly variables?: readonly Variable[];
  readonly links?: readonly Link[];
  /** The time that it shows when it opens. Default: the last 6 hours. */
  readonly over?: string;
  /** How often it asks anew; `false` for never. Default: each minute. */
  readonly refresh?: string | false;
  /** Whose clock its times are of: the reader's, `"utc"`, or a place's, `"Europe/Berlin"`. Default: the reader's. */
  readonly timezone?: string;
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

const timezone = z.string().refine((name) => name === "browser" || isTimeZone(name), {
  error: ({ input }) => `${JSON.stringify(input)} is no time zone: write "browser", "utc" or one like "Europe/Berlin"`,
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
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
    over: positiveDuration.optional(),
    refresh: z.union([z.literal(false), positiveDuration]).optional(),
    timezone: timezone.optional(),
  }),
});
