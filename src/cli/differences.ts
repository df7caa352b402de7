/** Shows how `out/` differs from what a build makes of the monitors. */
import pc from "picocolors";
import type { Difference } from "../emit/tree/tree.ts";
import { printable } from "../util/display-width.ts";
import { unifiedDiff } from "../util/text-diff.ts";
import { counted } from "./output.ts";

/** Files that come or go are named; of those that change, the lines are shown. */
export function describeDifferences(differences: readonly Difference[], folder: string, color: boolean): string {
  const colors = pc.createColors(color);
  const style = { added: colors.green, changed: colors.yellow, removed: colors.red };
  const shown = differences.map(({ kind, path, before, after }) => {
    const title = `${style[kind](kind.padEnd(7))} ${printable(`${folder}/${path}`)}\n`;
    if (kind !== "changed") return title;
    const rows = unifiedDiff(before, after).flatMap((row) => row.split("\n"));
    return title + rows.map((row) => `  ${styleRow(printable(row), colors)}\n`).join("");
  });
  const count = counted(differences.length, "file");
  return `${shown.join("")}${folder}/ differs in ${count}. Run \`tocsin build\` and commit what it writes.\n`;
}

function styleRow(row: string, colors: ReturnType<typeof pc.createColors>): string {
  if (row.startsWith("@@")) return colors.cyan(row);
  return row.startsWith("+") ? colors.green(row) : row.startsWith("-") ? colors.red(row) : row;
}
