/** The way to a storage for those who use the evaluator by itself. */
import { MemoryStorage } from "./storage/memory-storage.ts";
import { loadSeriesFile } from "./storage/series-file.ts";

/**
 * A storage in memory, empty or with series in series notation: one a line, behind `load 30s` where their samples are not
 * one minute apart. Throws where a line cannot be read.
 */
export function memoryStorage(series = "", startMs = 0): MemoryStorage {
  const storage = new MemoryStorage();
  const errors = loadSeriesFile(storage, series, startMs);
  if (errors.length > 0) {
    throw new Error(
      errors.map(({ message, start, end }) => `${message}: ${series.slice(start, end).trim()}`).join("\n"),
    );
  }
  return storage;
}
