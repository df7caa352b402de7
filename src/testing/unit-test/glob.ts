/** File patterns as Go's filepath.Glob knows them. https://pkg.go.dev/path/filepath#Match */
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The files that a pattern matches, in order; `undefined` where it is no pattern. */
export function glob(pattern: string): readonly string[] | undefined {
  if (!/[*?[\\]/.test(pattern)) return exists(pattern) ? [pattern] : [];
  const parts = pattern.split("/");
  const tests = parts.map(partTest);
  if (tests.includes(undefined)) return undefined;
  let found = [pattern.startsWith("/") ? "/" : ""];
  parts.forEach((part, i) => {
    if (part === "") return;
    const test = tests[i] as (name: string) => boolean;
    if (!/[*?[\\]/.test(part)) found = found.map((folder) => join(folder, part)).filter(exists);
    else
      found = found.flatMap((folder) =>
        namesIn(folder === "" ? "." : folder)
          .filter(test)
          .sort()
          .map((name) => join(folder, name)),
      );
  });
  return found;
}

/** A test for one name of a path. */
function partTest(part: string): ((name: string) => boolean) | undefined {
  let source = "";
  for (let i = 0; i < part.length; i++) {
    const char = part[i] as string;
    if (char === "*") source += "[^/]*";
    else if (char === "?") source += "[^/]";
    else if (char === "\\") {
      if (i + 1 >= part.length) return undefined;
      source += literal(part[++i] as string);
    } else if (char === "[") {
      const end = part.indexOf("]", i + 2);
      if (end === -1) return undefined;
      const negated = part[i + 1] === "^";
      const within = part.slice(i + (negated ? 2 : 1), end).replace(/[[\]^\\]/g, "\\$&");
      source += `[${negated ? "^" : ""}${within}]`;
      i = end;
    } else source += literal(char);
  }
  try {
    const regex = new RegExp(`^${source}$`, "su");
    return (name) => regex.test(name);
  } catch {
    return undefined;
  }
}

function literal(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
}

function exists(path: string): boolean {
  return path !== "" && lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
