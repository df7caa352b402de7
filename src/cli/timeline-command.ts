/** `tocsin timeline`: who reads what at which minute, of a scenario in TypeScript, or of alerts over time in YAML. */
import { readFileSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { printTimeline } from "../alertmanager/timeline/print.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { type DurationText, parseDuration } from "../quantity/duration.ts";
import { createLoader } from "../source/load.ts";
import type { Scenario } from "../testing/scenario/scenario.ts";
import { alertmanagerSource, type SourceOptions } from "./alertmanager-source.ts";
import { type Command, defineCommand, UsageError } from "./command.ts";
import type { ExitCode, Io } from "./io.ts";
import { printProblems } from "./route.ts";
import { readScenario, runScenario } from "./timeline.ts";

export const timelineCommand: Command = defineCommand({
  description:
    "Tells who reads what at which minute. FILE is a module that exports a scenario, or YAML that lists alerts over time.",
  positionals: [{ name: "FILE", help: "scenarios/*.ts, or alerts over time as YAML." }],
  options: {
    until: { kind: "value", value: "DURATION", help: "How long a scenario is followed; 1h where nothing is said." },
    config: {
      kind: "value",
      short: "c",
      value: "FILE",
      help: "An alertmanager.yml, instead of what monitors/ compile to.",
    },
    environment: { kind: "value", short: "e", value: "NAME", help: "The environment to look at." },
    root: { kind: "value", value: "DIR", help: "The project, instead of the current folder." },
  },
  examples: [
    "tocsin timeline scenarios/emptying.ts --until 2h",
    "tocsin timeline alerts.yml --config alertmanager.yml",
  ],
  async run({ positionals: [name = ""], options }, io) {
    const file = resolve(io.cwd, name);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile())
      throw new UsageError(`There is no file ${JSON.stringify(name)}.`);
    return /\.[mc]?[jt]s$/.test(file) ? ofScenario(file, options, io) : ofAlerts(file, name, options, io);
  },
});

interface TimelineOptions extends SourceOptions {
  readonly until?: string | undefined;
}

async function ofScenario(file: string, { until = "1h", root }: TimelineOptions, io: Io): Promise<ExitCode> {
  if (parseDuration(until) === undefined)
    throw new UsageError(`${JSON.stringify(until)} is no duration: write it as 90m.`);
  const project = resolve(io.cwd, root ?? ".");
  const folder = relative(project, dirname(file)).split(sep).join("/");
  const { loadProduct } = await import("./product.ts");
  const { provided } = await loadProduct();
  const { modules, diagnostics } = await createLoader(project, {
    provided,
    folder: folder === "" ? "." : folder,
  }).load();
  const module = modules.find((one) => resolve(project, one.file) === file);
  const own = diagnostics.filter(({ place }) => place?.file !== undefined && resolve(project, place.file) === file);
  if (module === undefined || own.length > 0) {
    io.stderr.write(printProblems(own));
    return 1;
  }
  const scenario = Object.values(module.exports).find(isScenario);
  if (scenario === undefined)
    throw new UsageError(
      `${JSON.stringify(relative(io.cwd, file))} exports no scenario: export const story = scenario(…).given(…).`,
    );
  io.stdout.write(`${scenario.timeline(until as DurationText).text.trimEnd()}\n`);
  return 0;
}

function isScenario(value: unknown): value is Scenario {
  return typeof value === "object" && value !== null && "timeline" in value && typeof value.timeline === "function";
}

async function ofAlerts(file: string, name: string, options: TimelineOptions, io: Io): Promise<ExitCode> {
  const { scenario, diagnostics } = readScenario(readFileSync(file, "utf8"), name);
  io.stderr.write(printProblems(diagnostics));
  if (isBroken(diagnostics)) return 1;
  const config = options.config ?? (scenario.config === "" ? undefined : resolve(dirname(file), scenario.config));
  const source = await alertmanagerSource({ ...options, config }, io);
  io.stderr.write(printProblems(source.diagnostics));
  const { config: read, templates } = source;
  if (read === undefined || templates === undefined) return 1;
  const texts = { config: read, templates, externalURL: "http://localhost:9093", start: scenario.start };
  io.stdout.write(printTimeline(runScenario(read, scenario), texts));
  return 0;
}

function isBroken(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
