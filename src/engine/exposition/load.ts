/** Puts expositions in storage. */
import type { MemoryStorage } from "../storage/memory-storage.ts";
import type { ExpositionError, ParsedExposition } from "./exposition.ts";
import { parseOpenMetrics } from "./openmetrics.ts";
import { parseTextFormat } from "./text-format.ts";

/** Reads an exposition: OpenMetrics where it ends as that does, else the text format. */
export function parseExposition(text: string): ParsedExposition {
  return /(?:^|\n)# EOF\n?$/.test(text) ? parseOpenMetrics(text) : parseTextFormat(text);
}

/** Adds the samples of an exposition; those without a timestamp are of `scrapeMs`. Tells what could not be added. */
export function loadExposition(
  storage: MemoryStorage,
  { families }: ParsedExposition,
  scrapeMs: number,
): readonly ExpositionError[] {
  const errors: ExpositionError[] = [];
  for (const { labels, value, timestampMs, line } of families.flatMap(({ samples }) => samples)) {
    try {
      storage.append(labels, timestampMs ?? scrapeMs, value);
    } catch (error) {
      errors.push({ kind: "unreadable", message: error instanceof Error ? error.message : String(error), line });
    }
  }
  return errors;
}
