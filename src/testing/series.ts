/** Series as functions of time: shapes that the notation has no words for. */
import { type DurationText, parseDuration } from "../quantity/duration.ts";

/** The value at a moment, or none: `timeMs` is since 1970, `sinceStartMs` since the scenario's start. */
export type SeriesFunction = (at: SeriesMoment) => number | "stale" | undefined;

/** A moment of a series: the number of its sample and the time since the start. */
export interface SeriesMoment {
  readonly sinceStartMs: number;
  readonly timeMs: number;
}

/** How the samples of a series are given: in promtool's notation, or as a function of time. */
export type SeriesValues = string | SeriesFunction;

/**
 * The same value for ever.
 *
 * ```ts
 * scenario(shop).given(inventory, mug, steady(40));
 * ```
 */
export function steady(value: number): SeriesFunction {
  return () => value;
}

/**
 * Goes evenly from one value to another, and stays there: `ramp(0, 3600, "1h")` counts one a second for an hour.
 *
 * ```ts
 * scenario(shop).given(inventory, mug, ramp(40, 0, "1h"));
 * ```
 */
export function ramp(from: number, to: number, over: DurationText): SeriesFunction {
  const length = ms(over);
  return ({ sinceStartMs }) => from + (to - from) * Math.min(1, sinceStartMs / length);
}

/**
 * One value, and another for a while: `spike(5, 500, { at: "10m", for: "5m" })`.
 *
 * ```ts
 * scenario(shop).given(inventory, mug, spike(40, 400, { at: "10m", for: "5m" }));
 * ```
 */
export function spike(base: number, peak: number, when: Stretch): SeriesFunction {
  const isWithin = within(when);
  return ({ sinceStartMs }) => (isWithin(sinceStartMs) ? peak : base);
}

/**
 * A series that is not there for a while, as when its target cannot be scraped.
 *
 * ```ts
 * scenario(shop).given(inventory, mug, outage(40, { at: "10m", for: "5m" }));
 * ```
 */
export function outage(of: number | SeriesFunction, when: Stretch): SeriesFunction {
  const value = asFunction(of);
  const isWithin = within(when);
  return (at) => (isWithin(at.sinceStartMs) ? "stale" : value(at));
}

/**
 * A counter that begins again from zero, as its process did.
 *
 * ```ts
 * scenario(shop).given(clicks, click, restart(ramp(0, 3_600, "1h"), { at: "30m" }));
 * ```
 */
export function restart(of: SeriesFunction, when: { readonly at: DurationText }): SeriesFunction {
  const time = ms(when.at);
  return (at) => {
    const value = of(at);
    if (at.sinceStartMs < time || typeof value !== "number") return value;
    const before = of({ sinceStartMs: time, timeMs: at.timeMs - at.sinceStartMs + time });
    return value - (typeof before === "number" ? before : 0);
  };
}

/**
 * Goes up and down once a day between two values; `peak` is the time of day, in UTC, of the higher one.
 *
 * ```ts
 * scenario(shop).given(inventory, mug, daily(10, 50, { peak: "18:00" }));
 * ```
 */
export function daily(low: number, high: number, { peak = "14:00" }: { readonly peak?: `${number}:${number}` } = {}) {
  const [hours = 0, minutes = 0] = peak.split(":").map(Number);
  const peakMs = (hours * 60 + minutes) * 60_000;
  const day: SeriesFunction = ({ timeMs }) =>
    (low + high) / 2 + ((high - low) / 2) * Math.cos((2 * Math.PI * (timeMs - peakMs)) / 86_400_000);
  return day;
}

/** A part of a scenario: from `at` on, for so long, or to its end. */
export interface Stretch {
  readonly at: DurationText;
  readonly for?: DurationText;
}

function within({ at, for: length }: Stretch): (sinceStartMs: number) => boolean {
  const from = ms(at);
  const to = length === undefined ? Number.POSITIVE_INFINITY : from + ms(length);
  return (time) => time >= from && time < to;
}

function asFunction(of: number | SeriesFunction): SeriesFunction {
  return typeof of === "number" ? steady(of) : of;
}

/** A duration in milliseconds; throws where the text is none. */
export function ms(duration: string): number {
  const found = parseDuration(duration);
  if (found === undefined) throw new Error(`${JSON.stringify(duration)} is no duration: write 30s, 5m or 1h30m`);
  return found;
}
