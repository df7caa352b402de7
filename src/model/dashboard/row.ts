/** Rows: panels under one title. */
import { z } from "zod";
import { type Panel, panelSchema } from "./panel.ts";

/** How a row looks. */
export interface RowSpec {
  /** Whether it is closed when the dashboard opens. */
  readonly collapsed?: boolean;
  /** Draws the row once for each value of this variable. */
  readonly repeat?: string;
}

/** A row of panels, as `row()` returns it. */
export interface Row {
  readonly kind: "Row";
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly spec: RowSpec;
}

/**
 * A row with settings of its own; one without may be written as `{ "title": [panel(…)] }`.
 *
 * ```ts
 * dashboard("Stock", { owner: storefront, rows: [row("Catalog", [panel("Stock", stock)], { collapsed: true })] });
 * ```
 */
export function row(title: string, panels: readonly Panel[], spec: RowSpec = {}): Row {
  return Object.freeze({ kind: "Row", title, panels: Object.freeze([...panels]), spec: Object.freeze(spec) });
}

/** Rows in either way of writing them. */
export type Rows = Readonly<Record<string, readonly Panel[]>> | readonly Row[];

const known = new WeakMap<object, readonly Row[]>();

/** Rows as a list, each time the same one. */
export function rowList(rows: Rows): readonly Row[] {
  const before = known.get(rows);
  if (before !== undefined) return before;
  const list = Array.isArray(rows)
    ? (rows as readonly Row[])
    : Object.entries(rows as Readonly<Record<string, readonly Panel[]>>).map(([title, panels]) => row(title, panels));
  known.set(rows, list);
  return list;
}

const NONE = "a dashboard needs at least one row";

export const rowsSchema = z.union([
  z
    .array(
      z.strictObject({
        kind: z.literal("Row", { error: "expected what row() returns" }),
        title: z.string().min(1),
        panels: z.array(panelSchema).min(1),
        spec: z.strictObject({ collapsed: z.boolean().optional(), repeat: z.string().min(1).optional() }),
      }),
    )
    .min(1, { error: NONE }),
  z
    .record(z.string().min(1), z.array(panelSchema).min(1))
    .refine((rows) => Object.keys(rows).length > 0, { error: NONE }),
]);
