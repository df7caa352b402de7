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
  table: BIG,
  heatmap: BIG,
  "state timeline": { least: 12, height: 6 },
  text: { least: 6, height: 4 },
  logs: { least: 12, height: 8 },
  alerts: { least: 12, height: 6 },
  other: BIG,
};

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
      const height = Math.max(...line.map(({ as }) => SIZES[as].height));
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
    const { least } = SIZES[panel.as];
    if (least > left) {
      lines.push([]);
      left = COLUMNS;
    }
    lines.at(-1)?.push(panel);
    left -= least;
  }
  return lines;
}

/** Shares out what is left over; the last one of a line ends at its end. */
function placed(line: readonly PlannedPanel[], y: number, h: number): LaidOutRow["panels"] {
  const needed = line.reduce((sum, { as }) => sum + SIZES[as].least, 0);
  let x = 0;
  return line.map((panel, i) => {
    const w = i === line.length - 1 ? COLUMNS - x : Math.floor((SIZES[panel.as].least * COLUMNS) / needed);
    const place = { x, y, w, h };
    x += w;
    return { panel, place };
  });
}
