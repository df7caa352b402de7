/** Which test files are about scenarios, told from their text: nothing is run. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Whether a file imports `tocsin/testing`, itself or by way of files that it imports by relative names. */
export function importsScenarios(file: string, seen: Set<string> = new Set()): boolean {
  if (seen.has(file)) return false;
  seen.add(file);
  const names = [...sourceOf(file).matchAll(IMPORTED)].map(([, name = ""]) => name);
  if (names.includes("tocsin/testing")) return true;
  return names
    .filter((name) => name.startsWith("."))
    .flatMap((name) => candidates(join(dirname(file), name)))
    .some((path) => importsScenarios(path, seen));
}

const IMPORTED = /(?:^(?:import|export)\b[^"'`;]*|\bimport\(\s*)["']([^"'\n]+)["']/gm;

/** An import may leave the ending out, or name what a file compiles to. */
function candidates(path: string): readonly string[] {
  const base = path.replace(/\.([mc]?)jsx?$/, "");
  return base === path && /\.[mc]?tsx?$/.test(path)
    ? [path]
    : [
        path,
        ...["ts", "tsx", "mts", "js", "mjs"].flatMap((ending) => [`${base}.${ending}`, join(path, `index.${ending}`)]),
      ];
}

function sourceOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
