/**
 * The folder that a build writes, all or nothing.
 *
 * Whenever a build ends, be it by `kill -9` or a full disk, the folder is as before or as after:
 *
 * - what differs is found first, and where nothing does, nothing is touched;
 * - one file is put in place by one rename, which is atomic;
 * - more are written, with links to all that stays, to a new tree beside, which then takes the old one's name
 *   (see swap.ts), or, where the folder must stay the same one, by a journal (see journal.ts);
 * - the next build or check finishes what an interrupted one had begun.
 *
 * What is in the work folder `.out.tocsin` beside `out` is of no use once no build runs.
 */
import nodeFs from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { promisify } from "node:util";
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import type { OutputFile } from "../output-file.ts";
import { hasPendingChanges, recoverChanges, stageChanges } from "./journal.ts";
import { clearLockDrafts, type Lock, takeLock } from "./lock.ts";
import type { TreeMemory } from "./memory.ts";
import { OWN_FOLDER } from "./path-rules.ts";
import { type FileSystem, planTree, type TreePlan } from "./plan.ts";
import { recoverSwap, stageSwap } from "./swap.ts";

export interface WriteReport {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  /** Why nothing was written, where an error is among them. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How a file on disk differs from what a build makes of it. */
export interface Difference {
  readonly kind: "added" | "changed" | "removed";
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface TreeOptions {
  /** Changes the folder in place, because others hold on to it, as a container does that mounts it. */
  readonly inPlace?: boolean | undefined;
  /** What earlier builds of this process found, for one that builds often. */
  readonly memory?: TreeMemory | undefined;
  /** How long to wait for another build that is writing, in milliseconds. */
  readonly patienceMs?: number | undefined;
  readonly fs?: FileSystem | undefined;
}

const PATIENCE_MS = 30_000;

/** Makes `dir` hold `files`, besides what others put there. */
export async function writeTree(
  dir: string,
  files: readonly OutputFile[],
  options: TreeOptions = {},
): Promise<WriteReport> {
  const { fs = nodeFs } = options;
  return guarded(dir, options, async (home, lock) => {
    const plan = planTree(fs, home, files, options.memory);
    if (plan.diagnostics.length > 0) return refused(plan.diagnostics);
    const changes = plan.puts.length + plan.removals.length;
    if (changes > 0) {
      const stays = fs.existsSync(home) && (options.inPlace === true || isInside(fs, home, process.cwd()));
      const done = !stays && (changes === 1 ? await tryOne(fs, home, plan, lock) : await trySwap(fs, home, plan, lock));
      if (!done) await change(fs, home, innerWorkFolder(home), plan, lock);
    }
    return {
      written: plan.puts.map(({ path }) => path),
      removed: plan.removals.map(({ path }) => path),
      unchanged: plan.unchanged.length,
      diagnostics: [],
    };
  });
}

/** Says how `dir` differs from `files`, and changes nothing but to finish what an interrupted build began. */
export async function compareTree(
  dir: string,
  files: readonly OutputFile[],
  options: TreeOptions = {},
): Promise<{ readonly differences: readonly Difference[]; readonly diagnostics: readonly Diagnostic[] }> {
  const { fs = nodeFs } = options;
  const home = resolve(dir);
  if ([workFolder(fs, home), innerWorkFolder(home)].some((work) => fs.existsSync(work)))
    await recoverTree(dir, options);
  const { puts, removals, diagnostics } = planTree(fs, home, files);
  const differences: Difference[] = [
    ...puts.map(({ path, before, text }) => ({
      kind: before === undefined ? ("added" as const) : ("changed" as const),
      path,
      before: before ?? "",
      after: text,
    })),
    ...removals.map(({ path, before }) => ({ kind: "removed" as const, path, before, after: "" })),
  ];
  return { differences: differences.sort((a, b) => (a.path < b.path ? -1 : 1)), diagnostics };
}

/** Finishes or undoes what an interrupted build left. */
export async function recoverTree(dir: string, options: TreeOptions = {}): Promise<readonly Diagnostic[]> {
  return (await guarded(dir, options, async () => refused([]))).diagnostics;
}

/** Runs `task` alone, on a folder in order; all trouble of the file system comes back as a diagnostic. */
async function guarded(
  dir: string,
  { fs = nodeFs, patienceMs = PATIENCE_MS }: TreeOptions,
  task: (home: string, lock: Lock) => Promise<WriteReport>,
): Promise<WriteReport> {
  let lock: Lock | undefined;
  const home = realFolder(fs, dir);
  const work = workFolder(fs, home);
  try {
    if (fs.statSync(home, { throwIfNoEntry: false })?.isDirectory() === false)
      return refused([cannotWrite(home, "it is no folder")]);
    const taken = await takeLock(fs, work, patienceMs);
    if ("heldBy" in taken) return refused([lockedBy(home, work, taken.heldBy)]);
    lock = taken;
    recover(fs, home);
    return await task(home, lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined && !(error instanceof LockLost)) throw error;
    const begun = [work, innerWorkFolder(home)].some((folder) => hasPendingChanges(fs, folder));
    if (!begun && lock?.isHeld()) tidy(() => recover(fs, home));
    return refused([cannotWrite(home, (error as Error).message, begun)]);
  } finally {
    tidy(() => lock?.release());
    tidy(() => fs.rmdirSync(work));
  }
}

function recover(fs: FileSystem, home: string): void {
  const work = workFolder(fs, home);
  const inner = innerWorkFolder(home);
  clearLockDrafts(fs, work);
  recoverSwap(fs, home, work);
  recoverChanges(fs, home, work);
  if (inner !== work) {
    recoverChanges(fs, home, inner);
    tidy(() => fs.rmdirSync(inner));
  }
}

/** Swaps trees; `false` where the folder cannot be given another name, such as where something is mounted. */
async function trySwap(fs: FileSystem, home: string, plan: TreePlan, lock: Lock): Promise<boolean> {
  const work = workFolder(fs, home);
  if (work === innerWorkFolder(home)) return false;
  const { staged, swap } = stageSwap(fs, home, work, plan);
  await flush(fs, staged);
  assertHeld(lock);
  return attempt(swap, () => recoverSwap(fs, home, work));
}

/** Puts a single file in place from beside; `false` where no rename leads into the folder. */
async function tryOne(fs: FileSystem, home: string, plan: TreePlan, lock: Lock): Promise<boolean> {
  const work = workFolder(fs, home);
  return fs.existsSync(home)
    ? attempt(await staging(fs, home, work, plan, lock), () => recoverChanges(fs, home, work))
    : trySwap(fs, home, plan, lock);
}

async function change(fs: FileSystem, home: string, work: string, plan: TreePlan, lock: Lock): Promise<void> {
  (await staging(fs, home, work, plan, lock))();
  tidy(() => fs.rmdirSync(work));
}

async function staging(fs: FileSystem, home: string, work: string, plan: TreePlan, lock: Lock): Promise<() => void> {
  const { staged, apply } = stageChanges(fs, home, work, plan);
  await flush(fs, staged);
  assertHeld(lock);
  return apply;
}

/** Whether a rename that may lead from one mounted file system to another did not. */
function attempt(renames: () => void, undo: () => void): boolean {
  try {
    renames();
    return true;
  } catch (error) {
    if (!["EBUSY", "EXDEV"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    undo();
    return false;
  }
}

/** Above this many new files, waiting for the disk would take longer than building again after a power failure. */
const FLUSHED_AT_MOST = 2_000;

/** Has the disk keep files before their names do. */
async function flush(fs: FileSystem, paths: readonly string[]): Promise<void> {
  if (paths.length > FLUSHED_AT_MOST) return;
  const sync = promisify(fs.fdatasync);
  const open = paths.map((path) => fs.openSync(path, "r"));
  try {
    await Promise.all(open.map((file) => sync(file)));
  } finally {
    for (const file of open) fs.closeSync(file);
  }
}

class LockLost extends Error {}

function assertHeld(lock: Lock): void {
  if (!lock.isHeld()) throw new LockLost("another build took over");
}

/** The folder behind all links, whether it exists yet or not. */
function realFolder(fs: FileSystem, dir: string): string {
  const path = resolve(dir);
  try {
    return fs.realpathSync(path);
  } catch {
    return path;
  }
}

/** Beside the folder, so that renames lead from one to the other; inside where nothing can be written beside. */
function workFolder(fs: FileSystem, home: string): string {
  const above = dirname(home);
  try {
    fs.accessSync(above, fs.constants.W_OK);
  } catch {
    if (fs.existsSync(above)) return innerWorkFolder(home);
  }
  return join(above, `.${basename(home)}${OWN_FOLDER}`);
}

/** For a folder that no rename leads into, such as a mount point. */
function innerWorkFolder(home: string): string {
  return join(home, OWN_FOLDER, "work");
}

function isInside(fs: FileSystem, home: string, path: string): boolean {
  const way = relative(home, fs.realpathSync(path));
  return way !== ".." && !way.startsWith(`..${sep}`);
}

function cannotWrite(home: string, reason: string, begun = false): Diagnostic {
  return {
    code: "out/cannot-write",
    severity: "error",
    message: `Cannot write the folder ${basename(home)}: ${reason}.`,
    help: begun ? "Part of it is written. Build again, and the rest will be." : "Nothing in it was changed.",
  };
}

function lockedBy(home: string, work: string, pid: number): Diagnostic {
  return {
    code: "out/locked",
    severity: "error",
    message: `Another build${pid > 0 ? ` (process ${pid})` : ""} is writing the folder ${basename(home)}.`,
    help: `Wait for it to end. If there is none, remove ${basename(work)} beside the folder.`,
  };
}

function refused(diagnostics: readonly Diagnostic[]): WriteReport {
  return { written: [], removed: [], unchanged: 0, diagnostics };
}

function tidy(task: () => void): void {
  try {
    task();
  } catch {
    // What is left is found by the next build.
  }
}
