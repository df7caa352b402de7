/** The Gregorian calendar in UTC, as far as timestamps of 64 bits reach; JavaScript's dates end sooner. */

const SECONDS_PER_DAY = 86_400;
const DAYS_PER_ERA = 146_097;

/** A moment in the calendar. */
export interface Moment {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** From 1. */
  readonly day: number;
  /** From 0 for Sunday. */
  readonly weekday: number;
  /** From 1. */
  readonly yearday: number;
  readonly daysInMonth: number;
  readonly hour: number;
  readonly minute: number;
}

/** The moment of a Unix timestamp in seconds, of which fractions are left out. */
export function momentOf(timestamp: number): Moment {
  const [days, second] = split(timestamp);
  // Years begin with March here, so that leap days come last. https://howardhinnant.github.io/date_algorithms.html
  const shifted = days + 719_468;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const leap = isLeap(year) ? 1 : 0;
  return {
    year,
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearday: month > 2 ? dayOfYear + 60 + leap : dayOfYear - 305,
    daysInMonth: month === 2 ? 28 + leap : [4, 6, 9, 11].includes(month) ? 30 : 31,
    hour: Math.floor(second / 3600),
    minute: Math.floor(second / 60) % 60,
  };
}

/** Days since 1970, and the second of the day. What is no number, or too large, counts as Go's conversion leaves it. */
function split(timestamp: number): readonly [days: number, second: number] {
  const seconds = Math.abs(timestamp) < 2 ** 63 ? Math.trunc(timestamp) : 2 ** 63;
  if (Math.abs(seconds) <= Number.MAX_SAFE_INTEGER) {
    const second = ((seconds % SECONDS_PER_DAY) + SECONDS_PER_DAY) % SECONDS_PER_DAY;
    return [(seconds - second) / SECONDS_PER_DAY, second];
  }
  const whole = BigInt(seconds);
  const day = BigInt(SECONDS_PER_DAY);
  const second = ((whole % day) + day) % day;
  return [Number((whole - second) / day), Number(second)];
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
