/** What a process that builds again and again knows about a tree, so that it need not read all of it each time. */
import type { FileSystem } from "./plan.ts";

interface Known {
  readonly text: string;
  readonly stamp: string;
}

/** Asks the file system for a file's stamp only, and trusts what had the same one before. */
export class TreeMemory {
  readonly #files = new Map<string, Known>();
  #paths: readonly string[] = [];
  #manifest: { readonly text: string; readonly paths: ReadonlySet<string> } | undefined;

  /** Whether the file at `location` still holds `text`, as far as is remembered. */
  holds(fs: FileSystem, location: string, text: string): boolean {
    const known = this.#files.get(location);
    return known !== undefined && known.text === text && known.stamp === stampOf(fs, location);
  }

  /** Remembers that the file holds `text`, unless it is so fresh that a change could go unseen. */
  keep(fs: FileSystem, location: string, text: string): void {
    const stat = fs.statSync(location);
    if (Date.now() - stat.ctimeMs > CLOCK_TICK_MS) this.#files.set(location, { text, stamp: stampOf(fs, location) });
  }

  /** Whether exactly these paths were found to be good before. */
  areGood(paths: readonly string[]): boolean {
    return paths.length === this.#paths.length && paths.every((path, i) => path === this.#paths[i]);
  }

  keepGood(paths: readonly string[]): void {
    this.#paths = paths;
  }

  /** The paths of a manifest, read anew only if its text is another. */
  manifest(text: string, read: (text: string) => ReadonlySet<string>): ReadonlySet<string> {
    if (this.#manifest?.text !== text) this.#manifest = { text, paths: read(text) };
    return this.#manifest.paths;
  }
}

/** How far apart two changes may be that leave the same time, with much room. */
const CLOCK_TICK_MS = 50;

function stampOf(fs: FileSystem, location: string): string {
  const { ino, size, mtimeMs, ctimeMs } = fs.statSync(location);
  return `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
}
