/** `tocsin timeline`: who reads what at which minute: of a scenario, of series over time, or of alerts over time. */
import { readFileSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { type TimelineData, timelineData } from "../alertmanager/timeline/data.ts";
import { printLabels, printTimeline } from "../alertmanager/timeline/print.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { type DurationText, formatDuration, parseDuration } from "../quantity/duration.ts";
import { createLoader } from "../source/load.ts";
import type { Scenario } from "../testing/scenario/scenario.ts";
import { alertmanagerSource, type SourceOptions } from "./alertmanager-source.ts";
import { type Command, defineCommand, UsageError } from "./command.ts";
import type { ExitCode, Io } from "./io.ts";
import { instantOf, printProblems } from "./route.ts";
import { readScenario, runScenario } from "./timeline.ts";

const HOUR = 3_600_000;

export const timelineCommand: Command = defineCommand({
  description:
    "Tells who reads what at which minute. FILE is a module that exports a scenario, or YAML that lists alerts over time;\n" +
    "--series runs what monitors/ compile to on series from files.",
  positionals: [{ name: "FILE", help: "scenarios/*.ts, or alerts over time as YAML.", optional: true }],
  options: {
    series: {
      kind: "values",
      value: "FILE",
      help: "Series as promtool's tests write them, one a line, a minute apart; `load 30s` above those of 30 seconds.",
    },
    start: {
      kind: "value",
      value: "TIME",
      help: "When --series begin, such as 2026-03-02T08:00:00Z, for what depends on hours; the start of 1970 otherwise.",
    },
    until: {
      kind: "value",
      value: "DURATION",
      help: "How long it is followed: 1h, or as long as series last, where nothing is said.",
    },
    config: {
      kind: "value",
      short: "c",
      value: "FILE",
      help: "An alertmanager.yml, instead of what monitors/ compile to.",
    },
    environment: { kind: "value", short: "e", value: "NAME", help: "The environment to look at." },
    root: { kind: "value", value: "DIR", help: "The project, instead of the current folder." },
    json: { kind: "flag", help: "Print JSON." },
  },
  examples: [
    "tocsin timeline scenarios/emptying.ts --until 2h",
    "tocsin timeline --series stock.txt --start 2026-03-02T08:00:00Z --environment production",
    "tocsin timeline alerts.yml --config alertmanager.yml",
  ],
  async run({ positionals: [name], options }, io) {
    if (options.until !== undefined && parseDuration(options.until) === undefined)
      throw new UsageError(`${JSON.stringify(options.until)} is no duration: write it as 90m.`);
    if (options.series.length > 0) {
      if (name !== undefined) throw new UsageError("A FILE and --series cannot go together: leave one of them out.");
      if (options.config !== undefined)
        throw new UsageError("--series runs what monitors/ compile to, and --config is for alerts over time.");
      return ofSeries(options.series, options, io);
    }
    if (name === undefined) throw new UsageError("Name what to follow: a FILE, or --series FILE.");
    if (options.start !== undefined)
      throw new UsageError("--start is for --series: a scenario and alerts over time say themselves when they begin.");
    const file = resolve(io.cwd, name);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile())
      throw new UsageError(`There is no file ${JSON.stringify(name)}.`);
    return /\.[mc]?[jt]s$/.test(file) ? ofScenario(file, options, io) : ofAlerts(file, name, options, io);
  },
});

interface TimelineOptions extends SourceOptions {
  readonly until?: string | undefined;
  readonly start?: string | undefined;
  readonly json: boolean;
}

async function ofSeries(files: readonly string[], options: TimelineOptions, io: Io): Promise<ExitCode> {
  const { start, until, root, environment } = options;
  const startMs = start === undefined ? 0 : instantOf(start);
  const { seriesScenario } = await import("./series-timeline.ts");
  const { scenario, lengthMs, diagnostics } = await seriesScenario({ files, startMs, root, environment }, io);
  io.stderr.write(printProblems(diagnostics));
  if (scenario === undefined) return 1;
  printScenario(scenario, (until ?? formatDuration(Math.max(HOUR, lengthMs))) as DurationText, options, io);
  return 0;
}

async function ofScenario(file: string, options: TimelineOptions, io: Io): Promise<ExitCode> {
  const { until = "1h", root } = options;
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
  printScenario(scenario, until as DurationText, options, io);
  return 0;
}

function printScenario(scenario: Scenario, until: DurationText, { json }: TimelineOptions, io: Io): void {
  const timeline = scenario.timeline(until);
  if (json) {
    printJson(scenario.startMs, timeline.data, io);
    return;
  }
  // Nobody counts from 1970.
  if (scenario.startMs !== 0) io.stdout.write(`Hours since ${iso(scenario.startMs)}\n\n`);
  io.stdout.write(`${timeline.text.trimEnd()}\n`);
  if (timeline.notifications.length > 0) return;
  for (const { name, state, labels, activeAtMs } of scenario.at(until).alerts()) {
    const since = formatDuration(activeAtMs - scenario.startMs);
    io.stdout.write(`At the end ${name} is ${state}, since ${since}: ${printLabels(labels)}\n`);
  }
}

function printJson(startMs: number, data: TimelineData, io: Io): void {
  io.stdout.write(`${JSON.stringify({ start: iso(startMs), ...data }, null, 2)}\n`);
}

function iso(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
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
  const length = options.until === undefined ? scenario.length : (parseDuration(options.until) ?? scenario.length);
  const timeline = runScenario(read, { ...scenario, length });
  if (options.json)
    printJson(
      scenario.start,
      timelineData(timeline, texts, {
        integration: (receiver, { kind }) => `${receiver} (${kind})`,
        receiver: (receiver) => [receiver],
      }),
      io,
    );
  else io.stdout.write(printTimeline(timeline, texts));
  return 0;
}

function isBroken(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
