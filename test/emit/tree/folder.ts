/** Folders for tests, and what is in them. */
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { OutputFile } from "../../../src/emit/output-file.ts";

export type Texts = Readonly<Record<string, string>>;

/** A temporary folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tocsin-tree-"));
  folders.push(folder);
  return folder;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export function put(dir: string, texts: Texts): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

export function asFiles(texts: Texts): OutputFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text }));
}

/** All files below a folder with what they hold, links as `-> target`; `undefined` where there is no folder. */
export function contents(dir: string): Texts | undefined {
  const found: Record<string, string> = {};
  const walk = (prefix: string) => {
    for (const name of readdirSync(join(dir, prefix)).sort()) {
      const path = join(dir, prefix, name);
      const stat = lstatSync(path);
      if (stat.isDirectory()) walk(`${prefix}${name}/`);
      else found[prefix + name] = stat.isSymbolicLink() ? `-> ${readlinkSync(path)}` : readFileSync(path, "utf8");
    }
  };
  if (lstatSync(dir, { throwIfNoEntry: false }) === undefined) return undefined;
  walk("");
  return found;
}

/** The same without what the writer keeps for itself. */
export function visible(dir: string): Texts | undefined {
  const all = contents(dir);
  return all && Object.fromEntries(Object.entries(all).filter(([path]) => !path.startsWith(".tocsin/")));
}
