/** Runs the user's own vitest with a wish that its tests answer; see `session.ts`. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** As `session.ts` has it, which only runs within vitest. */
export interface VitestWish {
  readonly want: "export" | "coverage" | "mutants";
  readonly root: string;
  /** Test files, or patterns of them; all where there are none. */
  readonly files: readonly string[];
  /** Where exported files go; answers of other kinds are read back. */
  readonly folder?: string | undefined;
}

export interface VitestAnswer {
  readonly passed: boolean;
  /** What each test file answered. */
  readonly answers: readonly unknown[];
}

/** There is no vitest to run. */
export class NoVitest extends Error {}

/** Runs the tests once. Their report goes to standard error, so that standard output is ours. */
export async function runVitest({ want, root, files, folder }: VitestWish): Promise<VitestAnswer> {
  const answers = folder ?? mkdtempSync(join(tmpdir(), "tocsin-"));
  try {
    const session = JSON.stringify({ want, folder: answers, root });
    const code = await new Promise<number>((resolve, reject) => {
      const args = [vitestOf(root), "run", "--root", root, "--reporter", "dot", ...files];
      const child = spawn(process.execPath, args, {
        cwd: root,
        stdio: ["ignore", 2, 2],
        env: { ...process.env, TOCSIN_SESSION: session },
      });
      child.once("error", reject);
      child.once("exit", (status) => resolve(status ?? 1));
    });
    return { passed: code === 0, answers: folder === undefined ? readAll(answers) : [] };
  } finally {
    if (folder === undefined) rmSync(answers, { recursive: true, force: true });
  }
}

function vitestOf(root: string): string {
  try {
    const manifest = createRequire(join(root, "package.json")).resolve("vitest/package.json");
    return join(manifest, "..", "vitest.mjs");
  } catch {
    throw new NoVitest("vitest is not installed in this project: `npm install --save-dev vitest`");
  }
}

function readAll(folder: string): readonly unknown[] {
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
}
