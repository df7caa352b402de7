/**
 * Files of series: one a line in series notation, with `load 30s` in front of those whose samples are 30 seconds apart.
 * Without it they are one minute apart. It is what `load` takes in Prometheus's own tests.
 */
import { formatPromqlError } from "../../promql/error.ts";
import { parseSeries } from "../../promql/series/parse-series.ts";
import type { SeriesDescription } from "../../promql/series/series.ts";
import { parseDuration } from "../../quantity/duration.ts";
import { loadSeries, type SampleTimes } from "./load.ts";
import type { MemoryStorage } from "./memory-storage.ts";

/** Something wrong with a line. */
export interface SeriesFileError {
  readonly message: string;
  /** UTF-16 offsets of the line within the file. */
  readonly start: number;
  readonly end: number;
}

const MINUTE = 60_000;

/** A line of a file: a series, and how far apart its samples are. */
export interface SeriesLine {
  readonly series: SeriesDescription;
  readonly stepMs: number;
  /** UTF-16 offsets of the line within the file. */
  readonly start: number;
  readonly end: number;
}

/** Reads the series of a file, and tells which lines could not be read. */
export function readSeriesFile(text: string): {
  readonly lines: readonly SeriesLine[];
  readonly errors: readonly SeriesFileError[];
} {
  const lines: SeriesLine[] = [];
  const errors: SeriesFileError[] = [];
  let stepMs = MINUTE;
  let start = 0;
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    const place = { start, end: start + raw.length };
    start += raw.length + 1;
    if (line === "" || line.startsWith("#")) continue;
    const [, interval] = /^load\s+(\S+)$/.exec(line) ?? [];
    if (interval !== undefined) {
      const ms = parseDuration(interval);
      if (ms === undefined || ms === 0)
        errors.push({ message: `${JSON.stringify(interval)} is no interval`, ...place });
      else stepMs = ms;
      continue;
    }
    const { series, error } = parseSeries(line);
    if (error === undefined) lines.push({ series, stepMs, ...place });
    else errors.push({ message: formatPromqlError(line, error), ...place });
  }
  return { lines, errors };
}

/** Adds the series of a file; the first sample of each is at `startMs`. Tells which lines could not be read. */
export function loadSeriesFile(storage: MemoryStorage, text: string, startMs = 0): readonly SeriesFileError[] {
  const { lines, errors } = readSeriesFile(text);
  const unfit = lines.flatMap(({ series, stepMs, start, end }) => {
    const message = loadMistake(storage, series, { startMs, stepMs });
    return message === undefined ? [] : [{ message, start, end }];
  });
  return [...errors, ...unfit].sort((a, b) => a.start - b.start);
}

function loadMistake(storage: MemoryStorage, series: SeriesDescription, times: SampleTimes): string | undefined {
  try {
    loadSeries(storage, series, times);
    return undefined;
  } catch (trouble) {
    return trouble instanceof Error ? trouble.message : String(trouble);
  }
}
