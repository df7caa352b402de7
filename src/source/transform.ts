/** Makes JavaScript that runs as CommonJS of one TypeScript, JavaScript or JSON file. */
import { extname } from "node:path";
import type { Loader, Message, TransformFailure, TransformOptions, TransformResult } from "esbuild";
import type { Diagnostic, Place } from "../diagnostic/diagnostic.ts";
import { offsetOfBytes } from "./offset.ts";

/** The file's own code, or what is wrong with it. Warnings come with code as well. */
export interface Transform {
  readonly code?: string;
  readonly map?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The names under which transformed code finds what CommonJS and `import.meta` give it. */
export const MODULE_PARAMETERS = ["exports", "require", "module", "__filename", "__dirname", "__importMeta"] as const;

const LOADERS: Readonly<Record<string, Loader>> = {
  ".ts": "ts",
  ".mts": "ts",
  ".cts": "ts",
  ".tsx": "tsx",
  ".js": "js",
  ".mjs": "js",
  ".cjs": "js",
  ".json": "json",
};

/** Whether a file is one that `transform` can turn into a module. */
export function isScript(path: string): boolean {
  return extname(path) in LOADERS;
}

export interface Transformer {
  /** Transforms `source`, the text of `file`, named so in diagnostics. */
  transform(file: string, source: string): Promise<Transform>;
  /** The same at once, for a module that nobody could foresee. */
  transformSync(file: string, source: string): Transform;
}

/** Loads esbuild, which is heavy. */
export async function createTransformer(): Promise<Transformer> {
  const esbuild = await import("esbuild");
  return {
    transform: (file, source) =>
      esbuild.transform(source, optionsFor(file)).then(
        (result) => succeeded(file, source, result),
        (error) => failed(file, source, error),
      ),
    transformSync(file, source) {
      try {
        return succeeded(file, source, esbuild.transformSync(source, optionsFor(file)));
      } catch (error) {
        return failed(file, source, error);
      }
    },
  };
}

function optionsFor(file: string): TransformOptions {
  return {
    loader: LOADERS[extname(file)] ?? "ts",
    format: "cjs",
    platform: "node",
    target: "node20",
    charset: "utf8",
    sourcemap: "external",
    sourcesContent: false,
    define: { "import.meta": "__importMeta" },
    // `import()` becomes a `require` too, so that one loader serves all imports.
    supported: { "dynamic-import": false },
    logLevel: "silent",
    logLimit: 0,
  };
}

function succeeded(file: string, source: string, { code, map, warnings }: TransformResult): Transform {
  return {
    code,
    map,
    diagnostics: warnings.map((warning) => ({
      code: `source/${warning.id || "warning"}`,
      severity: "warning",
      message: sentence(warning.text),
      place: placeOfMessage(file, source, warning),
    })),
  };
}

function failed(file: string, source: string, error: unknown): Transform {
  const { errors } = error as Partial<TransformFailure>;
  if (errors === undefined) throw error;
  return { diagnostics: errors.map((message) => syntaxDiagnostic(file, source, message)) };
}

function syntaxDiagnostic(file: string, source: string, message: Message): Diagnostic {
  const place = placeOfMessage(file, source, message);
  if (message.text.startsWith("Top-level await"))
    return {
      code: "source/top-level-await",
      severity: "error",
      message: "A monitors file cannot await at its top level.",
      help: "Read what the file needs synchronously, with readFileSync for one: a build must give the same each time.",
      place,
    };
  return { code: "source/syntax", severity: "error", message: sentence(message.text), place };
}

function placeOfMessage(file: string, source: string, { location }: Message): Place {
  if (location === null) return { file, source, start: 0, end: 0 };
  const { line, column, length } = location;
  const start = offsetOfBytes(source, line, column);
  return { file, source, start, end: offsetOfBytes(source, line, column + length) };
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
