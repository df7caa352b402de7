// Runs a TypeScript entry with arguments: `node test/run.mjs test/conformance/parser.ts FILE…`. Node 20 cannot strip
// types, so esbuild bundles the sources first; packages stay outside the bundle.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) throw new Error("usage: node test/run.mjs ENTRY.ts [ARGUMENT…]");

const { outputFiles } = await build({
  entryPoints: [resolve(entry)],
  bundle: true,
  write: false,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: "inline",
  tsconfig: join(root, "tsconfig.json"),
  logLevel: "warning",
  // The first that the bundle does is to remove its file: however the entry ends, nothing stays behind.
  banner: { js: "globalThis.removeBundle();" },
});

// Inside node_modules, so that the bundle finds the same packages as the sources do.
const folder = join(root, "node_modules", ".cache", "tocsin");
const outfile = join(folder, `${basename(entry, ".ts")}-${process.pid}.mjs`);
mkdirSync(folder, { recursive: true });
globalThis.removeBundle = () => rmSync(outfile, { force: true });
process.on("exit", globalThis.removeBundle);
writeFileSync(outfile, outputFiles[0].contents);
process.setSourceMapsEnabled(true);

process.argv = [process.argv[0], resolve(entry), ...args];
await import(pathToFileURL(outfile).href);
