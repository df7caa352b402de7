/** A project on disk, compiled as often as it changes. */
import { realpathSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Compiled } from "../emit/compile-result.ts";
import { createLoader } from "../source/load.ts";
import { resolvePlaces } from "../source/place.ts";
import { UsageError } from "./command.ts";
import type { Io } from "./io.ts";
import type { Product } from "./product.ts";
import type { Status } from "./status.ts";

export interface ProjectOptions {
  /** The folder that holds `monitors/`. */
  readonly root: string;
  readonly environment?: string | undefined;
}

export interface Build extends Omit<Compiled, "diagnostics"> {
  readonly diagnostics: readonly Diagnostic[];
  readonly hasErrors: boolean;
  readonly milliseconds: number;
}

export interface Project {
  readonly root: string;
  /** Compiles what is there now. */
  build(): Promise<Build>;
  /** Forgets what has changed. */
  invalidate(files?: readonly string[]): void;
  /** Files outside of `monitors/` that were imported. */
  importedFiles(): readonly string[];
}

/** The folder of the option `--root`, which has to be there. */
export function rootFolder(given: string | undefined, io: Io): string {
  const root = resolve(io.cwd, given ?? ".");
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`There is no folder ${JSON.stringify(given ?? ".")}.`);
  return realpathSync(root);
}

/** Opens the project, loading nothing yet. */
export function openProject({ root, environment }: ProjectOptions, product: Product, status: Status): Project {
  const loader = createLoader(root, { provided: product.provided });
  return {
    root,
    async build() {
      const start = performance.now();
      status.show("Running monitors/…");
      const loaded = await loader.load();
      status.show(`Compiling ${loaded.modules.length} files…`);
      const compiled =
        loaded.modules.length > 0
          ? await product.compile(loaded.modules, { root, environment })
          : { files: [], diagnostics: [], summary: {} };
      const diagnostics = [...loaded.diagnostics, ...(await resolvePlaces(compiled.diagnostics))];
      const hasErrors = diagnostics.some(({ severity }) => severity === "error");
      return {
        files: hasErrors ? [] : compiled.files,
        summary: compiled.summary,
        diagnostics,
        hasErrors,
        milliseconds: performance.now() - start,
      };
    },
    invalidate: loader.invalidate,
    importedFiles: loader.importedFiles,
  };
}

/** What leads from the repository's root, which GitHub shows, to the project: `apps/shop/`, or nothing. */
export function prefixFor(root: string, { env, cwd }: Io): string {
  const from = env.GITHUB_WORKSPACE ?? cwd;
  const way = relative(from, root).split(sep).join("/");
  return way === "" || way.startsWith("..") ? "" : `${way}/`;
}
