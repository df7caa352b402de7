/** An instant in a time zone, and the calendar it falls on. */
import { SECOND } from "./duration.ts";
import { UTC, type Zone } from "./zone.ts";

/** An instant, and the zone whose clocks show it. */
export interface Moment {
  /** Nanoseconds since 1970, UTC. */
  readonly ns: bigint;
  readonly zone: Zone;
}

/** What clock and calendar on the wall show. */
export interface Wall {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
  /** From 0, which is Sunday. */
  readonly weekday: number;
  /** From 1. */
  readonly yearDay: number;
  /** Seconds ahead of UTC. */
  readonly offset: number;
  readonly abbreviation: string;
}

const DAY = 86_400_000;

/** The first instant of year 1, which Go takes for "no time". */
export const NO_TIME: Moment = { ns: BigInt(new Date("0001-01-01T00:00:00Z").getTime()) * 1_000_000n, zone: UTC };

/** The instant of so many milliseconds since 1970. */
export function momentOf(ms: number, zone: Zone = UTC): Moment {
  return { ns: BigInt(Math.trunc(ms)) * 1_000_000n, zone };
}

/** Whole milliseconds since 1970, downwards. */
export function millisecondsOf({ ns }: Moment): number {
  return Number(floorDivide(ns, 1_000_000n));
}

/** What the clocks and calendars of the zone show at the instant. */
export function wallOf(moment: Moment): Wall {
  const ms = millisecondsOf(moment);
  const { offset, abbreviation } = moment.zone.at(ms);
  const date = new Date(ms + offset * 1000);
  const year = date.getUTCFullYear();
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond: Number(((moment.ns % SECOND) + SECOND) % SECOND),
    weekday: date.getUTCDay(),
    yearDay: Math.floor((date.getTime() - startOf(year, 1, 1)) / DAY) + 1,
    offset,
    abbreviation,
  };
}

/** The instant at which the clocks of a zone show a date and time. Parts beyond their range carry over. */
export function momentAt(
  parts: Pick<Wall, "year" | "month" | "day" | "hour" | "minute" | "second" | "nanosecond">,
  zone: Zone,
): Moment {
  const wall =
    startOf(parts.year, parts.month, parts.day) + ((parts.hour * 60 + parts.minute) * 60 + parts.second) * 1000;
  // As Go does: guess by the offset that would hold if the wall showed UTC, and look again from there.
  const first = zone.at(wall).offset;
  const second = zone.at(wall - first * 1000).offset;
  return { ns: BigInt(wall - second * 1000) * 1_000_000n + BigInt(parts.nanosecond), zone };
}

function startOf(year: number, month: number, day: number): number {
  const date = new Date(0);
  // `Date.UTC` takes years below 100 for those of the last century.
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

/** Divides downwards, where `/` cuts towards zero. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}
