/** Runs scripts in the language of Prometheus's tests against the evaluator. */
import { EvaluationError } from "../../../src/engine/evaluate/error.ts";
import {
  compileQuery,
  InvalidQueryError,
  type Query,
  type QueryOptions,
  type QueryRange,
} from "../../../src/engine/query.ts";
import type { InstantResult, MatrixResult } from "../../../src/engine/result.ts";
import { ClassicHistogram, type ClassicPart, classicPart } from "../../../src/engine/storage/custom-buckets.ts";
import { eachSample, loadSeries } from "../../../src/engine/storage/load.ts";
import { MemoryStorage } from "../../../src/engine/storage/memory-storage.ts";
import { labelKey } from "../../../src/label/label-set.ts";
import { fixedAt, otherTimes } from "./at-modifier.ts";
import { compareResult } from "./compare.ts";
import {
  type AnnotationExpectation,
  type Command,
  type EvalCommand,
  type Expectation,
  type LoadCommand,
  parseScript,
} from "./script.ts";

/** What came of the statements of a script. */
export interface ScriptReport {
  readonly passed: number;
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly line: number;
  readonly statement: string;
  /** What was expected, and what came instead. */
  readonly reason: string;
}

/** What Prometheus's own tests switch on. */
const OPTIONS: QueryOptions = { delayedNameRemoval: true, startTimestamps: true };

const MINUTE = 60_000;

/** Runs a script. Loading and clearing count as statements only where they fail. */
export function runScript(text: string): ScriptReport {
  const runner = new Runner();
  let passed = 0;
  const failures: Failure[] = [];
  for (const command of parseScript(text)) {
    const reason = runner.run(command);
    if (reason !== undefined) failures.push({ line: command.line, statement: statementOf(command), reason });
    else if (command.kind === "eval") passed++;
  }
  return { passed, failures };
}

function statementOf(command: Command): string {
  return command.kind === "eval" ? command.expr : command.kind;
}

class Runner {
  #storage = new MemoryStorage();

  /** Why the command failed, or `undefined`. */
  run(command: Command): string | undefined {
    switch (command.kind) {
      case "unreadable":
        return command.reason;
      case "clear":
        this.#storage = new MemoryStorage();
        return undefined;
      case "load":
        return attempt(() => load(this.#storage, command));
      case "eval":
        return attempt(() => this.#evaluate(command));
    }
  }

  #evaluate(command: EvalCommand): string | undefined {
    const query = compileQuery(command.expr);
    const { range } = command;
    if (range !== undefined) {
      return this.#check(command, () => query.range(this.#storage, range, OPTIONS)).reason;
    }
    const fixed = fixedAt(query.expr, command.atMs);
    const again = fixed === undefined ? undefined : compileQuery(fixed, {}, query.source);
    return (
      this.#instant(command, query, command.atMs, command.expr) ??
      (again &&
        otherTimes(command.atMs)
          .map((at) => this.#again(command, again, at))
          .find(Boolean))
    );
  }

  #again(command: EvalCommand, query: Query, at: number): string | undefined {
    // What `@ start()` and `@ end()` stood for is fixed now.
    const text = command.expr.replace(/@\s*(?:start|end)\(\)/g, "");
    const reason = this.#instant(command, query, at, text);
    return reason && `with every selector @ ${command.atMs / 1000}, at ${at / 1000}: ${reason}`;
  }

  #instant(command: EvalCommand, query: Query, at: number, text: string): string | undefined {
    const { result, reason } = this.#check(command, () => query.instant(this.#storage, at, OPTIONS));
    const single = command.rangeVector === undefined && command.text === undefined;
    if (reason !== undefined || result === undefined || !single || /(?:start|end|range|step)\(\)/.test(text)) {
      return reason;
    }
    const range: QueryRange = { startMs: at - MINUTE, endMs: at + MINUTE, stepMs: MINUTE };
    const matrix = query.range(this.#storage, range, OPTIONS);
    const inRange = command.ordered ? undefined : compareResult(command, middleOf(matrix, at, result));
    return inRange && `in range mode: ${inRange}`;
  }

  #check<R extends InstantResult>(
    command: EvalCommand,
    ask: () => R,
  ): { readonly result?: R | undefined; readonly reason?: string | undefined } {
    let result: R;
    try {
      result = ask();
    } catch (error) {
      if (!(error instanceof EvaluationError) || command.fail === undefined) throw error;
      const met = meets(command.fail, error.message);
      return met ? {} : { reason: `expected the failure ${show(command.fail)}, got ${error.message}` };
    }
    if (command.fail !== undefined) return { reason: `expected the failure ${show(command.fail)}, got a result` };
    const reason =
      checkAnnotations("warning", command.warnings, result.warnings) ??
      checkAnnotations("info", command.infos, result.infos) ??
      compareResult(command, result);
    return { result, reason };
  }
}

/** The step of a range that an instant query was about. */
function middleOf({ series }: MatrixResult, at: number, { type }: InstantResult): InstantResult {
  const samples = series.flatMap(({ labels, timesMs, values, histograms }) => {
    const i = timesMs.indexOf(at);
    return i === -1 ? [] : [{ labels, value: histograms?.[i] ?? (values[i] as number) }];
  });
  if (type === "scalar") {
    const value = samples[0]?.value;
    return { type, value: typeof value === "number" ? value : Number.NaN, warnings: [], infos: [] };
  }
  return { type: "vector", samples, warnings: [], infos: [] };
}

function checkAnnotations(
  level: string,
  { matching, none, some }: AnnotationExpectation,
  found: readonly string[],
): string | undefined {
  if (none && found.length > 0) return `expected no ${level}, got ${found.join("; ")}`;
  if (some && found.length === 0) return `expected a ${level}, got none`;
  if (matching.length === 0) return undefined;
  if (found.length === 0) return `expected the ${level} ${matching.map(show).join("; ")}, got none`;
  const unmet = matching.find((expectation) => !found.some((text) => meets(expectation, text)));
  if (unmet !== undefined) return `expected the ${level} ${show(unmet)}, got ${found.join("; ")}`;
  const unexpected = found.find((text) => !matching.some((expectation) => meets(expectation, text)));
  return unexpected && `unexpected ${level} ${unexpected}`;
}

function meets(expectation: Expectation, text: string): boolean {
  return "message" in expectation ? expectation.message === text : expectation.regex.test(text);
}

function show(expectation: Expectation): string {
  return "message" in expectation ? JSON.stringify(expectation.message) : String(expectation.regex);
}

function attempt(action: () => string | undefined): string | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof EvaluationError || error instanceof InvalidQueryError) return error.message;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

export function load(storage: MemoryStorage, command: LoadCommand): undefined {
  // The last of several lines for a series stands for all.
  const byLabels = new Map(command.series.map((series) => [labelKey(series.description.labels), series]));
  for (const { description, starts } of byLabels.values()) {
    if (starts === undefined) loadSeries(storage, description, { startMs: 0, stepMs: command.stepMs });
    else {
      const series = storage.series(storage.labels.of(description.labels));
      let i = 0;
      eachSample(description.items, ({ value }) => {
        const time = i * command.stepMs;
        const start = starts[i];
        if (value !== undefined) series.append(time, value, start === undefined ? 0 : time + start);
        i++;
      });
      if (i !== starts.length) throw new Error(`@st line has ${starts.length} values but sample line has ${i}`);
    }
  }
  if (command.withCustomBuckets) loadCustomBuckets(storage, command);
}

function loadCustomBuckets(storage: MemoryStorage, { series, stepMs }: LoadCommand): void {
  const histograms = new Map<string, { part: ClassicPart; byTime: Map<number, ClassicHistogram> }>();
  for (const { description } of series) {
    const part = classicPart(description.labels);
    if (part === undefined) continue;
    const key = labelKey(part.labels);
    const { byTime } = histograms.get(key) ?? { byTime: new Map<number, ClassicHistogram>() };
    histograms.set(key, { part, byTime });
    let time = 0;
    eachSample(description.items, ({ value }) => {
      if (typeof value === "number") {
        const histogram = byTime.get(time) ?? new ClassicHistogram();
        byTime.set(time, histogram);
        histogram.set(part, value);
      }
      time += stepMs;
    });
  }
  for (const { part, byTime } of histograms.values()) {
    const target = storage.series(storage.labels.of(part.labels));
    for (const [time, classic] of [...byTime].sort(([a], [b]) => a - b)) {
      const histogram = classic.convert();
      if (typeof histogram === "string") throw new Error(histogram);
      target.append(time, histogram);
    }
  }
}
