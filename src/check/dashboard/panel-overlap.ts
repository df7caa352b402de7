/** Panels lie beside one another. */

import type { GridPlace } from "../../plan/dashboard/planned.ts";
import type { DashboardCheck } from "../dashboard-check.ts";

export const panelOverlap: DashboardCheck = {
  code: "dashboard/panel-overlap",
  severity: "warning",
  about: "Panels lie beside one another.",
  help: "move one of them",
  *find({ rows }) {
    // Panels of closed rows, and of tabs, do not lie on the same page.
    for (const { panels } of rows) {
      for (const [i, panel] of panels.entries()) {
        const over = panels.slice(i + 1).find((other) => overlap(panel.place, other.place));
        if (over !== undefined) yield { panel, message: `lies over the panel ${JSON.stringify(over.title)}` };
      }
    }
  },
};

function overlap(a: GridPlace | undefined, b: GridPlace | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
