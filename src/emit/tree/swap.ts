/**
 * Replaces a whole folder by two renames.
 *
 * POSIX lets a program exchange two names at once by no call that Node has, so between the renames there is an instant in
 * which the folder has no name. A reader sees the old tree, for some microseconds none, and then the new one, but never
 * a mixture; a build that dies in that instant is finished by the next one:
 *
 * | on disk                   | died                       | so                                  |
 * |---------------------------|----------------------------|-------------------------------------|
 * | `stage`                   | while writing the new tree | the old one stands, drop `stage`    |
 * | the folder and `next`     | before the first rename    | the old one stands, drop `next`     |
 * | `next` and `old`          | between the renames        | `next` gets the name                |
 * | the folder and `old`      | after the second           | the new one stands, drop `old`      |
 * | `discard`                 | while dropping something   | drop the rest                       |
 */
import { dirname, join } from "node:path";
import { MANIFEST_PATH, readManifest } from "./manifest.ts";
import { OWN_FOLDER } from "./path-rules.ts";
import { type FileSystem, foldersOf, readText, type TreePlan } from "./plan.ts";

/** Builds the new tree in the work folder, and gives a function that puts it in place. */
export function stageSwap(
  fs: FileSystem,
  dir: string,
  work: string,
  plan: TreePlan,
): { staged: string[]; swap(): void } {
  const [stage, next, old] = [join(work, "stage"), join(work, "next"), join(work, "old")];
  fs.mkdirSync(stage, { recursive: true });
  const { puts, unchanged, foreign } = plan;
  for (const folder of [...foldersOf([...puts.map(({ path }) => path), ...unchanged, ...foreign])].sort())
    makeFolderLike(fs, join(stage, folder), join(dir, folder));
  for (const path of unchanged) keep(fs, join(dir, path), join(stage, path));
  for (const path of foreign) keepAll(fs, join(dir, path), join(stage, path));
  const staged = puts.map((put) => {
    const path = join(stage, put.path);
    fs.writeFileSync(path, put.text);
    if (put.mode !== undefined) fs.chmodSync(path, put.mode);
    return path;
  });
  if (fs.existsSync(dir)) fs.chmodSync(stage, fs.statSync(dir).mode & 0o7777);
  return {
    staged,
    swap() {
      fs.renameSync(stage, next);
      if (fs.existsSync(dir)) fs.renameSync(dir, old);
      try {
        fs.renameSync(next, dir);
      } catch (error) {
        if (fs.existsSync(old)) fs.renameSync(old, dir);
        throw error;
      }
      try {
        if (fs.existsSync(old)) discardOld(fs, dir, work);
      } catch {
        // The new tree stands; the next build clears up.
      }
    },
  };
}

/** Finishes a swap that was interrupted, or undoes what had not begun to show. */
export function recoverSwap(fs: FileSystem, dir: string, work: string): void {
  const [stage, next, old] = [join(work, "stage"), join(work, "next"), join(work, "old")];
  if (!fs.existsSync(dir)) {
    const whole = [next, old].find((tree) => fs.existsSync(tree));
    if (whole !== undefined) fs.renameSync(whole, dir);
  }
  if (fs.existsSync(old)) discardOld(fs, dir, work);
  for (const tree of [stage, next, join(work, "discard")]) fs.rmSync(tree, { recursive: true, force: true });
}

/** Removes the old tree, after saving what others put into it while the new one was being made. */
function discardOld(fs: FileSystem, dir: string, work: string): void {
  const [old, discard] = [join(work, "old"), join(work, "discard")];
  const made = readManifest(readText(fs, join(old, MANIFEST_PATH)) ?? "");
  const saveLate = (prefix: string) => {
    for (const entry of fs.readdirSync(join(old, prefix), { withFileTypes: true })) {
      const path = prefix + entry.name;
      if (path === OWN_FOLDER || made.has(path)) continue;
      if (entry.isDirectory()) saveLate(`${path}/`);
      else if (isLate(fs, join(old, path), join(dir, path))) {
        fs.mkdirSync(dirname(join(dir, path)), { recursive: true });
        fs.renameSync(join(old, path), join(dir, path));
      }
    }
  };
  saveLate("");
  // Half of an old tree no longer tells what in it was ours: under this name nothing is saved from it.
  fs.renameSync(old, discard);
  fs.rmSync(discard, { recursive: true, force: true });
}

/** Whether a file of the old tree came, or was replaced, after the new tree got its copy. */
function isLate(fs: FileSystem, old: string, kept: string): boolean {
  const now = fs.lstatSync(old);
  const then = fs.lstatSync(kept, { throwIfNoEntry: false });
  if (then === undefined) return true;
  return now.ino !== then.ino && Math.floor(now.mtimeMs) > Math.floor(then.mtimeMs);
}

function makeFolderLike(fs: FileSystem, path: string, model: string): void {
  fs.mkdirSync(path, { recursive: true });
  try {
    const stat = fs.statSync(model);
    if (stat.isDirectory()) fs.chmodSync(path, stat.mode & 0o7777);
  } catch (error) {
    // A new folder, or one where a file was.
    if (!["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** Gives a file a second name, or makes a copy where the file system or its owner does not let us. */
function keep(fs: FileSystem, from: string, to: string): void {
  try {
    fs.linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw error;
    fs.cpSync(from, to, { preserveTimestamps: true, verbatimSymlinks: true, errorOnExist: true });
  }
}

function keepAll(fs: FileSystem, from: string, to: string): void {
  if (fs.lstatSync(from).isDirectory()) {
    makeFolderLike(fs, to, from);
    for (const name of fs.readdirSync(from)) keepAll(fs, join(from, name), join(to, name));
  } else keep(fs, from, to);
}
