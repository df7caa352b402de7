import { writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import type { PreviewPage } from "../../src/cli/preview.ts";
import { type PreviewChanges, watchForPreview } from "../../src/cli/preview-changes.ts";
import { servePreview } from "../../src/cli/preview-server.ts";
import type { Diagnostic } from "../../src/diagnostic/diagnostic.ts";
import { temporaryFolder } from "./world.ts";

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

const wrong: Diagnostic = { code: "model/invalid", severity: "error", message: "no team <b>at</b> all" };

async function serving(pages: readonly PreviewPage[], changes?: PreviewChanges): Promise<string> {
  const none: PreviewChanges = { follow: (response) => response.end(), close: async () => {} };
  let next = 0;
  const project = { page: async () => pages[Math.min(++next, pages.length - 1)] as PreviewPage };
  const server = await servePreview(project, 0, pages[0] as PreviewPage, changes ?? none);
  ended.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it("serves the page that there is each time, or what is wrong as text", async () => {
  const at = await serving([
    { html: "<p>one</p>", diagnostics: [] },
    { html: undefined, diagnostics: [wrong] },
    { html: "<p>two</p>", diagnostics: [] },
  ]);
  expect(await (await fetch(at)).text()).toBe("<p>one</p>");
  const trouble = await fetch(at);
  expect(trouble.status).toBe(500);
  const text = await trouble.text();
  expect(text).toContain("no team &#60;b&#62;at&#60;/b&#62; all");
  // What is wrong goes away by itself, too.
  expect(text).toContain('new EventSource("/changes")');
  expect(await (await fetch(at)).text()).toBe("<p>two</p>");
  expect((await fetch(`${at}/other`)).status).toBe(404);
  expect((await fetch(at, { method: "POST" })).status).toBe(404);
});

it("tells an open page of a change", async () => {
  const root = temporaryFolder({ "monitors/shop.ts": "" });
  const changes = await watchForPreview([join(root, "monitors"), join(root, "templates")], root);
  ended.push(() => changes.close());
  const at = await serving([{ html: "", diagnostics: [] }], changes);
  const { body, headers } = await fetch(`${at}/changes`);
  expect(headers.get("content-type")).toBe("text/event-stream");
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const read = async () => new TextDecoder().decode((await reader.read()).value);
  expect(await read()).toBe("retry: 500\n\n");
  // Watching takes effect some time after it is asked for.
  let times = 0;
  const writing = setInterval(() => writeFileSync(join(root, "monitors/shop.ts"), `// ${times++}`), 200);
  ended.push(() => clearInterval(writing));
  expect(await read()).toBe("data: changed\n\n");
});
