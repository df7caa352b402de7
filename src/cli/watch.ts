/** Builds again whenever something changes, until it is asked to stop. */
import { statSync } from "node:fs";
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

/** Watching a file takes effect some time after it is asked for. */
const SETTLE_MS = 250;

/** Watches a project and keeps `out` as it says. */
export async function watch(project: Project, out: string, io: Io, status: Status): Promise<ExitCode> {
  const signal = io.listenForStop();
  const memory = new TreeMemory();
  const changed = new Set<string>();
  const imported = new Set<string>();
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
    const start = Date.now();
    project.invalidate([...changed]);
    changed.clear();
    const done = await writeBuild(await project.build(), out, { inPlace: true, memory });
    status.clear();
    const prefix = prefixFor(project.root, io);
    printDiagnostics(done.diagnostics, { format: "pretty", prefix, facts: {} }, io);
    if (done.isFine) io.stdout.write(`${clock()} ${done.text}`);
    followImports(start);
    status.show("Watching…");
    await nextChange();
  }
  status.clear();
  await watcher.close();
  return 0;

  /** Watches files that were imported from elsewhere; one may have changed before it was watched. */
  function followImports(since: number): void {
    const fresh = project.importedFiles().filter((path) => !imported.has(path));
    if (fresh.length === 0) return;
    for (const path of fresh) imported.add(path);
    watcher.add(fresh);
    setTimeout(() => {
      for (const path of fresh) if (changedAt(path) >= since) changed.add(path);
      wake();
    }, SETTLE_MS);
  }

  /** Waits for a change, and then until there is none for a while. */
  async function nextChange(): Promise<void> {
    while (changed.size === 0 && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
    for (let size = -1; size !== changed.size && !signal.aborted; ) {
      size = changed.size;
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    }
  }
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
}

function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}
