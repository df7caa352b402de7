/**
 * Keeps two builds from writing one folder at a time, and outlives a build that dies.
 *
 * A lock is a file that names its process. Of a process that is gone, the next one takes it over: it puts its own in
 * place, and looks after a while whether that is still there, since another may have done the same.
 */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type FileSystem, readText } from "./plan.ts";

export interface Lock {
  /** Whether it is still ours. */
  isHeld(): boolean;
  release(): void;
}

interface Holder {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** When the process began, where the system tells: a number may be given to another process later. */
  readonly began: string;
}

const POLL_MS = 20;
/** Longer than a process may rest between looking at a lock and taking it over. */
const SETTLE_MS = 60;
/** A lock of another machine cannot be asked whether it lives; writing takes seconds at most. */
const FOREIGN_STALE_MS = 60_000;

/** Takes the lock of the work folder, waiting `patienceMs`; gives the process in the way where that is not enough. */
export async function takeLock(
  fs: FileSystem,
  work: string,
  patienceMs: number,
): Promise<Lock | { readonly heldBy: number }> {
  const path = join(work, "lock");
  const mine: Holder = { id: randomUUID(), pid: process.pid, host: hostname(), began: beganAt(fs, process.pid) };
  const text = JSON.stringify(mine);
  for (const end = Date.now() + patienceMs; ; await wait(POLL_MS)) {
    if (createExclusively(fs, work, path, text)) return lockOf(fs, path, text, mine.id);
    if (isStale(fs, path)) {
      if (await takeOver(fs, path, text)) return lockOf(fs, path, text, mine.id);
    } else if (Date.now() > end) return { heldBy: readHolder(fs, path)?.pid ?? 0 };
  }
}

/** Removes what processes left that died while they asked for the lock; those that live ask again. */
export function clearLockDrafts(fs: FileSystem, work: string): void {
  for (const name of fs.existsSync(work) ? fs.readdirSync(work) : [])
    if (name.startsWith(DRAFT)) fs.rmSync(join(work, name), { force: true });
}

const DRAFT = "lock-";

/** The locks that this very process holds. */
const held = new Set<string>();

function lockOf(fs: FileSystem, path: string, text: string, id: string): Lock {
  held.add(id);
  const isHeld = () => readText(fs, path) === text;
  return {
    isHeld,
    release() {
      held.delete(id);
      if (isHeld()) fs.rmSync(path, { force: true });
    },
  };
}

/** Creates the lock whole or not at all: another process never reads half of it. */
function createExclusively(fs: FileSystem, work: string, path: string, text: string): boolean {
  return withDraft(fs, work, text, (draft) => fs.linkSync(draft, path));
}

async function takeOver(fs: FileSystem, path: string, text: string): Promise<boolean> {
  if (!withDraft(fs, dirname(path), text, (draft) => fs.renameSync(draft, path))) return false;
  await wait(SETTLE_MS);
  return readText(fs, path) === text;
}

/** Uses a file that holds `text`; `false` where another process was faster, or has just cleared it all away. */
function withDraft(fs: FileSystem, work: string, text: string, use: (draft: string) => void): boolean {
  const draft = join(work, DRAFT + randomUUID());
  try {
    fs.mkdirSync(work, { recursive: true });
    fs.writeFileSync(draft, text);
    use(draft);
    return true;
  } catch (error) {
    if (["EEXIST", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function readHolder(fs: FileSystem, path: string): Holder | undefined {
  try {
    return JSON.parse(fs.readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function isStale(fs: FileSystem, path: string): boolean {
  const holder = readHolder(fs, path);
  if (holder?.pid === process.pid && holder.host === hostname()) return !held.has(holder.id);
  if (holder?.host === hostname()) return !isAlive(holder.pid) || beganAt(fs, holder.pid) !== holder.began;
  const taken = fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  return Date.now() - taken > FOREIGN_STALE_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html, field 22; empty where there is no such file. */
function beganAt(fs: FileSystem, pid: number): string {
  const stat = readText(fs, `/proc/${pid}/stat`) ?? "";
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
