/** Dashboards: rows of panels, drawn from the same vectors that alerts are made of. */
import { z } from "zod";
import { captureOrigin } from "../source/origin.ts";
import type { AnyVector } from "../vector/instant-vector.ts";
import type { Definition } from "./definition.ts";
import { vectorSchema } from "./recording-rule.ts";
import { definitionOf } from "./schema.ts";
import type { AnyTeam, Team } from "./team.ts";

export interface PanelSpec {
  /** How it is drawn. Default: lines over time. */
  readonly as?: "timeseries" | "stat" | "gauge" | "table";
  /** A unit as Grafana names it, `"s"`, `"bytes"`, `"percentunit"`. Default: what the metric's name says. */
  readonly unit?: string;
  readonly description?: string;
  /** What a series is called: a text with `{{label}}` in it. Default: the labels that tell the series apart. */
  readonly legend?: string;
}

export interface Panel {
  readonly kind: "Panel";
  readonly title: string;
  readonly queries: readonly AnyVector[];
  readonly spec: PanelSpec;
}

export interface DashboardSpec {
  readonly owner: Team<never> | AnyTeam;
  readonly description?: string;
  readonly tags?: readonly string[];
  /** Panels by the title of their row, in the order written. */
  readonly rows: Readonly<Record<string, readonly Panel[]>>;
}

export interface Dashboard extends Definition<"Dashboard", DashboardSpec> {}

/** A panel that draws one vector, or several over one another. */
export function panel(title: string, query: AnyVector | readonly AnyVector[], spec: PanelSpec = {}): Panel {
  const queries = Array.isArray(query) ? (query as readonly AnyVector[]) : [query as AnyVector];
  return Object.freeze({ kind: "Panel", title, queries: Object.freeze(queries), spec: Object.freeze(spec) });
}

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

const panelSchema = z.strictObject({
  kind: z.literal("Panel"),
  title: z.string().min(1),
  queries: z.array(vectorSchema).min(1),
  spec: z.strictObject({
    as: z.enum(["timeseries", "stat", "gauge", "table"]).optional(),
    unit: z.string().min(1).optional(),
    description: z.string().min(1).optional(),
    legend: z.string().min(1).optional(),
  }),
});

export const dashboardSchema = z.object({
  name: z.string().min(1).max(200),
  spec: z.strictObject({
    owner: definitionOf("Team"),
    description: z.string().min(1).optional(),
    tags: z.array(z.string().min(1)).optional(),
    rows: z
      .record(z.string().min(1), z.array(panelSchema).min(1))
      .refine((rows) => Object.keys(rows).length > 0, { error: "a dashboard needs at least one row" }),
  }),
});
