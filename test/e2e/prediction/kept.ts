/** What Prometheus kept of the run, as its rules saw it: when each sample was there, and when a series ended. */
import type { LabelSet } from "../../../src/label/label-set.ts";
import type { Samples } from "../server/prometheus.ts";

export interface KeptSeries {
  readonly labels: LabelSet;
  readonly samples: readonly KeptSample[];
}

export interface KeptSample {
  /** In milliseconds since 1970. */
  readonly timeMs: number;
  /** Stale: a scrape did not find the series any more. */
  readonly value: number | "stale";
  /** When rules could see it: a scrape's samples are there when it ends, with the time at which it began. */
  readonly seenMs: number;
}

/** When a target was scraped, and how long that took, both in milliseconds. */
type Scrapes = ReadonlyMap<number, number>;

/** The series of Prometheus's answer. The API leaves out where a series ended; that the target was scraped tells. */
export function keptSeries(answer: readonly Samples[]): readonly KeptSeries[] {
  const scrapes = scrapesByTarget(answer);
  return answer.map(({ metric: labels, values = [] }) => {
    const samples = new Map(values.map(([seconds, value]) => [inMs(seconds), toNumber(value)]));
    const [firstMs = 0] = samples.keys();
    const ofTarget = scrapes.get(target(labels));
    // What rules wrote may have the labels of a target, but not the times of its scrapes.
    return { labels, samples: ofTarget?.has(firstMs) ? scraped(samples, ofTarget, firstMs) : written(samples) };
  });
}

function scrapesByTarget(answer: readonly Samples[]): ReadonlyMap<string, Scrapes> {
  return new Map(
    answer
      .filter(({ metric }) => metric.__name__ === "scrape_duration_seconds")
      .map(({ metric, values }) => [
        target(metric),
        new Map(values.map(([seconds, took]) => [inMs(seconds), Number(took) * 1000])),
      ]),
  );
}

function target({ job, instance }: LabelSet): string {
  return JSON.stringify([job, instance]);
}

function scraped(samples: ReadonlyMap<number, number>, scrapes: Scrapes, firstMs: number): readonly KeptSample[] {
  const kept: KeptSample[] = [];
  for (const [timeMs, tookMs] of scrapes) {
    if (timeMs < firstMs) continue;
    const value = samples.get(timeMs) ?? "stale";
    if (value !== "stale" || kept.at(-1)?.value !== "stale") kept.push({ timeMs, value, seenMs: timeMs + tookMs });
  }
  return kept;
}

function written(samples: ReadonlyMap<number, number>): readonly KeptSample[] {
  return Array.from(samples, ([timeMs, value]) => ({ timeMs, value, seenMs: timeMs }));
}

function inMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

function toNumber(text: string): number {
  return /Inf$/.test(text) ? Number(text.replace("Inf", "Infinity")) : Number(text);
}
