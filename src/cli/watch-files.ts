/** Does something again whenever one of some files changes, until it is asked to stop. */
import { watch } from "chokidar";
import type { Io } from "./io.ts";

/** Editors write a file in several steps. */
const QUIET_MS = 40;

/** `files` may grow while it works. */
export async function watchFiles(files: ReadonlySet<string>, io: Io, again: () => Promise<unknown>): Promise<void> {
  const signal = io.listenForStop();
  const watcher = watch([...files], { ignoreInitial: true });
  let isChanged = false;
  let wake = () => {};
  watcher.on("all", () => {
    isChanged = true;
    wake();
  });
  signal.addEventListener("abort", () => wake(), { once: true });
  while (!signal.aborted) {
    if (!isChanged) await new Promise<void>((resolve) => (wake = resolve));
    if (signal.aborted) break;
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    isChanged = false;
    await again();
    watcher.add([...files]);
  }
  await watcher.close();
}
