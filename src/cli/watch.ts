/** Builds again whenever something changes, until it is asked to stop. */
import { join } from "node:path";
import { watch as watchFiles } from "chokidar";
import { TreeMemory } from "../emit/tree/memory.ts";
import { writeBuild } from "./build.ts";
import type { ExitCode, Io } from "./io.ts";
import { printDiagnostics } from "./output.ts";
import { type Project, prefixFor } from "./project.ts";
import type { Status } from "./status.ts";

/** Editors write a file in several steps, and version control writes many files. */
const QUIET_MS = 40;

/** Watches a project and keeps `out` as it says. */
export async function watch(project: Project, out: string, io: Io, status: Status): Promise<ExitCode> {
  const { signal } = io;
  const memory = new TreeMemory();
  const changed = new Set<string>();
  let wake = () => {};

  const watcher = watchFiles([join(project.root, "monitors"), join(project.root, "templates")], {
    ignoreInitial: true,
    ignored: (path) => /(?:^|[\\/])(?:\.[^\\/]+|node_modules|.*~)$/.test(path.slice(project.root.length)),
  });
  watcher.on("all", (_event, path) => {
    changed.add(path);
    wake();
  });
  watcher.on("error", (error) => io.stderr.write(`Cannot watch: ${(error as Error).message}\n`));
  signal.addEventListener("abort", () => wake(), { once: true });
  await new Promise<void>((ready) => {
    watcher.once("ready", ready);
    signal.addEventListener("abort", () => ready(), { once: true });
  });

  while (!signal.aborted) {
    project.invalidate([...changed]);
    changed.clear();
    const done = await writeBuild(await project.build(), out, { inPlace: true, memory });
    status.clear();
    const prefix = prefixFor(project.root, io);
    printDiagnostics(done.diagnostics, { format: "pretty", prefix, facts: {} }, io);
    if (done.isFine) io.stdout.write(`${clock()} ${done.text}`);
    watcher.add([...project.importedFiles()]);
    status.show("Watching…");
    await nextChange();
  }
  status.clear();
  await watcher.close();
  return 0;

  /** Waits for a change, and then until there is none for a while. */
  async function nextChange(): Promise<void> {
    while (changed.size === 0 && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
    for (let size = -1; size !== changed.size && !signal.aborted; ) {
      size = changed.size;
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    }
  }
}

function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}
