/** Instant vector selectors: at every step the latest sample that is not too old. */
import { METRIC_NAME } from "../../label/label-set.ts";
import type { Matcher } from "../../label/matcher.ts";
import type { VectorSelector } from "../../promql/ast.ts";
import { type Column, type Emit, newColumn, setFloat, setHistogram } from "../evaluate/column.ts";
import { type Env, timeOf } from "../evaluate/env.ts";
import { type PlaceVisitor, type VectorNode, vectorNode } from "../evaluate/node.ts";
import type { Histogram } from "../histogram/histogram.ts";
import type { MemoryStorage } from "../storage/memory-storage.ts";
import { countUpTo } from "../storage/samples.ts";
import { FLOAT_SAMPLE, type Series, STALE_SAMPLE } from "../storage/series.ts";
import { jumpsOf, statsAt } from "./histogram-stats.ts";
import { atMs, offsetMs } from "./reference.ts";
import { smoothedColumn } from "./smoothed.ts";

/** The matchers of a selector, its name among them. */
export function matchersOf({ name, matchers }: VectorSelector): readonly Matcher[] {
  return name === undefined ? matchers : [{ name: METRIC_NAME, op: "=", value: name }, ...matchers];
}

/** Whether matchers admit a single metric name. */
export function fixesName(matchers: readonly Matcher[]): boolean {
  return matchers.some(({ name, op, value }) => name === METRIC_NAME && op === "=" && value !== "");
}

/** How a selector stands in its query. */
export interface SelectorUse {
  /** Native histograms come without their buckets. */
  readonly statsOnly: boolean;
  /** It is in the parameter of an aggregation, where Prometheus overlooks what `@` asks for. */
  readonly isParameter: boolean;
}

/** A selector of an instant vector. */
export function vectorSelector(selector: VectorSelector, storage: MemoryStorage, use: SelectorUse): VectorNode {
  const matchers = matchersOf(selector);
  const search = storage.search(matchers);
  const fixed = fixesName(matchers);

  const run = (env: Env, emit: Emit) => {
    const reference = use.isParameter ? driftingReference(selector, env) : referenceOf(selector, env);
    for (const series of search.results()) {
      const column =
        selector.extended === "smoothed"
          ? smoothedColumn(series, env, reference, selector.span)
          : latestSamples(series, env, reference, use.statsOnly);
      if (column !== undefined) emit(column);
    }
  };

  const places = (env: Env, visit: PlaceVisitor) => {
    const reference = timestampReference(selector, env);
    for (const series of search.results()) {
      const found = latestPlaces(series, env, reference);
      if (found !== undefined) visit(series, found);
    }
  };

  return vectorNode({
    invariant: selector.at !== undefined && !use.isParameter,
    span: selector.span,
    run,
    distinctWithoutName: () => fixed && !storage.hasMetadataLabels,
    selector: { matchers, places },
  });
}

/** Which samples stand for a step. */
export interface Reference {
  /** The time that is looked at instead of the step's. */
  readonly at: number | undefined;
  /** How much earlier than that. */
  readonly offset: number;
  /** Samples behind this time are not seen. */
  readonly limit: number;
}

function referenceOf(selector: VectorSelector, env: Env): Reference {
  return { at: atMs(selector, env), offset: offsetMs(selector, env), limit: Number.POSITIVE_INFINITY };
}

/** The function `timestamp` forgets the offset beside an `@`; only the samples are as they are read for it. */
function timestampReference(selector: VectorSelector, env: Env): Reference {
  const reference = referenceOf(selector, env);
  const { at, offset } = reference;
  return at === undefined ? reference : { at, offset: 0, limit: at - offset };
}

/** A time that `@` names holds for the first step, and goes on with the steps. */
function driftingReference(selector: VectorSelector, env: Env): Reference {
  const offset = offsetMs(selector, env);
  const { at } = selector;
  if (at?.kind !== "timestamp") return { at: undefined, offset, limit: Number.POSITIVE_INFINITY };
  return { at: undefined, offset: offset + env.start - at.ms, limit: at.ms - offset };
}

function latestSamples(series: Series, env: Env, reference: Reference, statsOnly: boolean): Column | undefined {
  const places = latestPlaces(series, env, reference);
  if (places === undefined) return undefined;
  const column = newColumn(series.labels, env.count);
  const { values, kinds } = series;
  if (kinds === undefined) {
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as number;
      if (place !== -1) setFloat(column, i, values[place] as number);
    }
    return column;
  }
  const stats = statsOnly ? statsOfPlace(series, env, reference) : undefined;
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
    if (place === -1) continue;
    if (kinds[place] === FLOAT_SAMPLE) setFloat(column, i, values[place] as number);
    else setHistogram(column, i, stats === undefined ? series.histogramAt(place) : stats(place));
  }
  return column;
}

function statsOfPlace(series: Series, env: Env, { at, offset }: Reference): (place: number) => Histogram {
  const lookback = env.settings.lookbackMs;
  const first = (at ?? env.start) - offset;
  const stepMs = at === undefined ? env.interval : 0;
  const reading = { after: first - lookback, first, stepMs, steps: env.count, backMs: lookback - 1 };
  const jumps = jumpsOf(series, reading);
  const samples = series.histograms();
  return (place) => {
    const index = countUpTo(samples.times, samples.length, series.times[place] as number, 0) - 1;
    return statsAt(samples, index, reading, jumps);
  };
}

/** The place of each step's sample, -1 where there is none; `undefined` where there is none at any step. */
export function latestPlaces(series: Series, env: Env, { at, offset, limit }: Reference): Int32Array | undefined {
  const { times, length, kinds } = series;
  const lookback = env.settings.lookbackMs;
  let places: Int32Array | undefined;
  const first = (at ?? env.start) - offset;
  // Queries mostly ask for the end of what is stored.
  let count = length > 0 && (times[length - 1] as number) <= first ? length : 0;
  for (let i = 0; i < env.count; i++) {
    const time = (at ?? timeOf(env, i)) - offset;
    count = countUpTo(times, length, Math.min(time, limit), count);
    if (count === 0) continue;
    const place = count - 1;
    if ((times[place] as number) <= time - lookback) continue;
    if (kinds !== undefined && kinds[place] === STALE_SAMPLE) continue;
    places ??= new Int32Array(env.count).fill(-1);
    places[i] = place;
  }
  return places;
}
