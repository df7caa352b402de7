/** Where the corpora lie: real files that tests check the product against, which are no part of it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const CORPORA = process.env.TOCSIN_CORPORA ?? join(process.cwd(), "..", "shared", "corpora");

/** Whether the corpora are there; tests that need them are skipped where they are not. */
export const hasCorpora = existsSync(CORPORA);

/** The rows of a file with one JSON value a line. */
export function readRows<T>(path: string): readonly T[] {
  return readFileSync(join(CORPORA, path), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as T);
}
