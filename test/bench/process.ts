/** Runs whole programs, and tells how long they took and how much memory they had at most. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

/** The promtool to compare with: the newest where CI built it, or the one on the PATH. */
export const PROMTOOL: string = process.env.TOCSIN_PROMTOOL ?? process.env.PROMTOOL ?? "promtool";

/** Its version, or `undefined` where there is none. */
export function promtoolVersion(): string | undefined {
  const { status, stdout, stderr } = spawnSync(PROMTOOL, ["--version"], { encoding: "utf8" });
  return status === 0 ? (/version (\S+)/.exec(stdout + stderr)?.[1] ?? "of no version") : undefined;
}

export interface Ran {
  readonly ms: number;
  /** NaN where the system does not tell. */
  readonly mib: number;
  readonly status: number | null;
  /** Ended for taking too long; `ms` is the least that it would have taken. */
  readonly timedOut: boolean;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly timeoutMs?: number;
}

/** Runs a program without its output. */
export function runProgram(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((done, fail) => {
    const start = performance.now();
    let timedOut = false;
    let kib = Number.NaN;
    const child = spawn(command, args, { cwd: options.cwd, stdio: "ignore" });
    // The kernel keeps the peak itself; looking often only matters for what comes just before the end.
    const looking = setInterval(() => {
      const now = peakOf(child.pid);
      if (now !== undefined) kib = now;
    }, 5);
    const ending = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, options.timeoutMs ?? 1_800_000);
    const stop = () => {
      clearInterval(looking);
      clearTimeout(ending);
    };
    child.once("error", (error) => {
      stop();
      fail(error);
    });
    child.once("exit", (status) => {
      stop();
      done({ ms: performance.now() - start, mib: Math.round(kib / 1024), status, timedOut });
    });
  });
}

function peakOf(pid: number | undefined): number | undefined {
  try {
    const found = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return found === undefined ? undefined : Number(found);
  } catch {
    return undefined;
  }
}

/** Runs `tocsin` as a user has it; compiles it first where that was not done. */
export function runTocsin(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const program = resolve("dist/cli/main.cjs");
  if (!existsSync(program)) spawnSync("npm", ["run", "--silent", "compile"], { stdio: "inherit" });
  return runProgram(process.execPath, [program, ...args], options);
}
