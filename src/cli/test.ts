/** `tocsin test`: runs promtool's unit tests of rules; and what the project's own scenarios cover, or are for promtool. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { FEATURE_FLAGS } from "../promql/language.ts";
import type { RuleCoverage } from "../testing/coverage/coverage.ts";
import type { FileResult } from "../testing/unit-test/result.ts";
import type { RanTest, RunTestOptions } from "../testing/unit-test/run-test-file.ts";
import { type Command, defineCommand, UsageError } from "./command.ts";
import { isForVitest } from "./for-vitest.ts";
import { type ExitCode, type Io, isGithub, wantsColor } from "./io.ts";
import { runScenarios } from "./run-scenarios.ts";
import { unitTestFiles } from "./unit-test-files.ts";

export const testCommand: Command = defineCommand({
  description:
    "Runs promtool's unit tests of rules, with promtool's verdicts. Without FILE, or with scenarios in TypeScript, --coverage and --export run the project's own tests by vitest.",
  positionals: [{ name: "FILE", help: "A file of unit tests, or a folder of them.", optional: true, many: true }],
  options: {
    run: { kind: "values", value: "REGEX", help: "Run only tests whose name matches." },
    junit: { kind: "value", value: "FILE", help: "Write the results as JUnit's XML, too." },
    json: { kind: "flag", help: "Print the results as JSON." },
    watch: { kind: "flag", short: "w", help: "Run again whenever a test or a rule file changes." },
    "honour-group-interval": {
      kind: "flag",
      help: "Evaluate each group at its own interval, which promtool does not.",
    },
    "ignore-unknown-fields": { kind: "flag", help: "Let fields of rule files pass that Prometheus does not know." },
    "enable-feature": { kind: "value", value: "NAME,…", help: "What the server is given as --enable-feature." },
    coverage: { kind: "flag", help: "Say what no test shows of the rules." },
    "coverage-json": { kind: "value", value: "FILE", help: "Write the coverage as JSON." },
    lcov: { kind: "value", value: "FILE", help: "Write the coverage as LCOV." },
    "coverage-threshold": { kind: "value", value: "PERCENT", help: "Fail where less is covered." },
    export: { kind: "value", value: "DIR", help: "Write the project's scenarios out as promtool's unit tests." },
    root: { kind: "value", value: "DIR", help: "The project, instead of the current folder." },
  },
  examples: [
    "tocsin test rules/*_test.yml",
    "tocsin test --coverage --coverage-threshold 100",
    "tocsin test --export out/tests",
  ],
  run: ({ positionals, options }, io) =>
    runTests(
      {
        ...options,
        files: positionals,
        honourGroupInterval: options["honour-group-interval"],
        ignoreUnknownFields: options["ignore-unknown-fields"],
        features: options["enable-feature"],
        coverageJson: options["coverage-json"],
        threshold: options["coverage-threshold"],
      },
      io,
    ),
});

export interface TestOptions {
  readonly files: readonly string[];
  /** RE2, matching any part of the name; one of them is enough. */
  readonly run?: readonly string[] | undefined;
  readonly junit?: string | undefined;
  readonly json?: boolean | undefined;
  readonly watch?: boolean | undefined;
  readonly honourGroupInterval?: boolean | undefined;
  readonly ignoreUnknownFields?: boolean | undefined;
  /** Names, parted by commas. */
  readonly features?: string | undefined;
  readonly coverage?: boolean | undefined;
  readonly coverageJson?: string | undefined;
  readonly lcov?: string | undefined;
  /** A percentage, with or without its sign. */
  readonly threshold?: string | undefined;
  readonly export?: string | undefined;
  readonly root?: string | undefined;
}

/** Runs what the options name. */
export async function runTests(given: TestOptions, io: Io): Promise<ExitCode> {
  if (given.export !== undefined) return exportScenarios(given, given.export, io);
  const files = unitTestFiles(given.files, io.cwd);
  const options = { ...given, files };
  const scenarios = files.filter((file) => isForVitest(resolve(io.cwd, file)));
  if (files.length === 0 || scenarios.length > 0) {
    if (wantsCoverage(options)) return coverScenarios(options, io);
    throw new UsageError(
      files.length === 0
        ? "Name files of unit tests."
        : /\.[mc]?[jt]sx?$/.test(scenarios[0] ?? "")
          ? `${scenarios[0]} is no file of unit tests: TypeScript is for vitest.`
          : `There are no unit tests below ${scenarios[0]}: no YAML files with \`tests:\`.`,
      "Scenarios are run by vitest itself: `npx vitest`. With --coverage or --export, tocsin runs them.",
    );
  }
  const settings = await settingsOf(options);
  const watched = new Set<string>();
  const once = () => runUnitTests(options, settings, io, watched);
  const code = await once();
  if (options.watch !== true) return code;
  const { watchFiles } = await import("./watch-files.ts");
  await watchFiles(watched, io, once);
  return 0;
}

async function settingsOf({ run = [], features, ...options }: TestOptions): Promise<RunTestOptions> {
  const pattern = run.length === 0 ? undefined : await compiled(run.join("|"));
  const names = (features ?? "").split(",").filter((name) => name !== "");
  return {
    features: FEATURE_FLAGS.filter((flag) => names.includes(flag)),
    ignoreUnknownFields: options.ignoreUnknownFields,
    honourGroupInterval: options.honourGroupInterval,
    lines: wantsCoverage(options),
    run: pattern,
  };
}

async function compiled(pattern: string): Promise<(name: string) => boolean> {
  const { RE2JS } = await import("re2js");
  try {
    const regex = RE2JS.compile(pattern);
    return (name) => regex.matcher(name).find();
  } catch (error) {
    throw new UsageError(`--run ${pattern} is no regular expression: ${(error as Error).message}`);
  }
}

async function runUnitTests(
  options: TestOptions,
  settings: RunTestOptions,
  io: Io,
  watched: Set<string>,
): Promise<ExitCode> {
  const { runTestFile, ruleFileReader } = await import("../testing/unit-test/run-test-file.ts");
  const { stdout, env } = io;
  const ran: RanTest[] = [];
  const read = ruleFileReader(settings);
  const reader = (path: string) => {
    watched.add(path);
    return read(path);
  };
  const observe = wantsCoverage(options) ? (test: RanTest) => ran.push(test) : undefined;
  const results: FileResult[] = [];
  const text = options.json === true ? undefined : await import("../testing/unit-test/report.ts");
  for (const file of options.files) {
    const path = resolve(io.cwd, file);
    watched.add(path);
    // Files are called what the user called them.
    const result = { ...runTestFile(path, { ...settings, observe }, reader), file };
    results.push(result);
    if (text !== undefined)
      stdout.write(text.fileText(result, { color: wantsColor(stdout, env), width: stdout.columns }));
  }
  const failed = results.filter(({ passed }) => !passed).length;
  if (text !== undefined && results.length > 1)
    stdout.write(`${results.length - failed} of ${results.length} files passed\n`);
  if (text !== undefined && isGithub(io)) {
    const { githubAnnotations } = await import("../testing/unit-test/github.ts");
    stdout.write(githubAnnotations(results));
  }
  if (options.junit !== undefined) {
    const { junitXml } = await import("../testing/unit-test/junit.ts");
    write(resolve(io.cwd, options.junit), junitXml(results));
  }
  if (options.json === true)
    stdout.write(`${JSON.stringify({ ok: failed === 0, files: results.map(plain) }, null, 2)}\n`);
  const isCovered = observe === undefined || (await reportCoverage(options, await unitTestCoverage(ran), io));
  return failed === 0 && isCovered ? 0 : 1;
}

/** A result as JSON holds it: diagnostics without the whole text of their file. */
function plain(result: FileResult): unknown {
  const told = (key: string, value: unknown) => (key === "source" ? undefined : value);
  return JSON.parse(JSON.stringify(result, told));
}

async function unitTestCoverage(ran: readonly RanTest[]): Promise<readonly RuleCoverage[]> {
  const { coverageOfTests } = await import("../testing/coverage/of-unit-tests.ts");
  return coverageOfTests(ran);
}

async function exportScenarios({ files, root }: TestOptions, folder: string, io: Io): Promise<ExitCode> {
  const project = resolve(io.cwd, root ?? ".");
  const { passed } = await runScenarios({ want: "export", root: project, files, folder: resolve(io.cwd, folder) });
  if (passed) io.stdout.write(`Scenarios are written to ${folder}: \`promtool test rules ${folder}/*.yml\`\n`);
  return passed ? 0 : 1;
}

async function coverScenarios(options: TestOptions, io: Io): Promise<ExitCode> {
  const { mergeCoverage } = await import("../testing/coverage/coverage.ts");
  const root = resolve(io.cwd, options.root ?? ".");
  const { passed, answers } = await runScenarios({ want: "coverage", root, files: options.files });
  const isCovered = await reportCoverage(options, mergeCoverage(answers as (readonly RuleCoverage[])[]), io);
  return passed && isCovered ? 0 : 1;
}

/** Tells of coverage in the ways that are asked for; the answer is whether it is enough. */
async function reportCoverage(options: TestOptions, rules: readonly RuleCoverage[], io: Io): Promise<boolean> {
  const { coverageText, coverageLcov } = await import("../testing/coverage/report.ts");
  const { shareOf } = await import("../testing/coverage/coverage.ts");
  if (options.json !== true) io.stdout.write(coverageText(rules));
  if (options.lcov !== undefined) write(resolve(io.cwd, options.lcov), coverageLcov(rules));
  const share = shareOf(rules);
  if (options.coverageJson !== undefined)
    write(resolve(io.cwd, options.coverageJson), `${JSON.stringify({ share, rules }, null, 2)}\n`);
  const threshold = percentage(options.threshold);
  if (threshold === undefined || share * 100 >= threshold) return true;
  io.stderr.write(`Less than ${threshold}% is covered.\n`);
  return false;
}

function percentage(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text.replace(/%$/, ""));
  if (number >= 0 && number <= 100) return number;
  throw new UsageError(`${JSON.stringify(text)} is no percentage.`);
}

function wantsCoverage({ coverage, coverageJson, lcov, threshold }: TestOptions): boolean {
  return coverage === true || coverageJson !== undefined || lcov !== undefined || threshold !== undefined;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
