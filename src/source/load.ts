/**
 * Runs the files of `monitors/` and hands back what they export.
 *
 * A small CommonJS of our own rather than a bundle: each file keeps its own exports object, so that after a change only
 * the files that could notice run again, and whatever is remembered by object identity stays known for all others.
 */
import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { listEntries } from "./entries.ts";
import { describeFailure, ImportNotFound, nothingToRun, unreadable } from "./failure.ts";
import {
  createModule,
  dependentsOf,
  importedFiles,
  type Module,
  readSource,
  resetModule,
  resolveFrom,
} from "./module.ts";
import { createTransformer, isScript, type Transform, type Transformer } from "./transform.ts";
import { rememberTransformed } from "./transformed.ts";

/** A monitors file that ran. */
export interface LoadedModule {
  /** Relative to the project, with forward slashes. */
  readonly file: string;
  /** The same object for as long as neither the file nor anything it imports changes. */
  readonly exports: Readonly<Record<string, unknown>>;
}

export interface LoaderOptions {
  /** The folder to start from, relative to the project; `monitors` where nothing is said. */
  readonly folder?: string;
  /** What an import of these names gives, such as the running instance of `tocsin` itself; getters are called then. */
  readonly provided?: Readonly<Record<string, unknown>>;
}

export interface Loader {
  /** Runs whatever has not run yet. Modules that failed are in `diagnostics` and not in `modules`. */
  load(): Promise<{ readonly modules: readonly LoadedModule[]; readonly diagnostics: readonly Diagnostic[] }>;
  /** Forgets files that changed, came or went, with all that depends on them; without `files`, everything. */
  invalidate(files?: readonly string[]): void;
  /** The absolute names of all files that ran and are not in the folder. */
  importedFiles(): readonly string[];
}

/** Deep enough for helpers that call helpers, and not the whole way down to the command line. */
const STACK_DEPTH = 30;

/** Makes a loader for the project at `root`. Nothing is read until `load`. */
export function createLoader(root: string, options: LoaderOptions = {}): Loader {
  const home = realpathSync(root);
  const folder = options.folder ?? "monitors";
  const provided = options.provided ?? {};
  const modules = new Map<string, Module>();
  const failures: { readonly module: Module; readonly error: unknown }[] = [];
  const thrown = new Set<unknown>();
  let transformer: Transformer;

  return {
    async load() {
      const entries = listEntries(join(home, folder));
      if (entries === undefined || entries.length === 0)
        return { modules: [], diagnostics: [nothingToRun(folder, entries !== undefined)] };
      transformer ??= await createTransformer();
      retryFailed();
      await transformAll(entries.map(({ path }) => path));
      runAll(entries.map(({ path }) => path));
      for (const { module, error } of failures) {
        const unresolved = module.imports.filter((specifier) => resolveFrom(module, specifier).path === undefined);
        module.ran = await describeFailure(
          { ...module, unresolved, exportsOf: (name) => exportsOf(module, name) },
          error,
        );
      }
      failures.length = 0;
      thrown.clear();

      const loaded: LoadedModule[] = [];
      for (const { name, path } of entries) {
        const module = modules.get(path);
        if (module?.state !== "done") continue;
        // Named by its place in the folder, also where that is a link to elsewhere.
        loaded.push({ file: `${folder}/${name}`, exports: module.module.exports as LoadedModule["exports"] });
      }
      return { modules: loaded, diagnostics: reachable(entries.map(({ path }) => path)).flatMap(diagnosticsOf) };
    },

    invalidate(files) {
      const changed = files?.map((file) => resolve(home, file));
      forget(changed ?? [...modules.keys()]);
      if (changed === undefined || changed.some(isUnknown)) for (const module of modules.values()) resetModule(module);
    },

    importedFiles() {
      return [...modules.keys()].filter((path) => !path.startsWith(join(home, folder, sep)));
    },
  };

  /** A file that no import leads to, such as a table that a module reads: any module may depend on it. */
  function isUnknown(path: string): boolean {
    return !isScript(path) && !modules.has(path);
  }

  /** Drops the code of files, and what all modules that could notice have done. */
  function forget(paths: readonly string[]): void {
    const gone = paths.flatMap((path) => [path, realPathOf(path)]);
    for (const path of gone) modules.delete(path);
    for (const module of dependentsOf(modules.values(), gone)) resetModule(module);
  }

  /** What failed once may have failed for reasons outside of the files we know. */
  function retryFailed(): void {
    const failed = [...modules.values()].filter(({ state }) => state === "failed");
    const stale = dependentsOf(
      modules.values(),
      failed.map(({ path }) => path),
    );
    for (const module of [...stale, ...failed]) resetModule(module);
  }

  /** Transforms files and all that they import by a relative path, wave by wave, as many at once as esbuild takes. */
  async function transformAll(entries: readonly string[]): Promise<void> {
    const seen = new Set<string>();
    for (let wave = entries; wave.length > 0; ) {
      const fresh = wave.filter((path) => !seen.has(path));
      for (const path of fresh) seen.add(path);
      const made = await Promise.all(fresh.map((path) => modules.get(path) ?? addModule(path)));
      wave = [...new Set(made.flatMap(importedFiles))];
    }
  }

  async function addModule(path: string): Promise<Module> {
    const source = readSource(path);
    if (typeof source !== "string") return keepUnreadable(path, source);
    return keepModule(path, source, await transformer.transform(displayName(path), source));
  }

  function addModuleNow(path: string): Module {
    const source = readSource(path);
    if (typeof source !== "string") return keepUnreadable(path, source);
    return keepModule(path, source, transformer.transformSync(displayName(path), source));
  }

  function keepUnreadable(path: string, error: Error): Module {
    return keepModule(path, "", { diagnostics: [unreadable(displayName(path), error)] });
  }

  function keepModule(path: string, source: string, transform: Transform): Module {
    const file = displayName(path);
    if (transform.map !== undefined) rememberTransformed(path, { file, source, map: transform.map });
    const module = createModule(path, file, source, transform);
    modules.set(path, module);
    return module;
  }

  function runAll(entries: readonly string[]): void {
    const { exit } = process;
    const depth = Error.stackTraceLimit;
    Error.stackTraceLimit = STACK_DEPTH;
    // Otherwise a build would end as if all were well, and have written nothing.
    process.exit = (code) => {
      throw new Error(`process.exit(${code ?? ""}) would end the build.`);
    };
    try {
      for (const path of entries) {
        try {
          runModule(modules.get(path) ?? addModuleNow(path));
        } catch {
          // Noted as a failure of the module.
        }
      }
    } finally {
      Error.stackTraceLimit = depth;
      process.exit = exit;
    }
  }

  function runModule(module: Module): unknown {
    // A module that is still running is part of a cycle, and gives what it has so far, as CommonJS does.
    if (module.state === "done" || module.state === "running") return module.module.exports;
    if (module.state === "failed") throw module.failure;
    module.state = "running";
    try {
      if (module.run === undefined) throw fail(new Error(`${module.file} does not parse.`));
      const { exports } = module.module;
      const folderOf = dirname(module.path);
      module.run.call(exports, exports, requireFor(module), module.module, module.path, folderOf, metaOf(module.path));
      module.state = "done";
      if (!isRecord(module.module.exports)) module.module = { exports: { default: module.module.exports } };
      return module.module.exports;
    } catch (error) {
      module.state = "failed";
      module.failure = error;
      // An error that came up from an import has been noted there.
      if (!thrown.has(error)) failures.push({ module, error });
      throw fail(error);
    }
  }

  /** What an import of a module gives, as far as it ran. */
  function exportsOf(importer: Module, specifier: string): object | undefined {
    if (Object.hasOwn(provided, specifier)) return provided[specifier] as object;
    const { path, ours } = resolveFrom(importer, specifier);
    const imported = ours && path !== undefined ? modules.get(path) : undefined;
    return imported?.state === "done" ? (imported.module.exports as object) : undefined;
  }

  function fail(error: unknown): unknown {
    thrown.add(error);
    return error;
  }

  function requireFor(importer: Module): (specifier: string) => unknown {
    return (specifier) => {
      if (Object.hasOwn(provided, specifier)) return provided[specifier];
      const { path, ours } = resolveFrom(importer, specifier);
      if (path === undefined || isMissingOwn(specifier))
        throw new ImportNotFound(specifier, importer.path, Object.keys(provided));
      if (ours) return runModule(modules.get(path) ?? addModuleNow(path));
      return createRequire(importer.path)(path);
    };
  }

  /** A name beside those provided, such as `tocsin/tests`, must not reach a second copy of the package. */
  function isMissingOwn(specifier: string): boolean {
    const [name] = specifier.split("/");
    return name !== undefined && Object.hasOwn(provided, name) && !specifier.endsWith(".json");
  }

  /** The modules that the entries lead to, in the order in which they are reached. */
  function reachable(entries: readonly string[]): readonly Module[] {
    const found = new Set<Module>();
    const visit = (path: string) => {
      const module = modules.get(path);
      if (module === undefined || found.has(module)) return;
      found.add(module);
      importedFiles(module).forEach(visit);
    };
    entries.forEach(visit);
    return [...found];
  }

  function displayName(path: string): string {
    return relative(home, path).split(sep).join("/");
  }
}

function diagnosticsOf(module: Module): readonly Diagnostic[] {
  return [...module.transformed, ...module.ran];
}

function metaOf(path: string): object {
  return { url: pathToFileURL(path).href, filename: path, dirname: dirname(path) };
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function isRecord(value: unknown): boolean {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
