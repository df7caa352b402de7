/**
 * Files of series: one a line in series notation, with `load 30s` in front of those whose samples are 30 seconds apart.
 * Without it they are one minute apart. It is what `load` takes in Prometheus's own tests.
 */
import { formatPromqlError } from "../../promql/error.ts";
import { parseSeries } from "../../promql/series/parse-series.ts";
import { parseDuration } from "../../quantity/duration.ts";
import { loadSeries } from "./load.ts";
import type { MemoryStorage } from "./memory-storage.ts";

/** Something wrong with a line. */
export interface SeriesFileError {
  readonly message: string;
  /** UTF-16 offsets of the line within the file. */
  readonly start: number;
  readonly end: number;
}

const MINUTE = 60_000;

/** Adds the series of a file; the first sample of each is at `startMs`. Tells which lines could not be read. */
export function loadSeriesFile(storage: MemoryStorage, text: string, startMs = 0): readonly SeriesFileError[] {
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
    const message = loadLine(storage, line, { startMs, stepMs });
    if (message !== undefined) errors.push({ message, ...place });
  }
  return errors;
}

function loadLine(
  storage: MemoryStorage,
  line: string,
  times: { readonly startMs: number; readonly stepMs: number },
): string | undefined {
  const { series, error } = parseSeries(line);
  if (error !== undefined) return formatPromqlError(line, error);
  try {
    loadSeries(storage, series, times);
    return undefined;
  } catch (trouble) {
    return trouble instanceof Error ? trouble.message : String(trouble);
  }
}
