/** Finds the file that an import specifier means, the way TypeScript with bundler or Node resolution does. */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join, resolve as resolvePath } from "node:path";
import { fileURLToPath } from "node:url";
import { isScript } from "./transform.ts";

export interface Resolution {
  /** The real path of the file, or `undefined` where nothing is found. */
  readonly path: string | undefined;
  /** Whether the file is source to be transformed, rather than a package for Node's own `require`. */
  readonly ours: boolean;
  /** Every path that was looked at: should one of them come, go or change, the answer may be another. */
  readonly lookedAt: readonly string[];
}

/** Resolves `specifier` as written in the file `importer`. */
export function resolveImport(specifier: string, importer: string): Resolution {
  return isRelative(specifier) ? resolveFile(specifier, importer) : resolvePackage(specifier, importer);
}

export function isRelative(specifier: string): boolean {
  return /^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(specifier);
}

/** The path that a relative specifier writes, before extensions are tried. */
export function writtenPath(specifier: string, importer: string): string {
  return specifier.startsWith("file:") ? fileURLToPath(specifier) : resolvePath(dirname(importer), specifier);
}

/** What TypeScript lets an author write for a file that is TypeScript. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

const ENDINGS = [".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".json"];

function resolveFile(specifier: string, importer: string): Resolution {
  const written = writtenPath(specifier, importer);
  const ending = extname(written);
  const stem = written.slice(0, written.length - ending.length);
  const candidates = [
    written,
    ...(SOURCES[ending] ?? []).map((source) => stem + source),
    ...ENDINGS.map((other) => written + other),
    ...ENDINGS.map((other) => join(written, `index${other}`)),
  ];
  const found = candidates.findIndex(isFile);
  if (found === -1) return { path: undefined, ours: true, lookedAt: candidates };
  const path = realpathSync(candidates[found] as string);
  return { path, ours: isOurs(path), lookedAt: [...candidates.slice(0, found + 1), path] };
}

function resolvePackage(specifier: string, importer: string): Resolution {
  const path = resolveByRequire(specifier, importer) ?? resolveImportOnly(specifier, importer);
  return { path, ours: path !== undefined && isOurs(path), lookedAt: path === undefined ? [] : [path] };
}

function resolveByRequire(specifier: string, importer: string): string | undefined {
  try {
    return createRequire(importer).resolve(specifier);
  } catch {
    return undefined;
  }
}

/** TypeScript always is; JavaScript and JSON where no package holds it. */
function isOurs(path: string): boolean {
  if (!isScript(path)) return false;
  return /\.[mc]?tsx?$/.test(path) || !path.split(/[\\/]/).includes("node_modules");
}

/** A package whose `exports` serve `import` alone: `require` can load it in every Node we run on, but not find it. */
function resolveImportOnly(specifier: string, importer: string): string | undefined {
  const [, name, rest] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  for (let folder = dirname(importer), last = ""; folder !== last; last = folder, folder = dirname(folder)) {
    const home = join(folder, "node_modules", name);
    const target = importTarget(home, rest === undefined ? "." : `./${rest}`);
    if (target !== undefined) return realpathSync(join(home, target));
  }
  return undefined;
}

function importTarget(home: string, subpath: string): string | undefined {
  try {
    const { exports } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
    const whole = typeof exports === "object" && exports !== null && Object.keys(exports).some((key) => key[0] === ".");
    const target = pickCondition(whole ? exports[subpath] : subpath === "." ? exports : undefined);
    return target !== undefined && isFile(join(home, target)) ? target : undefined;
  } catch {
    return undefined;
  }
}

function pickCondition(target: unknown): string | undefined {
  if (typeof target === "string") return target;
  if (typeof target !== "object" || target === null) return undefined;
  for (const [condition, value] of Object.entries(target))
    if (["node", "import", "module-sync", "default"].includes(condition)) return pickCondition(value);
  return undefined;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
