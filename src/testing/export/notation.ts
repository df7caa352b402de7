/** Values as series notation writes them, exactly, with what repeats written once. */
import type { SeriesValues } from "../series.ts";

/** The samples from the start to the end, an interval apart. */
export function toNotation(values: SeriesValues, startMs: number, endMs: number, intervalMs: number): string {
  if (typeof values === "string") return values;
  const words: string[] = [];
  let wasThere = false;
  for (let timeMs = startMs; timeMs <= endMs; timeMs += intervalMs) {
    const value = values({ sinceStartMs: timeMs - startMs, timeMs });
    words.push(typeof value === "number" ? numberText(value) : value === "stale" && wasThere ? "stale" : "_");
    wasThere = typeof value === "number";
  }
  return repeated(words);
}

function repeated(words: readonly string[]): string {
  const result: string[] = [];
  for (let i = 0; i < words.length; ) {
    const word = words[i] as string;
    let end = i + 1;
    while (end < words.length && words[end] === word) end++;
    const count = end - i;
    if (word === "_") result.push(count === 1 ? "_" : `_x${count}`);
    else result.push(count === 1 || word === "stale" ? word : `${word}x${count - 1}`);
    i = end;
  }
  return result.join(" ");
}

/** A number as PromQL reads it. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Inf" : "-Inf";
  return Object.is(value, -0) ? "-0" : String(value);
}
