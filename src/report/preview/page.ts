/** The page of the preview as one HTML file that asks nobody for anything. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { escapeHtml } from "./markdown.ts";
import type { Payload } from "./payload.ts";
import { STYLE } from "./style.ts";

/** Loads the page anew when whoever serves it says that something has changed. */
const FOLLOW = `<script>new EventSource("/changes").onmessage = () => location.reload();</script>`;

/** Writes the page; one that is `live` asks whoever serves it for changes, and nobody else for anything. */
export async function previewPage(payload: Payload, live = false): Promise<string> {
  const { style, script } = await clientOf();
  const title = escapeHtml(payload.title);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:${live ? "; connect-src 'self'" : ""}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${style}${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the dashboard</a>
<header><h1>${title}</h1><p>${escapeHtml(payload.data)}</p><button id="theme" type="button">Light or dark</button></header>
<nav aria-label="Dashboards, alerts and runbooks"></nav>
<main id="main" tabindex="-1"></main>
<script type="application/json" id="payload">${JSON.stringify(payload).replaceAll("<", "\\u003c")}</script>
<script>${inScript(script)}</script>
${live ? `${FOLLOW}\n` : ""}</body>
</html>
`;
}

/** What is seen while there are errors; it goes away with them. */
export function troublePage(messages: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'">
<title>There are errors</title>
<link rel="icon" href="data:,">
<style>:root { color-scheme: light dark; } body { font: 14px/1.5 system-ui, sans-serif; margin: 2em; } li { white-space: pre-wrap; }</style>
</head>
<body>
<h1>There are errors</h1>
<ul>${messages.map((message) => `<li>${escapeHtml(message)}</li>`).join("")}</ul>
${FOLLOW}
</body>
</html>
`;
}

interface Client {
  readonly style: string;
  readonly script: string;
}

let client: Promise<Client> | undefined;

function clientOf(): Promise<Client> {
  client ??= bundleClient();
  return client;
}

/** What runs in the browser, in one piece. */
async function bundleClient(): Promise<Client> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [clientEntry()],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
  });
  const css = createRequire(import.meta.url).resolve("uplot/dist/uPlot.min.css");
  return { style: readFileSync(css, "utf8"), script: outputFiles[0]?.text ?? "" };
}

/** The client's first file, beside this one: a source, or what it was compiled to. */
function clientEntry(): string {
  const here = fileURLToPath(import.meta.url);
  return join(dirname(here), "client", `main${extname(here)}`);
}

/** Nothing within a script may look like its end. */
function inScript(text: string): string {
  return text.replace(/<(?=\/script|!--)/gi, "\\x3c");
}
