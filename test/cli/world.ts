/** A world for commands to run in: folders, streams that remember, and a product that is not there yet. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { Io } from "../../src/cli/io.ts";
import type { Product } from "../../src/cli/product.ts";
import { captureOrigin, type Origin } from "../../src/source/origin.ts";

export interface World extends Io {
  /** What was printed so far. */
  out(): string;
  err(): string;
  stop(): void;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "tocsin-cli-")));
  folders.push(folder);
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

export function worldIn(cwd: string, env: Io["env"] = {}, isTTY = false): World {
  const [out, err]: [string[], string[]] = [[], []];
  const stop = new AbortController();
  return {
    cwd,
    env,
    stdout: { write: (text) => out.push(text), isTTY, columns: 80 },
    stderr: { write: (text) => err.push(text), isTTY, columns: 80 },
    listenForStop: () => stop.signal,
    readStdin: async () => "",
    out: () => out.join(""),
    err: () => err.join(""),
    stop: () => stop.abort(),
  };
}

interface Page {
  readonly kind: "page";
  readonly text: string;
  readonly origin: Origin;
}

function page(text: string): Page {
  return { kind: "page", text, origin: captureOrigin(page) };
}

/** A product with one kind of definition, a page, that becomes a file; a page that says "bad" is wrong. */
export const pages: Product = {
  provided: { tocsin: { page } },
  compile(modules, { environment = "" }) {
    const found = modules.flatMap(({ exports }) =>
      Object.entries(exports).flatMap(([name, value]) => (isPage(value) ? [{ name, ...value }] : [])),
    );
    return {
      files: found.map(({ name, text }) => ({ path: `pages/${environment}${name}.txt`, text })),
      diagnostics: found
        .filter(({ text }) => text === "bad")
        .map(({ origin }) => ({
          code: "page/bad",
          severity: "error",
          message: "This page is bad.",
          at: { origin, path: [0] },
        })),
      summary: { pages: found.length },
    };
  },
};

function isPage(value: unknown): value is Page {
  return typeof value === "object" && value !== null && (value as Page).kind === "page";
}
