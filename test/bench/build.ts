/** How long a build takes, cold and after one file changed, how much memory it needs, and how big tocsin is. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as tocsin from "tocsin";
import { compile } from "../../src/emit/compile.ts";
import { TreeMemory } from "../../src/emit/tree/memory.ts";
import { writeTree } from "../../src/emit/tree/tree.ts";
import { createLoader } from "../../src/source/load.ts";
import { generateWorkspace, serviceName, serviceText } from "./generate.ts";
import { median } from "./statistics.ts";

const CLI = resolve("dist/cli/main.cjs");
const ROUNDS = 3;

/** Runs the build on generated workspaces. */
export async function benchBuild(report: (line: string) => void): Promise<void> {
  execFileSync("npm", ["run", "--silent", "compile"]);
  for (const services of [100, 1000]) {
    const root = mkdtempSync(join(tmpdir(), "tocsin-bench-"));
    try {
      generateWorkspace(root, services);
      const cold = Array.from({ length: ROUNDS }, () => coldBuild(root));
      const warm = await warmBuilds(root);
      report(
        `${services} services (10 alerts, 5 recording rules, 1 dashboard each): cold ${seconds(cold.map(({ ms }) => ms))}, ` +
          `peak memory ${Math.max(...cold.map(({ mib }) => mib))} MiB; after one file changed ${seconds(warm)}`,
      );
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
  benchStart(report);
  report(`production install: ${installSize()} MB`);
}

/** A build as a user runs it, into an empty folder. The process tells its own peak when it ends. */
function coldBuild(root: string): { readonly ms: number; readonly mib: number } {
  rmSync(join(root, "out"), { recursive: true, force: true });
  const tellPeak = 'process.on("exit",()=>require("fs").writeSync(2,"\\npeak="+process.resourceUsage().maxRSS))';
  const preload = join(root, "peak.cjs");
  writeFileSync(preload, tellPeak);
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--require", preload, CLI, "build", "--root", root], {
    encoding: "utf8",
  });
  const ms = performance.now() - start;
  if (status !== 0) throw new Error(`the build failed:\n${stderr}`);
  return { ms, mib: Math.round(Number(/peak=(\d+)/.exec(stderr)?.[1]) / 1024) };
}

/** What a watch does when a file changes: run it, compile, write what differs. */
async function warmBuilds(root: string): Promise<readonly number[]> {
  const loader = createLoader(root, { provided: { tocsin } });
  const memory = new TreeMemory();
  const build = async () => {
    const { modules } = await loader.load();
    await writeTree(join(root, "out"), compile(modules, { root }).files, { inPlace: true, memory });
  };
  await build();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const file = join(root, "monitors", `${serviceName(round)}.ts`);
    writeFileSync(file, serviceText(round, 20 + round));
    const start = performance.now();
    loader.invalidate([file]);
    await build();
    times.push(performance.now() - start);
  }
  return times;
}

function benchStart(report: (line: string) => void): void {
  const time = (args: readonly string[]) => {
    const start = performance.now();
    spawnSync(process.execPath, args);
    return performance.now() - start;
  };
  const rounds = Array.from({ length: 15 }, () => [time(["-e", "0"]), time([CLI, "--help"])] as const);
  const bare = median(rounds.map(([node]) => node));
  const help = median(rounds.map(([, program]) => program));
  report(
    `tocsin --help: ${help.toFixed(0)} ms, a bare Node ${bare.toFixed(0)} ms: ${(help - bare).toFixed(0)} ms more`,
  );
}

/** The size of tocsin with all that it needs at run time, as npm installs it. */
function installSize(): string {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean; peer?: boolean }>;
  };
  const needed = Object.entries(lock.packages).filter(
    ([path, { dev, devOptional, peer }]) => path !== "" && !dev && !devOptional && !peer && existsSync(path),
  );
  const seen = new Set<number>();
  const bytes = [...needed.map(([path]) => path), "dist", "templates"].reduce(
    (sum, path) => sum + folderSize(path, seen),
    0,
  );
  return (bytes / 1e6).toFixed(0);
}

/** What a folder takes up on disk; a file with two names counts once. */
function folderSize(path: string, seen: Set<number>): number {
  return readdirSync(path, { withFileTypes: true }).reduce((sum, entry) => {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? sum : sum + folderSize(inner, seen);
    const { ino, size } = statSync(inner, { throwIfNoEntry: false }) ?? { ino: 0, size: 0 };
    if (seen.has(ino)) return sum;
    seen.add(ino);
    return sum + size;
  }, 0);
}

const seconds = (times: readonly number[]) =>
  `${(median(times) / 1000).toFixed(2)} s (best ${(Math.min(...times) / 1000).toFixed(2)})`;
