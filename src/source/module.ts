/** A file that has been made into code, and what became of running it. */
import { readFileSync } from "node:fs";
import { compileFunction } from "node:vm";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { type Resolution, resolveImport } from "./resolve.ts";
import { MODULE_PARAMETERS, type Transform } from "./transform.ts";

export interface Module {
  /** The real path, behind all links. */
  readonly path: string;
  /** As diagnostics name it. */
  readonly file: string;
  readonly source: string;
  /** Undefined where the file cannot be made into code. */
  readonly run: ((...args: unknown[]) => void) | undefined;
  readonly transformed: readonly Diagnostic[];
  /** Relative specifiers that the code names outright. */
  readonly imports: readonly string[];
  readonly resolutions: Map<string, Resolution>;
  state: "fresh" | "running" | "done" | "failed";
  module: { exports: unknown };
  failure: unknown;
  /** What running it had to say. */
  ran: readonly Diagnostic[];
}

/** Makes a module of a transformed file; it has not run. */
export function createModule(path: string, file: string, source: string, { code, diagnostics }: Transform): Module {
  return {
    path,
    file,
    source,
    run: code === undefined ? undefined : compiled(code, path),
    transformed: diagnostics,
    imports: code === undefined ? [] : importsIn(code),
    resolutions: new Map(),
    state: "fresh",
    module: { exports: {} },
    failure: undefined,
    ran: [],
  };
}

/** Has a module run again, and look anew for what it imports. */
export function resetModule(module: Module): void {
  module.state = "fresh";
  module.module = { exports: {} };
  module.failure = undefined;
  module.ran = [];
  module.resolutions.clear();
}

/** Finds what a specifier in a module means, once. */
export function resolveFrom(module: Module, specifier: string): Resolution {
  let resolution = module.resolutions.get(specifier);
  if (resolution === undefined) {
    resolution = resolveImport(specifier, module.path);
    module.resolutions.set(specifier, resolution);
  }
  return resolution;
}

/** The files of ours that a module imports, as far as is known before and after it ran. */
export function importedFiles(module: Module): readonly string[] {
  for (const specifier of module.imports) resolveFrom(module, specifier);
  return [...module.resolutions.values()].flatMap(({ path, ours }) => (ours && path !== undefined ? [path] : []));
}

/** All modules that look at one of `paths`, or import a module that does. */
export function dependentsOf(modules: Iterable<Module>, paths: Iterable<string>): ReadonlySet<Module> {
  const all = [...modules];
  const noticed = new Set(paths);
  const found = new Set<Module>();
  for (let size = -1; size !== noticed.size; ) {
    size = noticed.size;
    for (const module of all) {
      if (found.has(module) || !looksAt(module, noticed)) continue;
      found.add(module);
      noticed.add(module.path);
    }
  }
  return found;
}

/** The text of a file without a byte order mark, or why there is none. */
export function readSource(path: string): string | Error {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    return error as Error;
  }
}

/** The code as a function; what V8 refuses though esbuild does not, such as a broken regular expression, throws when run. */
function compiled(code: string, filename: string): (...args: unknown[]) => void {
  try {
    return compileFunction(code, MODULE_PARAMETERS, { filename }) as (...args: unknown[]) => void;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** The specifiers that transformed code requires by a plain string. */
function importsIn(code: string): readonly string[] {
  const specifiers: string[] = [];
  for (const [, literal = ""] of code.matchAll(/\brequire\(("(?:\.{0,2}\/|file:|\.{1,2}")(?:[^"\\\n]|\\.)*"?)\)/g)) {
    try {
      specifiers.push(JSON.parse(literal));
    } catch {
      // Escapes that JSON does not know: found when it runs.
    }
  }
  return specifiers;
}

function looksAt(module: Module, paths: ReadonlySet<string>): boolean {
  for (const { lookedAt } of module.resolutions.values()) if (lookedAt.some((path) => paths.has(path))) return true;
  return false;
}
