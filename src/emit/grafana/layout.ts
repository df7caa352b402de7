/** Lays panels out in rows: lines that fill a grid of 24 columns, no overlaps, readable on a laptop. */
import type { GridPlace, PanelKind, PlannedPanel, PlannedRow } from "../../plan/dashboard/planned.ts";

export const COLUMNS = 24;
const ROW_HEIGHT = 1;

interface Size {
  /** The fewest columns in which it can be read. */
  readonly least: number;
  readonly height: number;
}

const BIG: Size = { least: 8, height: 8 };
const SMALL: Size = { least: 4, height: 4 };

const SIZES: Readonly<Record<PanelKind | "other", Size>> = {
  timeseries: BIG,
  stat: SMALL,
  gauge: { least: 4, height: 6 },
  "bar gauge": BIG,
  "pie chart": BIG,
  table: BIG,
  heatmap: BIG,
  "state timeline": { least: 12, height: 6 },
  "status history": { least: 12, height: 6 },
  text: { least: 6, height: 4 },
  logs: { least: 12, height: 8 },
  alerts: { least: 12, height: 6 },
  other: BIG,
};

/** What a panel takes: what it is told to take, else what its kind needs. */
function sizeOf({ as, look: { size } }: PlannedPanel): Size {
  const { least, height } = SIZES[as];
  return { least: size?.width ?? least, height: size?.height ?? height };
}

export interface LaidOutRow {
  readonly row: PlannedRow;
  readonly header: GridPlace;
  readonly panels: readonly { readonly panel: PlannedPanel; readonly place: GridPlace }[];
}

/** Where each row's header and panels go. A closed row takes no more room than its header. */
export function layOut(rows: readonly PlannedRow[]): readonly LaidOutRow[] {
  let y = 0;
  return rows.map((row) => {
    const header = { x: 0, y, w: COLUMNS, h: ROW_HEIGHT };
    y += ROW_HEIGHT;
    let bottom = y;
    const panels = linesOf(row.panels).flatMap((line) => {
      const height = Math.max(...line.map((panel) => sizeOf(panel).height));
      const top = bottom;
      bottom += height;
      return placed(line, top, height);
    });
    if (!row.collapsed) y = bottom;
    return { row, header, panels };
  });
}

/** Panels side by side, as many as can be read. */
function linesOf(panels: readonly PlannedPanel[]): readonly (readonly PlannedPanel[])[] {
  const lines: PlannedPanel[][] = [];
  let left = 0;
  for (const panel of panels) {
    const { least } = sizeOf(panel);
    if (least > left) {
      lines.push([]);
      left = COLUMNS;
    }
    lines.at(-1)?.push(panel);
    left -= least;
  }
  return lines;
}

/** Shares out what is left over among those that are not told how wide to be; the last of them ends at the line's end. */
function placed(line: readonly PlannedPanel[], y: number, h: number): LaidOutRow["panels"] {
  const isFixed = ({ look }: PlannedPanel) => look.size?.width !== undefined;
  const widths = line.map((panel) => sizeOf(panel).least);
  const free = line.flatMap((panel, i) => (isFixed(panel) ? [] : [i]));
  const sum = (indices: readonly number[]) => indices.reduce((total, i) => total + (widths[i] ?? 0), 0);
  const needed = sum(free);
  const columns = COLUMNS - (sum(line.map((_, i) => i)) - needed);
  let left = columns;
  for (const i of free) {
    const w = i === free.at(-1) ? left : Math.floor(((widths[i] ?? 0) * columns) / needed);
    widths[i] = w;
    left -= w;
  }
  let x = 0;
  return line.map((panel, i) => {
    const place = { x, y, w: widths[i] ?? 0, h };
    x += place.w;
    return { panel, place };
  });
}
