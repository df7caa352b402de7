/** `tocsin test` beside `promtool test rules`: whole processes, over all public unit tests and over single files. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const CORPORA = process.env.TOCSIN_CORPORA ?? resolve("../shared/corpora");
const PROMTOOL = process.env.TOCSIN_PROMTOOL ?? "promtool";

/** Reports seconds and ratios. promtool is `TOCSIN_PROMTOOL`, or the one on the path; without one, ours alone is measured. */
export async function benchRuleTests(report: (line: string) => void): Promise<void> {
  const verdicts = join(CORPORA, "promtool-verdicts.jsonl");
  if (!existsSync(verdicts)) return report(`skipped: there is no corpus at ${CORPORA} (TOCSIN_CORPORA)`);
  const files = readFileSync(verdicts, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { readonly file: string; readonly check: string })
    .flatMap(({ file, check }) => (check === "promtool test rules" ? [file] : []));
  const hasPromtool = spawnSync(PROMTOOL, ["--version"]).status === 0;
  const program = await bundle();
  try {
    const ours = (names: readonly string[]) => seconds(process.execPath, [program, ...names]);
    const theirs = (names: readonly string[]) => seconds(PROMTOOL, ["test", "rules", ...names]);
    compare("all files, one process", ours(files), hasPromtool ? theirs(files) : undefined, report);
    const sizes = files.map((file) => ({ file, size: readFileSync(join(CORPORA, file)).length }));
    sizes.sort((a, b) => a.size - b.size);
    for (const share of [0, 0.5, 0.9]) {
      const { file, size } = sizes[Math.floor(share * (sizes.length - 1))] as (typeof sizes)[number];
      const mine = median(() => ours([file]));
      const peer = hasPromtool ? median(() => theirs([file])) : undefined;
      compare(`one file of ${size} bytes (${file})`, mine, peer, report);
    }
  } finally {
    rmSync(program, { force: true });
  }
}

/** The command as a program of its own, as a package's file would be. */
async function bundle(): Promise<string> {
  const folder = resolve("node_modules/.cache/tocsin");
  mkdirSync(folder, { recursive: true });
  const entry = join(folder, `bench-${process.pid}.ts`);
  const outfile = join(folder, `bench-${process.pid}.mjs`);
  writeFileSync(
    entry,
    `import { runTests } from ${JSON.stringify(resolve("src/cli/test.ts"))};
const { stdout, stderr, env } = process;
const io = { stdout, stderr, env, cwd: process.cwd(), listenForStop: () => new AbortController().signal, readStdin: async () => "" };
process.exitCode = await runTests({ files: process.argv.slice(2) }, io);
`,
  );
  try {
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      target: "node20",
      logLevel: "error",
    });
  } finally {
    rmSync(entry, { force: true });
  }
  return outfile;
}

function seconds(command: string, args: readonly string[]): number {
  const start = performance.now();
  spawnSync(command, args, { cwd: CORPORA, stdio: "ignore" });
  return (performance.now() - start) / 1000;
}

function median(measure: () => number): number {
  const values = Array.from({ length: 5 }, measure).sort((a, b) => a - b);
  return values[2] as number;
}

function compare(what: string, ours: number, theirs: number | undefined, report: (line: string) => void): void {
  const peer =
    theirs === undefined ? "" : `, promtool ${theirs.toFixed(2)} s, ${(theirs / ours).toFixed(1)} times faster`;
  report(`${what}: tocsin ${ours.toFixed(2)} s${peer}`);
}
