/**
 * Which paths a build may write: those that stay in their folder, on every file system that a repository meets.
 *
 * Windows: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
import { toUSVString } from "node:util";
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { isDeviceName } from "../../util/device-name.ts";

/** The folder inside a tree that holds what the writer itself keeps. */
export const OWN_FOLDER = ".tocsin";

/** Says of each path that may not be written why, and of each two that some file system takes for one. */
export function checkPaths(paths: Iterable<string>): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const names = createNameTable();
  for (const path of paths) {
    const fault = faultOf(path);
    const taken = fault === undefined ? names.take(path) : undefined;
    if (fault !== undefined) diagnostics.push(refusal("out/bad-path", `${JSON.stringify(path)} ${fault}`));
    if (taken !== undefined)
      diagnostics.push(
        refusal(
          "out/path-collision",
          `${JSON.stringify(path)} and ${JSON.stringify(taken)} are one file for some file systems`,
        ),
      );
  }
  return diagnostics;
}

/** Whether a path may be touched at all; also for paths that come from a file on disk. */
export function isSafePath(path: string): boolean {
  return faultOf(path) === undefined;
}

function refusal(code: Diagnostic["code"], message: string): Diagnostic {
  return {
    code,
    severity: "error",
    message: `Cannot write a file of this name: ${message}.`,
    help: "Give the definition that the file is named after another name.",
  };
}

const FORBIDDEN = /[<>:"|?*\\]/;
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

/** What most file systems hold in one name, in bytes; some room is left for the names of copies. */
const LONGEST_NAME = 240;
const LONGEST_PATH = 1000;

function faultOf(path: string): string | undefined {
  if (path === "") return "is empty";
  if (path.startsWith("/") || /^[a-z]:/i.test(path)) return "is not relative";
  if (CONTROL.test(path)) return "holds a control character";
  if (toUSVString(path) !== path) return "holds half of a character";
  if (FORBIDDEN.test(path)) return `holds ${FORBIDDEN.exec(path)?.[0]}, which Windows refuses`;
  if (Buffer.byteLength(path) > LONGEST_PATH) return "is too long";
  for (const name of path.split("/")) {
    const fault = faultOfName(name);
    if (fault !== undefined) return fault;
  }
  return path.split("/")[0]?.toLowerCase() === OWN_FOLDER ? "is in the folder that tocsin keeps for itself" : undefined;
}

function faultOfName(name: string): string | undefined {
  if (name === "") return "has an empty part";
  if (name === "." || name === "..") return "leaves its folder";
  if (/[. ]$/.test(name)) return "has a part that ends in a dot or a space, which Windows drops";
  if (isDeviceName(name)) return `has the part ${JSON.stringify(name)}, which is a device of Windows`;
  if (Buffer.byteLength(name) > LONGEST_NAME) return "has a part that is too long";
  return name.toLowerCase() === ".git" ? "would be part of git's own data" : undefined;
}

/** Knows files and folders by what a case-blind file system makes of their names. */
function createNameTable(): { take(path: string): string | undefined } {
  const files = new Map<string, string>();
  const folders = new Map<string, string>();
  const blind = (path: string) => path.normalize("NFC").toLowerCase().toUpperCase().toLowerCase();
  return {
    take(path) {
      const key = blind(path);
      const taken = files.get(key) ?? folders.get(key);
      if (taken !== undefined) return taken;
      for (let at = key.indexOf("/"); at !== -1; at = key.indexOf("/", at + 1)) {
        const above = files.get(key.slice(0, at));
        if (above !== undefined) return above;
        folders.set(key.slice(0, at), path);
      }
      files.set(key, path);
      return undefined;
    },
  };
}
