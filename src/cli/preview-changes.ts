/** Tells the pages that are open when what they show has changed, so that they load themselves anew. */
import type { ServerResponse } from "node:http";
import { watch } from "chokidar";

/** Editors write a file in several steps, and version control writes many files. */
const QUIET_MS = 60;

export interface PreviewChanges {
  /** Keeps a page's request open, and answers it with each change. */
  follow(response: ServerResponse): void;
  close(): Promise<void>;
}

/** Watches files and folders, of which some may not be there. */
export async function watchForPreview(paths: readonly string[], root: string): Promise<PreviewChanges> {
  const open = new Set<ServerResponse>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch([...paths], {
    ignoreInitial: true,
    ignored: (path) => /(?:^|[\\/])(?:\.[^\\/]+|node_modules|.*~)$/.test(path.slice(root.length)),
  });
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const response of open) response.write("data: changed\n\n");
    }, QUIET_MS);
  });
  // Without word of changes the page is still there; it only has to be loaded by hand.
  watcher.on("error", () => {});
  await new Promise<void>((ready) => watcher.once("ready", ready));
  return {
    follow(response) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write("retry: 500\n\n");
      open.add(response);
      response.on("close", () => open.delete(response));
    },
    async close() {
      clearTimeout(timer);
      for (const response of open) response.end();
      await watcher.close();
    },
  };
}
