/** The files of unit tests that a command line means. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

/** A folder stands for the unit tests below it, in order; one without any stays as it is, since vitest may know it. */
export function unitTestFiles(names: readonly string[], cwd: string): readonly string[] {
  return names.flatMap((name) => {
    if (statSync(resolve(cwd, name), { throwIfNoEntry: false })?.isDirectory() !== true) return [name];
    const below = filesBelow(name, cwd).filter((file) => isUnitTest(resolve(cwd, file)));
    return below.length > 0 ? below : [name];
  });
}

function filesBelow(folder: string, cwd: string): readonly string[] {
  const entries = readdirSync(resolve(cwd, folder), { withFileTypes: true });
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) return /\.ya?ml$/.test(entry.name) ? [path] : [];
      return entry.name === "node_modules" || entry.name.startsWith(".") ? [] : filesBelow(path, cwd);
    });
}

/** Rule files and others lie beside unit tests; only these have `tests` at the top. */
function isUnitTest(path: string): boolean {
  return /^["']?tests["']?[ \t]*:/m.test(readFileSync(path, "utf8"));
}
