/** Series in memory, found by their labels. */
import type { LabelSet } from "../../label/label-set.ts";
import { METRIC_NAME } from "../../label/label-set.ts";
import { type Matcher, matcherTest } from "../../label/matcher.ts";
import { type Labels, LabelTable } from "../labels/labels.ts";
import { type SampleValue, Series } from "./series.ts";
import { loadSeriesFile } from "./series-file.ts";

/**
 * A storage in memory, empty or with series in series notation: one a line, behind `load 30s` where their samples are not
 * one minute apart. Throws where a line cannot be read.
 *
 * ```ts
 * const storage = memoryStorage();
 * storage.append({ __name__: "stock", sku: "mug" }, 0, 9);
 * ```
 */
export function memoryStorage(series = "", startMs = 0): MemoryStorage {
  const storage = new MemoryStorage();
  const errors = loadSeriesFile(storage, series, startMs);
  if (errors.length === 0) return storage;
  throw new Error(errors.map(({ message, start, end }) => `${message}: ${series.slice(start, end).trim()}`).join("\n"));
}

/** A storage of series in memory; what is appended shows in the next query. */
export class MemoryStorage {
  /** The label sets of the series, and of all that queries made of them. */
  readonly labels = new LabelTable();
  readonly #series = new Map<Labels, Series>();
  readonly #all: Series[] = [];
  readonly #byName = new Map<string, Series[]>();
  readonly #sharedTimes = new Map<string, Float64Array>();
  #hasMetadataLabels = false;

  /** Whether any series has a label `__type__` or `__unit__`, which go together with the metric name. */
  get hasMetadataLabels(): boolean {
    return this.#hasMetadataLabels;
  }

  /** Adds a sample behind the others of its series. `timeMs` must be later than theirs; `startMs` is when a counter started. */
  append(labels: LabelSet, timeMs: number, value: SampleValue, startMs = 0): void {
    this.series(this.labels.of(labels)).append(timeMs, value, startMs);
  }

  /** The series of a label set, made where there is none: to be kept where many samples are appended. */
  series(labels: Labels): Series {
    let series = this.#series.get(labels);
    if (series === undefined) {
      series = new Series(labels);
      this.#series.set(labels, series);
      this.#all.push(series);
      if (labels.get("__type__") !== "" || labels.get("__unit__") !== "") this.#hasMetadataLabels = true;
      const sameName = this.#byName.get(labels.metricName);
      if (sameName === undefined) this.#byName.set(labels.metricName, [series]);
      else sameName.push(series);
    }
    return series;
  }

  /** Evenly spaced times, the same array for the same request. */
  evenTimes(startMs: number, stepMs: number, count: number): Float64Array {
    const key = `${startMs},${stepMs},${count}`;
    let times = this.#sharedTimes.get(key);
    if (times === undefined) {
      times = Float64Array.from({ length: count }, (_, i) => startMs + i * stepMs);
      this.#sharedTimes.set(key, times);
    }
    return times;
  }

  /** A standing search for series that all matchers accept; it looks only once at each series. */
  search(matchers: readonly Matcher[]): SeriesSearch {
    const named = matchers.find(({ name, op, value }) => name === METRIC_NAME && op === "=" && value !== "");
    const rest = matchers.filter((matcher) => matcher !== named);
    const tests = rest.map((matcher) => ({ name: matcher.name, test: matcherTest(matcher) }));
    const candidates = () => (named === undefined ? this.#all : (this.#byName.get(named.value) ?? []));
    return new SeriesSearch(candidates, (labels) => tests.every(({ name, test }) => test(labels.get(name))));
  }
}

export class SeriesSearch {
  readonly #candidates: () => readonly Series[];
  readonly #test: (labels: Labels) => boolean;
  readonly #found: Series[] = [];
  #seen = 0;

  constructor(candidates: () => readonly Series[], test: (labels: Labels) => boolean) {
    this.#candidates = candidates;
    this.#test = test;
  }

  /** What there is by now, in the order in which the series were made. */
  results(): readonly Series[] {
    const candidates = this.#candidates();
    for (; this.#seen < candidates.length; this.#seen++) {
      const series = candidates[this.#seen] as Series;
      if (this.#test(series.labels)) this.#found.push(series);
    }
    return this.#found;
  }
}
