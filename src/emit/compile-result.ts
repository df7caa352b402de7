/** What compiling a workspace gives, and the function that does it, for those who only call it. */
import type { LoadedModule } from "../source/load.ts";
import type { SourcedDiagnostic } from "../source/place.ts";
import type { OutputFile } from "./output-file.ts";

export interface Compiled {
  /** Empty where there is an error. */
  readonly files: readonly OutputFile[];
  readonly diagnostics: readonly SourcedDiagnostic[];
  /** How much of what there is. */
  readonly summary: object;
}

export interface CompileOptions {
  /** The project's folder, for templates of its own. */
  readonly root: string;
  /** The only environment to compile; all where nothing is said. */
  readonly environment?: string | undefined;
}

/** Compiles what monitors files export into the files of `out/`. */
export type Compile = (modules: readonly LoadedModule[], options: CompileOptions) => Compiled | Promise<Compiled>;
