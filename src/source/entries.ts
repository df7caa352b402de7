/** Lists the files of `monitors/` that make up a workspace. */
import { readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";

/** A file that a build starts from. */
export interface Entry {
  /** Relative to the folder, with forward slashes. */
  readonly name: string;
  /** The real path, behind all links. */
  readonly path: string;
}

/** Every `*.ts` below `folder`, sorted, a file that is linked twice once; `undefined` where there is no such folder. */
export function listEntries(folder: string): readonly Entry[] | undefined {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const found = new Map<string, Entry>();
  walk(realpathSync(folder), "", new Set(), found);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether a file of the folder is a monitors file, rather than a test, a declaration or something else. */
export function isEntryName(name: string): boolean {
  return /\.[mc]?ts$/.test(name) && !/\.(?:test|spec|d|test-d)\.[mc]?ts$/.test(name);
}

function walk(folder: string, prefix: string, above: ReadonlySet<string>, found: Map<string, Entry>): void {
  // A link to a folder above would lead round and round.
  if (above.has(folder)) return;
  const within = new Set(above).add(folder);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const path = join(folder, entry.name);
    const name = prefix + entry.name;
    const linked = entry.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if ((linked ?? entry).isDirectory()) walk(linked ? realpathSync(path) : path, `${name}/`, within, found);
    else if ((linked ?? entry).isFile() && isEntryName(entry.name)) {
      const real = linked ? realpathSync(path) : path;
      const known = found.get(real);
      if (known === undefined || name < known.name) found.set(real, { name, path: real });
    }
  }
}
