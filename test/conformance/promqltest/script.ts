/**
 * The language of Prometheus's tests of its engine.
 * https://github.com/prometheus/prometheus/blob/main/promql/promqltest/README.md
 */
import { RE2JS } from "re2js";
import { labelKey } from "../../../src/label/label-set.ts";
import { analyze } from "../../../src/promql/analyze.ts";
import { parseSeries } from "../../../src/promql/series/parse-series.ts";
import type { SeriesDescription } from "../../../src/promql/series/series.ts";
import { parseDuration } from "../../../src/quantity/duration.ts";

export type Command = LoadCommand | ClearCommand | EvalCommand | UnreadableCommand;

interface AtLine {
  /** From 1. */
  readonly line: number;
}

export interface LoadCommand extends AtLine {
  readonly kind: "load";
  readonly stepMs: number;
  readonly series: readonly LoadedSeries[];
  /** Classic histograms are loaded as native ones with custom buckets too. */
  readonly withCustomBuckets: boolean;
}

export interface LoadedSeries {
  readonly description: SeriesDescription;
  /** The start timestamp of each sample relative to its time, in milliseconds. */
  readonly starts: readonly (number | undefined)[] | undefined;
}

export interface ClearCommand extends AtLine {
  readonly kind: "clear";
}

export interface EvalCommand extends AtLine {
  readonly kind: "eval";
  readonly expr: string;
  /** `undefined` for an instant query. */
  readonly range: Steps | undefined;
  readonly atMs: number;
  readonly ordered: boolean;
  readonly fail: Expectation | undefined;
  readonly warnings: AnnotationExpectation;
  readonly infos: AnnotationExpectation;
  /** The steps at which an instant query for a range vector has samples. */
  readonly rangeVector: Steps | undefined;
  readonly text: string | undefined;
  readonly scalar: number | undefined;
  readonly series: readonly SeriesDescription[];
}

export interface Steps {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
}

/** A message, or a pattern for one. */
export type Expectation = { readonly message: string } | { readonly regex: Pattern };

/** A regular expression by Go's rules. */
export interface Pattern {
  test(text: string): boolean;
  toString(): string;
}

export interface AnnotationExpectation {
  /** Each must be met, and where there are any, each annotation must meet one. */
  readonly matching: readonly Expectation[];
  readonly none: boolean;
  /** There must be one, whatever it says. */
  readonly some: boolean;
}

/** A command that the language does not have. */
export interface UnreadableCommand extends AtLine {
  readonly kind: "unreadable";
  readonly reason: string;
}

const LOAD = /^load(?:_(with_nhcb))?\s+(.+?)$/;
const EVAL_INSTANT = /^eval(?:_(fail|warn|ordered|info))?\s+instant\s+(?:at\s+(.+?))?\s+(.+)$/;
const EVAL_RANGE = /^eval(?:_(fail|warn|info))?\s+range\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+?)\s+(.+)$/;
const EXPECT = /^expect\s+(ordered|fail|warn|no_warn|info|no_info)(?:\s+(regex|msg):(.+))?$/;
const EXPECT_RANGE = /^expect range vector\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+)$/;

class Unreadable extends Error {}

/** Reads a script. What cannot be read becomes a command that fails, and reading goes on behind the next empty line. */
export function parseScript(text: string): readonly Command[] {
  const lines = text.split("\n").map((line) => {
    const trimmed = line.trim();
    return trimmed.startsWith("#") ? "" : trimmed;
  });
  const commands: Command[] = [];
  for (let i = 0; i < lines.length; ) {
    if (lines[i] === "") {
      i++;
      continue;
    }
    let end = i + 1;
    const word = (lines[i] as string).split(/[\t ]+/, 1)[0]?.toLowerCase() ?? "";
    if (word !== "clear") while (end < lines.length && lines[end] !== "") end++;
    const block = lines.slice(i, end);
    try {
      const { command, used } = readCommand(word, block, i + 1);
      commands.push(command);
      i += used;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      commands.push({ kind: "unreadable", line: i + 1, reason: error.message });
      i = end;
    }
  }
  return commands;
}

function readCommand(
  word: string,
  block: readonly string[],
  line: number,
): { readonly command: Command; readonly used: number } {
  if (word === "clear") return { command: { kind: "clear", line }, used: 1 };
  if (word.startsWith("load")) return { command: readLoad(block, line), used: block.length };
  if (word.startsWith("eval")) return readEval(block, line);
  throw new Unreadable(`invalid command ${JSON.stringify(block[0])}`);
}

function readLoad([head = "", ...lines]: readonly string[], line: number): LoadCommand {
  const [, suffix, step = ""] = LOAD.exec(head) ?? [];
  if (step === "") throw new Unreadable("invalid load command. (load[_with_nhcb] <step:duration>)");
  const series: LoadedSeries[] = [];
  let pending: { readonly labels: string; readonly starts: (number | undefined)[] } | undefined;
  for (const text of lines) {
    const found = /^(\S*)@st[\t ]+(.*)$/.exec(text);
    if (found !== null) {
      if (pending !== undefined) throw new Unreadable("@st line has no following sample line");
      pending = { labels: labelKey(readSeries(`${found[1]} _`).labels), starts: readStarts(found[2] ?? "") };
      continue;
    }
    const description = readSeries(text);
    if (pending !== undefined && pending.labels !== labelKey(description.labels)) {
      throw new Unreadable("@st metric does not match the following sample line metric");
    }
    series.push({ description, starts: pending?.starts });
    pending = undefined;
  }
  if (pending !== undefined) throw new Unreadable("@st line has no following sample line");
  return { kind: "load", line, stepMs: readDuration(step), series, withCustomBuckets: suffix === "with_nhcb" };
}

/** `-1m`, `-1m-30sx5`, `_x3`: start timestamps relative to the samples. */
function readStarts(text: string): (number | undefined)[] {
  return text.split(/\s+/).flatMap((item) => {
    const omitted = /^_(?:x(\d+))?$/.exec(item);
    if (omitted !== null) return new Array<undefined>(Number(omitted[1] ?? 1)).fill(undefined);
    const [, base, step, times] = /^([+-]?\d+[a-wyz]*)(?:([+-]\d+[a-wyz]*)?x(\d+))?$/i.exec(item) ?? [];
    if (base === undefined) throw new Unreadable(`invalid @st sequence: invalid ST item ${JSON.stringify(item)}`);
    const [first, delta] = [signedDuration(base), step === undefined ? 0 : signedDuration(step)];
    return Array.from({ length: Number(times ?? 0) + 1 }, (_, i) => first + i * delta);
  });
}

function signedDuration(text: string): number {
  const size = readDuration(text.replace(/^[+-]/, ""));
  return text.startsWith("-") ? -size : size;
}

function readEval(block: readonly string[], line: number) {
  const head = block[0] ?? "";
  const instant = EVAL_INSTANT.exec(head);
  const range = instant === null ? EVAL_RANGE.exec(head) : null;
  const [, mode] = instant ?? range ?? [];
  let rangeSteps: Steps | undefined;
  let atMs = 0;
  let expr: string;
  if (instant !== null) {
    atMs = readDuration(instant[2] ?? "");
    expr = instant[3] ?? "";
  } else if (range !== null) {
    rangeSteps = readSteps(range[2], range[3], range[4]);
    expr = range[5] ?? "";
  } else throw new Unreadable("invalid evaluation command");

  const reader = new ExpectationReader(mode, rangeSteps !== undefined, block);
  const used = reader.read();
  const command: EvalCommand = {
    kind: "eval",
    line,
    expr,
    range: rangeSteps,
    atMs: reader.rangeVector?.endMs ?? atMs,
    ordered: reader.ordered,
    fail: reader.fail,
    warnings: { matching: reader.matching.warn, none: reader.none.warn, some: mode === "warn" },
    infos: { matching: reader.matching.info, none: reader.none.info, some: mode === "info" },
    rangeVector: reader.rangeVector,
    text: reader.text,
    scalar: reader.scalar,
    series: reader.series,
  };
  return { command, used };
}

class ExpectationReader {
  ordered: boolean;
  fail: Expectation | undefined;
  readonly matching: { readonly warn: Expectation[]; readonly info: Expectation[] } = { warn: [], info: [] };
  readonly none = { warn: false, info: false };
  rangeVector: Steps | undefined;
  text: string | undefined;
  scalar: number | undefined;
  readonly series: SeriesDescription[] = [];
  readonly #failMode: boolean;
  readonly #isRange: boolean;
  readonly #block: readonly string[];

  constructor(mode: string | undefined, isRange: boolean, block: readonly string[]) {
    this.ordered = mode === "ordered";
    this.#failMode = mode === "fail";
    this.fail = this.#failMode ? { regex: /(?:)/ } : undefined;
    this.#isRange = isRange;
    this.#block = block;
  }

  /** Reads the lines behind the first, and tells how many belong to the command. */
  read(): number {
    for (let i = 1; i < this.#block.length; i++) {
      if (this.#readLine(this.#block[i] as string)) return i + 1;
    }
    this.#check();
    return this.#block.length;
  }

  /** Whether the line is the last one, whatever follows. */
  #readLine(line: string): boolean {
    if (this.#failMode && line.startsWith("expected_fail_message")) {
      this.fail = { message: line.slice("expected_fail_message".length).trim() };
      return true;
    }
    if (this.#failMode && line.startsWith("expected_fail_regexp")) {
      this.fail = { regex: readRegex(line.slice("expected_fail_regexp".length).trim()) };
      return true;
    }
    if (line.startsWith("expect range vector")) {
      const [, from, to, step] = EXPECT_RANGE.exec(line) ?? [];
      this.rangeVector = readSteps(from, to, step);
    } else if (line.startsWith("expect string")) this.text = readString(line.slice("expect string".length + 1));
    else if (line.split(" ", 1)[0] === "expect") this.#readExpect(line);
    else if (parseNumber(line) !== undefined) {
      this.scalar = parseNumber(line);
      return true;
    } else this.#readExpectedSeries(line);
    return false;
  }

  #readExpect(line: string): void {
    const [, type, kind, text = ""] = EXPECT.exec(line) ?? [];
    if (type === undefined) {
      throw new Unreadable("invalid expect statement, must match `expect <type> <match_type>: <string>` format");
    }
    const expectation: Expectation =
      kind === "msg" ? { message: text.trim() } : { regex: kind === undefined ? /^.*$/s : readRegex(text.trim()) };
    if (type === "ordered") this.ordered = true;
    else if (type === "fail") {
      if (this.fail !== undefined && !this.#failMode) {
        throw new Unreadable("invalid expect lines, multiple expect fail lines are not allowed");
      }
      this.fail = expectation;
    } else if (type === "warn" || type === "info") this.matching[type].push(expectation);
    else this.none[type === "no_warn" ? "warn" : "info"] = true;
  }

  #readExpectedSeries(line: string): void {
    const description = readSeries(line);
    const many = description.items.length > 1 || description.items.some((item) => "times" in item && item.times > 0);
    if (many && !this.#isRange && this.rangeVector === undefined) {
      throw new Unreadable(
        "expecting multiple values in instant evaluation not allowed. consider using 'expect range vector' directive to enable a range vector result for an instant query",
      );
    }
    this.series.push(description);
  }

  #check(): void {
    for (const level of ["warn", "info"] as const) {
      if (this.none[level] && this.matching[level].length > 0) {
        throw new Unreadable(`invalid expect lines, ${level} and no_${level} cannot be used together`);
      }
    }
  }
}

function readSteps(from = "", to = "", step = ""): Steps {
  const steps = { startMs: readDuration(from), endMs: readDuration(to), stepMs: readDuration(step) };
  if (steps.endMs < steps.startMs) {
    throw new Unreadable(`invalid test definition, end timestamp (${to}) is before start timestamp (${from})`);
  }
  return steps;
}

function readDuration(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new Unreadable(`invalid duration ${JSON.stringify(text)}`);
  return ms;
}

function readSeries(text: string): SeriesDescription {
  const { series, error } = parseSeries(text);
  if (error !== undefined) throw new Unreadable(`${error.message} in ${JSON.stringify(text)}`);
  return series;
}

function readRegex(pattern: string): Pattern {
  try {
    const regex = RE2JS.compile(pattern);
    return { test: (text) => regex.matcher(text).find(), toString: () => `/${pattern}/` };
  } catch {
    throw new Unreadable(`invalid regex ${pattern}`);
  }
}

function readString(text: string): string {
  const { expr, errors } = analyze(text);
  // As in Go, there is one character between single quotes.
  if (errors.length === 0 && expr?.kind === "StringLiteral" && (text[0] !== "'" || [...expr.value].length === 1)) {
    return expr.value;
  }
  throw new Unreadable("expected string literal not valid - check that the string is correctly quoted");
}

/** A number as Go reads it. */
function parseNumber(text: string): number | undefined {
  const whole = /^([+-]?)0(x[\da-f]+|o?[0-7]+|b[01]+)$/i.exec(text);
  if (whole !== null) {
    const [, sign, digits = ""] = whole;
    const value = Number(/^\d/.test(digits) ? `0o${digits}` : `0${digits}`);
    return sign === "-" ? -value : value;
  }
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return Number(text);
  const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(text);
  if (special === null) return undefined;
  const value = special[2]?.toLowerCase() === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
  return special[1] === "-" ? -value : value;
}
