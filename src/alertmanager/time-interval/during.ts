/**
 * Whether a time interval holds at an instant, and when that changes.
 * https://github.com/prometheus/alertmanager/blob/v0.34.0/timeinterval/timeinterval.go
 */
import type { InclusiveRange, TimeInterval } from "./time-interval.ts";
import { nextOffsetChange, zoneOffset } from "./time-zone.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Whether `interval` holds at `ms`, milliseconds since 1970. */
export function during(interval: TimeInterval, ms: number): boolean {
  const local = ms + zoneOffset(interval.location, ms);
  const day = Math.floor(local / DAY);
  const { times } = interval;
  if (times !== undefined) {
    const minute = Math.floor((local - day * DAY) / MINUTE);
    if (!times.some(({ start, end }) => minute >= start && minute < end)) return false;
  }
  return dayHolds(interval, day);
}

/** Whether any of the intervals that a name stands for holds. */
export function duringAny(intervals: readonly TimeInterval[], ms: number): boolean {
  return intervals.some((interval) => during(interval, ms));
}

/**
 * The next instant after `ms` at which {@link duringAny} changes, or `undefined` where it does not within forty years:
 * the calendar repeats its weekdays and leap years after twenty-eight.
 */
export function nextChange(intervals: readonly TimeInterval[], ms: number): number | undefined {
  const now = duringAny(intervals, ms);
  const end = ms + 40 * 366 * DAY;
  let at = ms;
  while (at < end) {
    const next = Math.min(...intervals.map((interval) => nextCandidate(interval, at)));
    if (!(next < end)) return undefined;
    if (duringAny(intervals, next) !== now) return next;
    at = next;
  }
  return undefined;
}

/** The next instant at which the clock of an interval says something that it might care about. */
function nextCandidate(interval: TimeInterval, ms: number): number {
  const { location, times } = interval;
  const offset = zoneOffset(location, ms);
  const day = Math.floor((ms + offset) / DAY);
  const change = nextOffsetChange(location, ms) ?? Number.POSITIVE_INFINITY;
  const toUtc = (local: number) => local - offset;
  let next = toUtc((day + 1) * DAY);
  if (times !== undefined && dayHolds(interval, day))
    for (const { start, end } of times)
      for (const minute of [start, end]) {
        const at = toUtc(day * DAY + minute * MINUTE);
        if (at > ms && at < next) next = at;
      }
  // Days on which nothing can hold are skipped in one go, up to the next change of the clocks.
  if (!dayHolds(interval, day)) {
    let later = day + 1;
    while (toUtc(later * DAY) < change && later < day + 3000 && !dayHolds(interval, later)) later++;
    next = toUtc(later * DAY);
  }
  return Math.min(next, change);
}

/** Whether everything but the time of day holds. `day` counts days since 1970 by the local calendar. */
function dayHolds({ weekdays, days_of_month, months, years }: TimeInterval, day: number): boolean {
  if (weekdays !== undefined && !inAny(weekdays, (((day + 4) % 7) + 7) % 7)) return false;
  if (days_of_month === undefined && months === undefined && years === undefined) return true;
  const date = new Date(day * DAY);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + 1;
  if (years !== undefined && !inAny(years, year)) return false;
  if (months !== undefined && !inAny(months, month)) return false;
  if (days_of_month === undefined) return true;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return days_of_month.some((range) => dayOfMonthIn(range, date.getUTCDate(), last));
}

function dayOfMonthIn(range: InclusiveRange, day: number, last: number): boolean {
  const begin = range.begin < 0 ? last + range.begin + 1 : range.begin;
  const end = range.end < 0 ? last + range.end + 1 : range.end;
  // A range that starts behind the month's end is not drawn into the month; one that ends there is cut.
  return begin <= last && day >= begin && day <= Math.min(end, last);
}

function inAny(ranges: readonly InclusiveRange[], value: number): boolean {
  return ranges.some(({ begin, end }) => value >= begin && value <= end);
}
