/** A file system that fails where a test wants it to. */
import nodeFs from "node:fs";
import type { FileSystem } from "../../../src/emit/tree/plan.ts";

/** What changes something on disk. */
const CHANGES = new Set([
  "writeFileSync",
  "renameSync",
  "linkSync",
  "cpSync",
  "mkdirSync",
  "chmodSync",
  "rmSync",
  "rmdirSync",
  "fdatasync",
]);

export interface Faulty {
  readonly fs: FileSystem;
  /** How many changes were asked for. */
  count(): number;
}

/** Calls `before` and `after` around each change, which is numbered from 1; either may throw. */
export function faultyFs(before: (n: number, call: string) => void, after: (n: number) => void = () => {}): Faulty {
  let count = 0;
  const fs = new Proxy(nodeFs, {
    get(target, name) {
      const original = Reflect.get(target, name);
      if (typeof original !== "function" || !CHANGES.has(String(name))) return original;
      return (...args: unknown[]) => {
        const n = ++count;
        before(n, String(name));
        const result = original(...args);
        after(n);
        return result;
      };
    },
  });
  return { fs, count: () => count };
}
