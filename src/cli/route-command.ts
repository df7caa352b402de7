/** `tocsin route`: who gets an alert and why; `tocsin route test`: suites of such cases. */
import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { alertmanagerSource, type SourceOptions } from "./alertmanager-source.ts";
import { type Command, defineCommand, UsageError } from "./command.ts";
import type { ExitCode, Io } from "./io.ts";
import { explainRoute, instantOf, parseLabels, printExplanation, printProblems } from "./route.ts";
import { readSuite, runSuite } from "./route-suite.ts";

export const routeCommand: Command = defineCommand({
  description:
    "Tells who gets an alert with these labels, by which path and why, how it is grouped, and what would keep it back.\n" +
    "`tocsin route test FILE…` runs suites of cases.",
  positionals: [
    { name: "LABEL=VALUE… | test FILE…", help: "The alert's labels, or suites.", many: true, optional: true },
  ],
  options: {
    config: {
      kind: "value",
      short: "c",
      value: "FILE",
      help: "An alertmanager.yml, instead of what monitors/ compile to.",
    },
    environment: { kind: "value", short: "e", value: "NAME", help: "The environment to look at." },
    at: { kind: "value", value: "TIME", help: "The instant, such as 2026-03-01T23:00:00Z, instead of now." },
    root: { kind: "value", value: "DIR", help: "The project, instead of the current folder." },
    json: { kind: "flag", help: "Print JSON." },
  },
  examples: [
    "tocsin route team=storefront severity=page alertname=SoldOut",
    "tocsin route --config alertmanager.yml --at 2026-03-01T23:00:00Z severity=ticket",
    "tocsin route test routes.yml",
  ],
  async run({ positionals, options }, io) {
    const [first, ...rest] = positionals;
    return first === "test" ? testRoutes(rest, options, io) : tellRoute(positionals, options, io);
  },
});

interface RouteOptions extends SourceOptions {
  readonly at?: string | undefined;
  readonly json: boolean;
}

async function tellRoute(args: readonly string[], options: RouteOptions, io: Io): Promise<ExitCode> {
  const read = parseLabels(args);
  if ("mistake" in read) throw new UsageError(read.mistake);
  const at = options.at === undefined ? Date.now() : instantOf(options.at);
  const { config, diagnostics } = await alertmanagerSource(options, io);
  io.stderr.write(printProblems(diagnostics));
  if (config === undefined) return 1;
  const explanation = explainRoute(config, read.labels, at);
  const { labels, answers, inhibitedBy } = explanation;
  const json = () => `${JSON.stringify({ labels, answers, inhibitedBy }, null, 2)}\n`;
  io.stdout.write(options.json ? json() : printExplanation(explanation, at));
  return 0;
}

async function testRoutes(files: readonly string[], options: RouteOptions, io: Io): Promise<ExitCode> {
  if (files.length === 0) throw new UsageError("Name the suites to run: tocsin route test FILE….");
  const at = options.at === undefined ? Date.now() : instantOf(options.at);
  let passed = 0;
  let failed = 0;
  for (const name of files) {
    const file = resolve(io.cwd, name);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile())
      throw new UsageError(`There is no file ${JSON.stringify(name)}.`);
    const suite = readSuite(readFileSync(file, "utf8"), name);
    io.stderr.write(printProblems(suite.diagnostics));
    const config = options.config ?? (suite.config === "" ? undefined : resolve(dirname(file), suite.config));
    const source = await alertmanagerSource({ ...options, config }, io);
    io.stderr.write(printProblems(source.diagnostics));
    if (source.config === undefined || suite.diagnostics.length > 0) {
      failed++;
      continue;
    }
    const outcome = runSuite(source.config, suite, at);
    io.stderr.write(printProblems(outcome.diagnostics));
    passed += outcome.passed;
    failed += outcome.failed;
  }
  io.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}
