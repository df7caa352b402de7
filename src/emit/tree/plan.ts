/** Works out what has to happen to a folder so that it holds the files of a build, without touching it. */
import { join } from "node:path";
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import type { OutputFile } from "../output-file.ts";
import { MANIFEST_PATH, printManifest, readManifest } from "./manifest.ts";
import type { TreeMemory } from "./memory.ts";
import { checkPaths, OWN_FOLDER } from "./path-rules.ts";

/** Node's file system, or one that fails where a test wants it to. */
export type FileSystem = typeof import("node:fs");

/** One file that is to be as the build says. */
export interface Put {
  readonly path: string;
  readonly text: string;
  /** What stood there, if something did. */
  readonly before?: string | undefined;
  /** The permissions of what stood there. */
  readonly mode?: number | undefined;
}

export interface TreePlan {
  readonly puts: readonly Put[];
  /** Files that an earlier build made and this one does not, with what they hold. */
  readonly removals: readonly { readonly path: string; readonly before: string }[];
  /** Files that are as they should be. */
  readonly unchanged: readonly string[];
  /** Files, links and whole folders that are not ours. */
  readonly foreign: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Plans the way from what is in `dir` to `files`; what `memory` knows is not read again. */
export function planTree(
  fs: FileSystem,
  dir: string,
  files: readonly OutputFile[],
  memory?: TreeMemory | undefined,
): TreePlan {
  const paths = files.map(({ path }) => path);
  const wanted = new Map(files.map(({ path, text }) => [path, text]));
  const diagnostics = memory?.areGood(paths) ? [] : [...checkPaths(paths)];
  if (diagnostics.length === 0) memory?.keepGood(paths);
  const manifest = readText(fs, join(dir, MANIFEST_PATH)) ?? "";
  const made = memory?.manifest(manifest, readManifest) ?? readManifest(manifest);
  wanted.set(MANIFEST_PATH, printManifest(paths));

  const ours = foldersOf([...wanted.keys(), ...made]);
  const disk = scan(fs, dir, ours);
  const puts: Put[] = [];
  const unchanged: string[] = [];
  for (const [path, text] of diagnostics.length > 0 ? [] : wanted) {
    const kind = disk.get(path);
    const mine = made.has(path) || path === MANIFEST_PATH;
    const blocker = kind === undefined ? blockerOf(path, disk, made) : kind === "file" ? undefined : path;
    if (blocker !== undefined && !isEmptied(blocker, disk, made, wanted)) diagnostics.push(inTheWay(path, blocker));
    else if (kind !== "file") puts.push({ path, text });
    else if (memory?.holds(fs, `${dir}/${path}`, text)) unchanged.push(path);
    else {
      const before = fs.readFileSync(`${dir}/${path}`);
      if (before.equals(Buffer.from(text))) {
        unchanged.push(path);
        memory?.keep(fs, `${dir}/${path}`, text);
      } else if (!mine) diagnostics.push(inTheWay(path, path));
      else puts.push({ path, text, before: before.toString(), mode: fs.statSync(join(dir, path)).mode & 0o7777 });
    }
  }

  const removals = [...made]
    .filter((path) => !wanted.has(path) && disk.get(path) === "file")
    .map((path) => ({ path, before: readText(fs, join(dir, path)) ?? "" }));
  const foreign = [...disk].filter(
    ([path, kind]) => kind !== "folder" && !wanted.has(path) && !(kind === "file" && made.has(path)),
  );
  return { puts, removals, unchanged, foreign: foreign.map(([path]) => path), diagnostics };
}

/** The text of a file; `undefined` where there is none to be read. */
export function readText(fs: FileSystem, path: string): string | undefined {
  try {
    return fs.readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** All folders on the way to some files. */
export function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths)
    for (let at = path.lastIndexOf("/"); at > 0 && !folders.has(path.slice(0, at)); at = path.lastIndexOf("/", at - 1))
      folders.add(path.slice(0, at));
  return folders;
}

type Kind = "file" | "folder" | "foreign folder" | "other";

/** What is on disk, without what is in folders that are not ours; a link is a thing of its own. */
function scan(fs: FileSystem, dir: string, ours: ReadonlySet<string>): ReadonlyMap<string, Kind> {
  const found = new Map<string, Kind>();
  const walk = (prefix: string) => {
    for (const entry of fs.readdirSync(join(dir, prefix), { withFileTypes: true })) {
      const path = prefix + entry.name;
      if (prefix === `${OWN_FOLDER}/` && path !== MANIFEST_PATH) continue;
      const isOurs = entry.isDirectory() && ours.has(path);
      found.set(path, isOurs ? "folder" : entry.isDirectory() ? "foreign folder" : entry.isFile() ? "file" : "other");
      if (isOurs) walk(`${path}/`);
    }
  };
  if (fs.existsSync(dir)) walk("");
  return found;
}

/** What stands where a folder on the way to `path` has to be. */
function blockerOf(path: string, disk: ReadonlyMap<string, Kind>, made: ReadonlySet<string>): string | undefined {
  for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) {
    const above = path.slice(0, at);
    const kind = disk.get(above);
    if (kind === "other" || (kind === "file" && !made.has(above))) return above;
  }
  return undefined;
}

/** Whether a folder goes away by itself, because all that is in it is ours and no longer made. */
function isEmptied(
  folder: string,
  disk: ReadonlyMap<string, Kind>,
  made: ReadonlySet<string>,
  wanted: ReadonlyMap<string, string>,
): boolean {
  if (disk.get(folder) !== "folder") return false;
  for (const [path, kind] of disk)
    if (path.startsWith(`${folder}/`) && kind !== "folder" && !(kind === "file" && made.has(path) && !wanted.has(path)))
      return false;
  return true;
}

function inTheWay(path: string, blocker: string): Diagnostic {
  return {
    code: "out/foreign-file",
    severity: "error",
    message:
      blocker === path
        ? `Cannot write ${JSON.stringify(path)}: something that tocsin did not make stands there.`
        : `Cannot write ${JSON.stringify(path)}: ${JSON.stringify(blocker)} is no folder, and tocsin did not make it.`,
    help: `Move it away, or remove it, and build again.`,
  };
}
