/** Serves the preview to the browser on this machine. */
import { createServer, type Server } from "node:http";
import { troublePage } from "../report/preview/page.ts";
import type { PreviewPage, PreviewProject } from "./preview.ts";
import type { PreviewChanges } from "./preview-changes.ts";

/** Answers only what comes from this machine, and only with the page, and with word of its changes. */
export async function servePreview(
  project: PreviewProject,
  port: number,
  first: PreviewPage,
  changes: PreviewChanges,
): Promise<Server> {
  let fresh: PreviewPage | undefined = first;
  const server = createServer((request, response) => {
    const path = request.url?.split("?")[0];
    if (request.method === "GET" && path === "/changes") {
      changes.follow(response);
      return;
    }
    if (request.method !== "GET" || path !== "/") {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is only one page: /\n");
      return;
    }
    const page = fresh === undefined ? project.page() : Promise.resolve(fresh);
    fresh = undefined;
    page
      .then(({ html, diagnostics }) => {
        const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
        response.writeHead(html === undefined ? 500 : 200, headers);
        response.end(html ?? troublePage(diagnostics.map(({ message }) => message)));
      })
      .catch((error: unknown) => {
        response.writeHead(500, { "content-type": "text/html; charset=utf-8" }).end(troublePage([String(error)]));
      });
  });
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", done);
  });
  return server;
}
