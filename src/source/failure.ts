/** Says what went wrong when a module ran, at the place where its author can do something about it. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import type { Diagnostic, Place, Related } from "../diagnostic/diagnostic.ts";
import { didYouMean, nearMiss } from "../diagnostic/near-miss.ts";
import { type Frame, framesOf, stackWithoutMessage } from "./frames.ts";
import { wordEnd } from "./offset.ts";
import { isRelative, writtenPath } from "./resolve.ts";
import { isTransformed, originalPosition } from "./transformed.ts";

/** An import that leads nowhere. */
export class ImportNotFound extends Error {
  readonly specifier: string;
  readonly importer: string;
  /** The names that the loader itself answers, for suggestions. */
  readonly provided: readonly string[];

  constructor(specifier: string, importer: string, provided: readonly string[]) {
    super(`Cannot find ${JSON.stringify(specifier)}.`);
    this.specifier = specifier;
    this.importer = importer;
    this.provided = provided;
  }
}

/** The module that failed, as far as it matters here. */
export interface FailedModule {
  readonly path: string;
  readonly file: string;
  readonly source: string;
  /** Specifiers of this module that lead nowhere. */
  readonly unresolved: readonly string[];
  /** What a module that this one imports exports, where that is known. */
  exportsOf(specifier: string): object | undefined;
}

/** The diagnostics for `error`, which came up while `module` ran. */
export async function describeFailure(module: FailedModule, error: unknown): Promise<readonly Diagnostic[]> {
  if (error instanceof ImportNotFound && error.importer === module.path) {
    const missing = new Set([error.specifier, ...module.unresolved]);
    return [...missing].map((specifier) => importNotFound(module, specifier, error.provided));
  }
  // As CommonJS a name that is not exported is merely undefined; the language itself would not even begin to run.
  const nowhere = missingExports(module);
  if (nowhere.length > 0) return nowhere;
  const places = await placesOf(error);
  const place = places[0] ?? { file: module.file, source: module.source, start: 0, end: 0 };
  const own = places.find(({ file }) => file === module.file);
  const related: readonly Related[] =
    own === undefined || place.file === module.file ? [] : [{ message: "reached from here", place: own }];
  const message = `This throws ${textOf(error)}`;
  return [{ code: "source/throws", severity: "error", message, help: helpOf(error), place, related }];
}

/** The names that a module imports from others that do not export them. */
function missingExports({ file, source, exportsOf }: FailedModule): readonly Diagnostic[] {
  return [...source.matchAll(NAMED_IMPORTS)].flatMap((match): readonly Diagnostic[] => {
    const [, before = "", names = "", , specifier = ""] = match;
    const exported = exportsOf(specifier);
    if (exported === undefined) return [];
    const known = Object.keys(exported);
    return [...names.matchAll(IMPORTED_NAME)].flatMap(([entry, type, name = ""]): readonly Diagnostic[] => {
      if (type !== undefined || name === "default" || name in exported || !isUsed(entry, source)) return [];
      const start =
        match.index + before.length + names.search(new RegExp(`(?<![\\w$])${name.replace(/\$/g, "\\$")}(?![\\w$])`));
      return [
        {
          code: "source/no-export",
          severity: "error",
          message: `${JSON.stringify(specifier)} exports no ${JSON.stringify(name)}.${didYouMean(name, known)}`,
          help: "`tsc --noEmit` finds such slips while you type.",
          place: { file, source, start, end: start + name.length },
        },
      ];
    });
  });
}

const NAMED_IMPORTS = /(^[ \t]*import\s+(?:[\w$]+\s*,\s*)?\{)([^}]*)\}\s*from\s*(["'])([^"'\n]+)\3/gm;
const IMPORTED_NAME = /(type\s+)?([\w$]+)(?:\s+as\s+[\w$]+)?/g;

/** Whether a name that is imported is used at all: what only types use, such as an interface, is exported by no code. */
function isUsed(entry: string, source: string): boolean {
  const local = /[\w$]+$/.exec(entry)?.[0].replace(/\$/g, "\\$") ?? "";
  return new RegExp(`(?<![\\w$.])${local}\\s*[.(\\[,;})]`).test(source.replace(NAMED_IMPORTS, ""));
}

function helpOf(error: unknown): string | undefined {
  const [, nothing, property] =
    /^Cannot read properties of (undefined|null) \(reading '(.+)'\)$/.exec(
      error instanceof TypeError ? error.message : "",
    ) ?? [];
  if (property === undefined) return undefined;
  return `What stands before .${property} is ${nothing}: is its name right? \`tsc --noEmit\` finds such slips while you type.`;
}

/** There is nothing that a build could start from. */
export function nothingToRun(folder: string, exists: boolean): Diagnostic {
  return {
    code: "source/no-monitors",
    severity: "error",
    message: exists ? `The folder ${folder}/ holds no TypeScript file.` : `There is no folder ${folder}/ here.`,
    help: `Write what is to be monitored into ${folder}/*.ts; \`tocsin init\` starts such a project.`,
  };
}

/** A file that is there and cannot be read. */
export function unreadable(file: string, error: Error): Diagnostic {
  return { code: "source/unreadable", severity: "error", message: `Cannot read ${file}: ${error.message}.` };
}

/** The places of the frames inside the project, innermost first. */
async function placesOf(error: unknown): Promise<readonly Place[]> {
  if (!(error instanceof Error)) return [];
  const refused = error instanceof SyntaxError ? refusedCode(error) : [];
  const frames = refused.length > 0 ? refused : framesOf(stackWithoutMessage(error), isTransformed);
  const places = await Promise.all(frames.map(placeOfFrame));
  return places.filter((place) => place !== undefined);
}

/** Where V8 refused to compile: the stack begins with the file and its line, the line itself, and a mark below it. */
function refusedCode({ stack = "" }: SyntaxError): readonly Frame[] {
  const [, path, line, mark] = /^(.+):(\d+)\n.*\n( *)\^/.exec(stack) ?? [];
  return path !== undefined && mark !== undefined && isTransformed(path)
    ? [{ path, line: Number(line), column: mark.length + 1 }]
    : [];
}

async function placeOfFrame({ path, line, column }: Frame): Promise<Place | undefined> {
  const position = await originalPosition(path, line, column);
  if (position === undefined) return undefined;
  const { file, source, offset } = position;
  return { file, source, start: offset, end: wordEnd(source, offset) };
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return `a value that is no Error: ${String(error)}`;
  const name = error.name === "Error" ? "an error" : error.name;
  const cause = error.cause === undefined ? "" : `\nIts cause is ${textOf(error.cause)}`;
  return `${name}: ${error.message}${cause}`;
}

function importNotFound(
  { path, file, source }: FailedModule,
  specifier: string,
  provided: readonly string[],
): Diagnostic {
  const near = isRelative(specifier) ? nearFile(specifier, path) : nearPackage(specifier, path, provided);
  return {
    code: "source/import-not-found",
    severity: "error",
    message: `Cannot find ${JSON.stringify(specifier)}.${near === undefined ? "" : ` Did you mean ${JSON.stringify(near)}?`}`,
    help: isRelative(specifier) ? undefined : "Is the package among the dependencies in package.json, and installed?",
    place: placeOfSpecifier(file, source, specifier),
  };
}

function placeOfSpecifier(file: string, source: string, specifier: string): Place {
  const literal = specifier.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const match = new RegExp(`(?:from|import|require)\\s*\\(?\\s*((["'\`])${literal}\\2)`).exec(source);
  if (match?.[1] === undefined) return { file, source, start: 0, end: 0 };
  const end = match.index + match[0].length;
  return { file, source, start: end - match[1].length, end };
}

/** The specifier with its last part as a file beside it has it. */
function nearFile(specifier: string, importer: string): string | undefined {
  const written = writtenPath(specifier, importer);
  const stem = (name: string) => name.replace(/(?:\.d)?\.[^.]+$/, "");
  const siblings = namesIn(dirname(written));
  const near = nearMiss(stem(basename(written)), siblings.map(stem));
  const sibling = siblings.find((name) => stem(name) === near);
  if (near === undefined || sibling === undefined) return undefined;
  const folder = specifier.slice(0, specifier.lastIndexOf("/") + 1);
  return folder + (extname(specifier) === "" ? near : sibling);
}

function nearPackage(specifier: string, importer: string, provided: readonly string[]): string | undefined {
  return nearMiss(specifier, [...provided, ...dependenciesAbove(dirname(importer))]);
}

function dependenciesAbove(folder: string): readonly string[] {
  for (let here = folder, last = ""; here !== last; last = here, here = dirname(here)) {
    const file = join(here, "package.json");
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) continue;
    try {
      const { dependencies, devDependencies } = JSON.parse(readFileSync(file, "utf8"));
      return Object.keys({ ...dependencies, ...devDependencies });
    } catch {
      return [];
    }
  }
  return [];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
