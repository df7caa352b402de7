/** Whether a path on the command line is for vitest rather than a file of promtool's unit tests. */
import { statSync } from "node:fs";

/** Whether a file holds scenarios, or a folder may. */
export function isForVitest(path: string): boolean {
  return /\.[mc]?[jt]sx?$/.test(path) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
