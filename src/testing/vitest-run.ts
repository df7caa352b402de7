/** Runs the user's own vitest with a wish that its tests answer; see `session.ts`. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importsScenarios } from "./imports-scenarios.ts";

/** As `session.ts` has it, which only runs within vitest. */
export interface VitestWish {
  readonly want: "export" | "coverage" | "mutants";
  readonly root: string;
  /** Test files, or patterns of them; where there are none, all that have scenarios. */
  readonly files: readonly string[];
  /** Where exported files go; answers of other kinds are read back. */
  readonly folder?: string | undefined;
}

export interface VitestAnswer {
  readonly passed: boolean;
  /** What each test file answered. */
  readonly answers: readonly unknown[];
}

/** There is no vitest, or nothing for it to run. */
export class NothingToRun extends Error {}

/** Runs the tests once. Their report goes to standard error, so that standard output is ours. */
export async function runVitest({ want, root, files, folder }: VitestWish): Promise<VitestAnswer> {
  const answers = folder ?? mkdtempSync(join(tmpdir(), "tocsin-"));
  try {
    const session = JSON.stringify({ want, folder: answers, root });
    const chosen = files.length > 0 ? files : await scenarioFiles(root);
    const env = { ...process.env, TOCSIN_SESSION: session };
    const { code } = await vitest(root, ["run", "--root", root, "--reporter", "dot", ...chosen], { stdout: 2, env });
    return { passed: code === 0, answers: folder === undefined ? readAll(answers) : [] };
  } finally {
    if (folder === undefined) rmSync(answers, { recursive: true, force: true });
  }
}

/** The test files that import scenarios, themselves or by way of files of the project. */
async function scenarioFiles(root: string): Promise<readonly string[]> {
  const args = ["list", "--root", root, "--filesOnly", "--json"];
  const { code, output } = await vitest(root, args, { stdout: "pipe", env: process.env });
  if (code !== 0) throw new NothingToRun("vitest cannot list the tests of this project: `npx vitest list` says why");
  const all = JSON.parse(output) as readonly { readonly file: string }[];
  const found = all.map(({ file }) => file).filter((file) => importsScenarios(file));
  if (found.length === 0) throw new NothingToRun("no test of this project imports tocsin/testing");
  return found;
}

interface Spawned {
  readonly stdout: 2 | "pipe";
  readonly env: NodeJS.ProcessEnv;
}

function vitest(
  root: string,
  args: readonly string[],
  { stdout, env }: Spawned,
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vitestOf(root), ...args], { cwd: root, stdio: ["ignore", stdout, 2], env });
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.once("error", reject);
    child.once("close", (status) => resolve({ code: status ?? 1, output }));
  });
}

function vitestOf(root: string): string {
  try {
    const manifest = createRequire(join(root, "package.json")).resolve("vitest/package.json");
    return join(manifest, "..", "vitest.mjs");
  } catch {
    throw new NothingToRun("vitest is not installed in this project: `npm install --save-dev vitest`");
  }
}

function readAll(folder: string): readonly unknown[] {
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
}
