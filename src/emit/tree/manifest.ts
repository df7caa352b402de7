/**
 * The list of what earlier builds made, which tells those files from files that are not ours to touch.
 *
 * One path a line rather than JSON: when two branches add files, taking both sides is the right merge, and even a list
 * that still holds git's conflict markers reads as what it means.
 */
import { isSafePath, OWN_FOLDER } from "./path-rules.ts";

/** Where in a tree its manifest is. */
export const MANIFEST_PATH: string = `${OWN_FOLDER}/manifest`;

const HEADING = "# Files that `tocsin build` made. Those that it makes no longer, it removes.";

export function printManifest(paths: Iterable<string>): string {
  return `${[HEADING, ...[...paths].sort()].join("\n")}\n`;
}

/** The paths that a manifest lists, without any that a build would not have written. */
export function readManifest(text: string): ReadonlySet<string> {
  return new Set(text.split(/\r?\n/).filter((line) => !line.startsWith("#") && isSafePath(line)));
}
