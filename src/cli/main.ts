#!/usr/bin/env node
/**
 * The program `tocsin`. The commands that people call all day and that need nothing of the model come as one file, too,
 * of which V8's compiled code is kept: reading hundreds of files and compiling them takes longer than what they do.
 */
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { QUICK_COMMANDS } from "./quick-commands.ts";

const [name = ""] = process.argv.slice(2);
const isRun =
  Object.hasOwn(QUICK_COMMANDS, name) && runBundle(fileURLToPath(new URL("./quick.cjs", import.meta.url)), name);
if (!isRun) void import("./program.ts").then(({ program }) => program());

/** Runs the file if it is there; a source tree has none. */
function runBundle(file: string, command: string): boolean {
  const source = contentOf(file);
  if (source === undefined) return false;
  const { mtimeMs, size } = statSync(file);
  const prefix = `${file}.${command}-`;
  // Compiled code fits one build, one Node and one kind of machine; that V8 looks at the length of the source is not enough.
  const kept = `${prefix}${process.version}-${process.arch}-${mtimeMs}-${size}.cache`;
  const cachedData = process.env.NODE_DISABLE_COMPILE_CACHE ? undefined : contentOf(kept);
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname, importModule) {${source.toString("latin1")}\n})`,
    { filename: file, cachedData },
  );
  const isKept = cachedData !== undefined && script.cachedDataRejected !== true;
  if (!isKept && !process.env.NODE_DISABLE_COMPILE_CACHE)
    // At the end, it holds the functions that were called.
    process.once("exit", () => keep(prefix, kept, script.createCachedData()));
  const module = { exports: {} };
  const importModule = (specifier: string) => import(specifier);
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file), importModule);
  return true;
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Writes compiled code in place of what another build or Node left. Where nothing can be written, each run compiles. */
function keep(prefix: string, file: string, code: Buffer): void {
  try {
    const written = `${file}.${process.pid}`;
    writeFileSync(written, code);
    renameSync(written, file);
    for (const name of readdirSync(dirname(file))) {
      const isOlder = name.startsWith(basename(prefix)) && name.endsWith(".cache") && name !== basename(file);
      if (isOlder) rmSync(`${dirname(file)}/${name}`, { force: true });
    }
  } catch {
    // A folder that only another user may write.
  }
}
