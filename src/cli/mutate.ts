/** `tocsin mutate`: changes rules, one thing at a time, and says which changes no test notices. */
import { resolve } from "node:path";
import type { MutationResult } from "../testing/mutation/result.ts";
import type { RanTest } from "../testing/unit-test/run-test-file.ts";
import { type Command, defineCommand, UsageError } from "./command.ts";
import { isForVitest } from "./for-vitest.ts";
import type { ExitCode, Io } from "./io.ts";
import { runScenarios } from "./run-scenarios.ts";
import { unitTestFiles } from "./unit-test-files.ts";

export const mutateCommand: Command = defineCommand({
  description:
    "Changes rules, one thing at a time, and says which changes no test notices. Without FILE, the project's own scenarios are put to the test.",
  positionals: [
    { name: "FILE", help: "A file of promtool's unit tests, or of scenarios.", optional: true, many: true },
  ],
  options: {
    threshold: { kind: "value", value: "PERCENT", help: "Fail where a smaller share of the changes is noticed." },
    json: { kind: "flag", help: "Print every change as JSON." },
    root: { kind: "value", value: "DIR", help: "The project, instead of the current folder." },
  },
  examples: ["tocsin mutate --threshold 90", "tocsin mutate rules/*_test.yml"],
  run: ({ positionals, options }, io) => mutate({ ...options, files: positionals }, io),
});

export interface MutateOptions {
  readonly files: readonly string[];
  /** A percentage, with or without its sign. */
  readonly threshold?: string | undefined;
  readonly json?: boolean | undefined;
  readonly root?: string | undefined;
}

/** Mutates as the options say. */
export async function mutate(given: MutateOptions, io: Io): Promise<ExitCode> {
  const options = { ...given, files: unitTestFiles(given.files, io.cwd) };
  const threshold = options.threshold === undefined ? 0 : Number(options.threshold.replace(/%$/, ""));
  if (!(threshold >= 0 && threshold <= 100))
    throw new UsageError(`${JSON.stringify(options.threshold)} is no percentage.`);
  const { mutationScore, mutationText } = await import("../testing/mutation/result.ts");
  const scripts = options.files.filter((file) => isForVitest(resolve(io.cwd, file)));
  const ofScenarios = options.files.length === 0 || scripts.length > 0;
  if (ofScenarios && scripts.length < options.files.length)
    throw new UsageError("Name either files of scenarios or promtool's unit tests, not both.");
  const { passed, result } = ofScenarios ? await mutateScenarios(options, io) : await mutateUnitTests(options, io);
  if (!passed) {
    io.stderr.write("Some tests fail as it is, so nothing can be said about changes.\n");
    return 1;
  }
  const score = mutationScore(result);
  if (options.json === true) io.stdout.write(`${JSON.stringify({ score, ...result }, null, 2)}\n`);
  else io.stdout.write(mutationText(result, result.milliseconds));
  return score * 100 >= threshold ? 0 : 1;
}

interface Outcome {
  readonly passed: boolean;
  readonly result: MutationResult;
}

async function mutateScenarios({ files, root }: MutateOptions, io: Io): Promise<Outcome> {
  const { mergeMutants } = await import("../testing/mutation/result.ts");
  const { passed, answers } = await runScenarios({ want: "mutants", root: resolve(io.cwd, root ?? "."), files });
  return { passed, result: mergeMutants(answers as readonly MutationResult[]) };
}

async function mutateUnitTests({ files }: MutateOptions, io: Io): Promise<Outcome> {
  const { runTestFile, ruleFileReader } = await import("../testing/unit-test/run-test-file.ts");
  const { mutantsOfTests } = await import("../testing/mutation/of-unit-tests.ts");
  const tests: RanTest[] = [];
  const options = { features: [], lines: true, observe: (test: RanTest) => tests.push(test) };
  const read = ruleFileReader(options);
  const passed = files.map((file) => runTestFile(resolve(io.cwd, file), options, read).passed).every(Boolean);
  return { passed, result: mutantsOfTests(tests) };
}
