/** Compares results with what a script expects, as tolerantly as Prometheus's own tests do. */
import { almostEqual } from "../../../src/engine/histogram/classic.ts";
import { compact, type Histogram, sameBounds } from "../../../src/engine/histogram/histogram.ts";
import { histogramNotation } from "../../../src/engine/histogram/text.ts";
import type { InstantResult, MatrixResult, VectorResult } from "../../../src/engine/result.ts";
import { eachSample, type WrittenSample } from "../../../src/engine/storage/load.ts";
import { type LabelSet, labelKey, METRIC_NAME } from "../../../src/label/label-set.ts";
import type { EvalCommand, Steps } from "./script.ts";

const EPSILON = 0.000001;

interface Expected {
  readonly labels: LabelSet;
  readonly samples: readonly WrittenSample[];
  /** From 0. */
  readonly place: number;
}

/** What is wrong with a result, or `undefined`. */
export function compareResult(command: EvalCommand, result: InstantResult): string | undefined {
  switch (result.type) {
    case "string":
      return command.text === result.value ? undefined : `expected string ${command.text}, got ${result.value}`;
    case "scalar": {
      if (command.scalar === undefined) return `expected vector or matrix result, but got scalar ${result.value}`;
      return almostEqual(result.value, command.scalar, EPSILON)
        ? undefined
        : `expected scalar ${command.scalar}, got ${result.value}`;
    }
    case "vector":
      return compareVector(command, result);
    case "matrix":
      return compareMatrix(command, result);
  }
}

function compareVector(command: EvalCommand, { samples }: VectorResult): string | undefined {
  if (command.scalar !== undefined) return `expected scalar ${command.scalar}, got a vector of ${samples.length}`;
  const expected = expectedSeries(command);
  const seen = new Set<string>();
  for (const [place, { labels, value }] of samples.entries()) {
    const key = labelKey(labels);
    const wanted = expected.get(key);
    if (wanted === undefined) return `unexpected ${show(labels)} with ${showValue(value)}`;
    if (command.ordered && wanted.place !== place) {
      return `expected ${show(labels)} at position ${wanted.place + 1}, got it at ${place + 1}`;
    }
    const [sample] = wanted.samples;
    if (sample === undefined || !sameSample(sample, value)) {
      return `expected ${showValue(sample?.value)} for ${show(labels)}, got ${showValue(value)}`;
    }
    seen.add(key);
  }
  return missing(expected, seen);
}

function compareMatrix(command: EvalCommand, { series }: MatrixResult): string | undefined {
  if (command.ordered) return "expected ordered result, but query returned a matrix";
  if (command.scalar !== undefined) return `expected scalar ${command.scalar}, got a matrix`;
  const steps = (command.rangeVector ?? command.range) as Steps;
  const expected = expectedSeries(command);
  const seen = new Set<string>();
  for (const { labels, timesMs, values, histograms } of series) {
    const key = labelKey(labels);
    const wanted = expected.get(key);
    if (wanted === undefined) return `unexpected ${show(labels)} with ${showSeries(timesMs, values, histograms)}`;
    seen.add(key);
    const timed = wanted.samples.map((sample, i) => ({ ...sample, time: steps.startMs + i * steps.stepMs }));
    if (timed.some(({ time }) => time > steps.endMs)) {
      return `expected ${timed.length} points for ${show(labels)}, but query time range cannot return this many points`;
    }
    const points = timed.filter(({ value }) => value !== undefined);
    const got = showSeries(timesMs, values, histograms);
    if (points.length !== timesMs.length) {
      return `expected ${points.length} points for ${show(labels)}, got ${timesMs.length}: ${got}`;
    }
    for (const [i, point] of points.entries()) {
      const value = histograms?.[i] ?? (values[i] as number);
      if (point.time !== timesMs[i]) return `expected a point of ${show(labels)} at ${point.time} ms, got ${got}`;
      if (!sameSample(point, value)) {
        return `expected ${showValue(point.value)} for ${show(labels)} at ${point.time} ms, got ${showValue(value)} among ${got}`;
      }
    }
  }
  return missing(expected, seen);
}

function expectedSeries({ series }: EvalCommand): ReadonlyMap<string, Expected> {
  const expected = new Map<string, Expected>();
  for (const [place, { labels, items }] of series.entries()) {
    const samples: WrittenSample[] = [];
    eachSample(items, (sample) => samples.push(sample));
    expected.set(labelKey(labels), { labels, samples, place });
  }
  return expected;
}

function missing(expected: ReadonlyMap<string, Expected>, seen: ReadonlySet<string>): string | undefined {
  for (const [key, { labels }] of expected) if (!seen.has(key)) return `expected ${show(labels)}, which was not found`;
  return undefined;
}

function sameSample({ value: expected, hintSet }: WrittenSample, value: number | Histogram): boolean {
  if (typeof expected === "number") return typeof value === "number" && almostEqual(expected, value, EPSILON);
  if (expected === undefined || expected === "stale" || typeof value === "number") return false;
  return sameHistogram(compact(expected), compact(value), hintSet);
}

function sameHistogram(expected: Histogram, got: Histogram, hintSet: boolean): boolean {
  const same = (a: number, b: number) => almostEqual(a, b, EPSILON);
  const sameBuckets = (a: Histogram["positive"], b: Histogram["positive"]) =>
    a.counts.length === b.counts.length &&
    a.counts.every((count, i) => a.indexes[i] === b.indexes[i] && same(count, b.counts[i] as number));
  return (
    expected.schema === got.schema &&
    same(expected.count, got.count) &&
    same(expected.sum, got.sum) &&
    sameBounds(expected.bounds, got.bounds) &&
    expected.zeroThreshold === got.zeroThreshold &&
    same(expected.zeroCount, got.zeroCount) &&
    sameBuckets(expected.negative, got.negative) &&
    sameBuckets(expected.positive, got.positive) &&
    (!hintSet || expected.hint === got.hint)
  );
}

function show(labels: LabelSet): string {
  const { [METRIC_NAME]: name = "", ...rest } = labels;
  const inner = Object.entries(rest).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `${name}{${inner.join(", ")}}`;
}

function showValue(value: number | Histogram | "stale" | undefined): string {
  return typeof value === "object" ? histogramNotation(value) : String(value);
}

function showSeries(
  times: Float64Array,
  values: Float64Array,
  histograms: readonly (Histogram | undefined)[] | undefined,
): string {
  return Array.from(times, (time, i) => `${showValue(histograms?.[i] ?? values[i])} @${time}`).join(", ");
}
