/**
 * Changes a folder in place, for those who hold on to it: a container that mounts it, a watcher, a shell.
 *
 * What is to be done is first written down whole. From then on it will be done: by this build, or, should it die in
 * between, by the next one. Until then a reader of the folder may see some files old and some new, which is why a swap
 * is preferred where nobody holds on. A single file has no in between, and needs no journal.
 */
import { dirname, join } from "node:path";
import { MANIFEST_PATH } from "./manifest.ts";
import { isSafePath } from "./path-rules.ts";
import { type FileSystem, readText, type TreePlan } from "./plan.ts";

interface Journal {
  readonly removals: readonly string[];
  /** Paths in the folder, in the order of the staged files. */
  readonly puts: readonly string[];
}

/** Writes new files into the work folder, and gives a function that puts them in place. */
export function stageChanges(
  fs: FileSystem,
  dir: string,
  work: string,
  { puts, removals }: TreePlan,
): { staged: string[]; apply(): void } {
  const stage = join(work, "changes");
  fs.mkdirSync(stage, { recursive: true });
  const staged = puts.map(({ text, mode }, i) => {
    const path = join(stage, String(i));
    fs.writeFileSync(path, text);
    if (mode !== undefined) fs.chmodSync(path, mode);
    return path;
  });
  const journal: Journal = { removals: removals.map(({ path }) => path), puts: puts.map(({ path }) => path) };
  return {
    staged,
    apply() {
      if (puts.length + removals.length > 1) {
        fs.writeFileSync(join(work, "journal.draft"), JSON.stringify(journal));
        fs.renameSync(join(work, "journal.draft"), join(work, "journal"));
      }
      try {
        replay(fs, dir, work, journal);
      } catch (error) {
        // Once more, since there is no way back; a single file, though, has not begun to change.
        if (!hasPendingChanges(fs, work)) throw error;
        replay(fs, dir, work, journal);
      }
      try {
        clear(fs, work);
      } catch {
        // All is done; the next build clears up, and doing it twice changes nothing.
      }
    },
  };
}

/** Finishes changes that were written down, and drops those that were not. */
export function recoverChanges(fs: FileSystem, dir: string, work: string): void {
  const text = readText(fs, join(work, "journal"));
  if (text !== undefined && fs.existsSync(dir)) replay(fs, dir, work, JSON.parse(text));
  clear(fs, work);
}

/** Whether changes are written down that are still to be done. */
export function hasPendingChanges(fs: FileSystem, work: string): boolean {
  return fs.existsSync(join(work, "journal"));
}

/** Does what the journal says, as far as it has not been done. */
function replay(fs: FileSystem, dir: string, work: string, { removals, puts }: Journal): void {
  const removed = removals.filter(isSafePath);
  for (const path of removed) removeFile(fs, join(dir, path));
  for (const [i, path] of puts.entries()) {
    const staged = join(work, "changes", String(i));
    if (!fs.existsSync(staged) || !(isSafePath(path) || path === MANIFEST_PATH)) continue;
    // A folder may have to make way for a file of its name.
    for (const gone of removed) if (gone.startsWith(`${path}/`)) removeEmptyFolders(fs, dir, dirname(gone));
    fs.mkdirSync(dirname(join(dir, path)), { recursive: true });
    fs.renameSync(staged, join(dir, path));
  }
  for (const path of removed) removeEmptyFolders(fs, dir, dirname(path));
}

/** Leaves a folder be: it has come where the file was. */
function removeFile(fs: FileSystem, path: string): void {
  try {
    if (!fs.lstatSync(path).isDirectory()) fs.rmSync(path);
  } catch (error) {
    if (!["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

function removeEmptyFolders(fs: FileSystem, dir: string, folder: string): void {
  for (let here = folder; here !== "."; here = dirname(here)) {
    try {
      fs.rmdirSync(join(dir, here));
    } catch {
      return;
    }
  }
}

function clear(fs: FileSystem, work: string): void {
  fs.rmSync(join(work, "journal"), { force: true });
  for (const leftover of ["journal.draft", "changes"])
    fs.rmSync(join(work, leftover), { recursive: true, force: true });
}
