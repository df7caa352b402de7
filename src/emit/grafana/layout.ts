/** Lays panels out in rows: equal widths on a grid of 24 columns, no overlaps, readable on a laptop. */

export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export const COLUMNS = 24;
const PANEL_HEIGHT = 8;
const ROW_HEIGHT = 1;
/** More panels than this side by side cannot be read. */
const ABREAST = 3;

export interface LaidOutRow {
  readonly header: GridPosition;
  readonly panels: readonly GridPosition[];
}

/** Where each row's header and panels go, given how many panels each row has. */
export function layOut(counts: readonly number[]): readonly LaidOutRow[] {
  let y = 0;
  return counts.map((count) => {
    const header = { x: 0, y, w: COLUMNS, h: ROW_HEIGHT };
    y += ROW_HEIGHT;
    const lines = Math.ceil(count / ABREAST);
    const abreast = Math.ceil(count / Math.max(1, lines));
    const w = COLUMNS / Math.max(1, abreast);
    const panels = Array.from({ length: count }, (_, i) => ({
      x: (i % abreast) * w,
      y: y + Math.floor(i / abreast) * PANEL_HEIGHT,
      w,
      h: PANEL_HEIGHT,
    }));
    y += lines * PANEL_HEIGHT;
    return { header, panels };
  });
}
