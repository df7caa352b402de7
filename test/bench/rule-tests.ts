/** `tocsin test` beside `promtool test rules`: whole processes, over all public unit tests at once and file by file. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { mutantsOfTests } from "../../src/testing/mutation/of-unit-tests.ts";
import { type RanTest, ruleFileReader, runTestFile } from "../../src/testing/unit-test/run-test-file.ts";
import { PROMTOOL, promtoolVersion, type Ran, runProgram, runTocsin } from "./process.ts";
import { median, spread } from "./statistics.ts";

const CORPORA = process.env.TOCSIN_CORPORA ?? resolve("../shared/corpora");
const ROUNDS = 5;
/** File by file, every eighth in the order of size stands for all. */
const EACH = 8;
const EACH_ROUNDS = 3;
/** A single file is not waited for any longer. */
const PATIENCE = { cwd: CORPORA, timeoutMs: 5000 };

type Report = (line: string) => void;

export async function benchRuleTests(report: Report): Promise<void> {
  const verdicts = join(CORPORA, "promtool-verdicts.jsonl");
  if (!existsSync(verdicts)) return report(`skipped: there is no corpus at ${CORPORA} (TOCSIN_CORPORA)`);
  const files = readFileSync(verdicts, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { readonly file: string; readonly check: string })
    .flatMap(({ file, check }) => (check === "promtool test rules" ? [file] : []))
    .sort((a, b) => sizeOf(a) - sizeOf(b));
  const version = promtoolVersion();
  report(
    version === undefined ? "without promtool: there is none" : `beside promtool ${version}; least / median / most`,
  );
  // What the first run keeps, the others find.
  await ours([files[0] as string]);
  for (const share of [0, 0.5, 0.9])
    await oneFile(files[Math.floor(share * (files.length - 1))] as string, version !== undefined, report);
  if (version !== undefined) await eachFile(files, report);
  await allFiles(files, version !== undefined, report);
  mutants(files, report);
}

const sizeOf = (file: string) => readFileSync(join(CORPORA, file)).length;
const ours = (files: readonly string[], options: object = { cwd: CORPORA }) => runTocsin(["test", ...files], options);
const theirs = (files: readonly string[], options: object = { cwd: CORPORA }) =>
  runProgram(PROMTOOL, ["test", "rules", ...files], options);

async function oneFile(file: string, hasPeer: boolean, report: Report): Promise<void> {
  const node: Ran[] = [];
  const mine: Ran[] = [];
  const peer: Ran[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    node.push(await runProgram(process.execPath, ["-e", "0"]));
    mine.push(await ours([file]));
    if (hasPeer) peer.push(await theirs([file]));
  }
  const times = (ran: readonly Ran[]) => ran.map(({ ms }) => ms);
  report(
    `one file of ${sizeOf(file)} bytes: tocsin ${spread(times(mine))} ms, of which a bare Node ${spread(times(node))} ms` +
      (hasPeer ? `; promtool ${spread(times(peer))} ms; ${ratios(times(peer), times(mine))} (${file})` : ` (${file})`),
  );
}

/** A sample of all sizes, each tool in a process of its own; a file counts with the median of its rounds. */
async function eachFile(files: readonly string[], report: Report): Promise<void> {
  const sample = files.filter((_, i) => i % EACH === EACH >> 1);
  const mine: number[] = [];
  const peer: number[] = [];
  let late = 0;
  for (const file of sample) {
    const rounds: { readonly mine: Ran; readonly peer: Ran }[] = [];
    for (let round = 0; round < EACH_ROUNDS; round++)
      rounds.push({ mine: await ours([file], PATIENCE), peer: await theirs([file], PATIENCE) });
    mine.push(median(rounds.map((ran) => ran.mine.ms)));
    peer.push(median(rounds.map((ran) => ran.peer.ms)));
    if (rounds.some((ran) => ran.peer.timedOut)) late++;
  }
  const ahead = mine.filter((ms, i) => ms <= (peer[i] as number)).length;
  report(
    `${sample.length} of ${files.length} files (every ${EACH}th by size), each in a process of its own, median of ${EACH_ROUNDS} runs: ` +
      `tocsin ${spread(mine)} ms, promtool ${spread(peer)} ms (${late} of them stopped after ${PATIENCE.timeoutMs / 1000} s); ` +
      `${ratios(peer, mine)}; tocsin is no slower on ${ahead}`,
  );
}

async function allFiles(files: readonly string[], hasPeer: boolean, report: Report): Promise<void> {
  const mine = [await ours(files), await ours(files), await ours(files)];
  // Once only: it takes minutes.
  const peer = hasPeer ? await theirs(files) : undefined;
  const ms = median(mine.map((ran) => ran.ms));
  report(
    `all ${files.length} files, one process: tocsin ${spread(
      mine.map((ran) => ran.ms / 1000),
      2,
    )} s and ${memory(mine)} MiB` +
      (peer === undefined
        ? ""
        : `; promtool ${(peer.ms / 1000).toFixed(1)} s (one run) and ${memory([peer])} MiB; promtool takes ${(peer.ms / ms).toFixed(1)} times as long`),
  );
}

const memory = (ran: readonly Ran[]) => Math.max(...ran.map(({ mib }) => mib));

function ratios(peer: readonly number[], mine: readonly number[]): string {
  const each = peer.map((ms, i) => ms / (mine[i] as number));
  return `promtool takes ${spread(each, 2)} times as long`;
}

/** How many changes of rules are put to their tests in a second. */
function mutants(files: readonly string[], report: Report): void {
  let count = 0;
  let noticed = 0;
  const speeds: number[] = [];
  const start = performance.now();
  for (const file of files) {
    if (performance.now() - start > 20_000) break;
    const tests: RanTest[] = [];
    const options = { features: [], observe: (test: RanTest) => tests.push(test) };
    runTestFile(join(CORPORA, file), options, ruleFileReader(options));
    const { mutants: found, milliseconds } = mutantsOfTests(tests);
    if (found.length === 0) continue;
    count += found.length;
    noticed += found.filter((mutant) => mutant.noticed).length;
    speeds.push((found.length / milliseconds) * 1000);
  }
  report(`mutants: ${spread(speeds)} a second in ${speeds.length} files; ${count} mutants, ${noticed} of them noticed`);
}
