/**
 * Times written and read by an example, `2006-01-02 15:04`.
 * https://pkg.go.dev/time#pkg-constants
 */
import { GoError } from "./function.ts";
import { type Moment, momentAt, type Wall, wallOf } from "./moment.ts";
import { quote } from "./quote.ts";
import { fixedZone, UTC, type Zone } from "./zone.ts";

const MONTHS = "January February March April May June July August September October November December".split(" ");
const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

/** What of a layout means something; all else stands for itself. */
const ELEMENT =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|0[1-6]|002|15|1|2006|2|_2(?!006)|__2|3|4|5|PM|pm|[-Z]070000|[-Z]07:00:00|[-Z]0700|[-Z]07:00|[-Z]07|[.,](?:0+|9+)(?!\d)/g;

/** The English name of a month, counted from 1. */
export function monthName(month: number): string {
  return MONTHS[month - 1] ?? `%!Month(${month})`;
}

/** The English name of a day, counted from 0, which is Sunday. */
export function weekdayName(weekday: number): string {
  return DAYS[weekday] ?? `%!Weekday(${weekday})`;
}

/** Writes a time in the form of `layout`. */
export function formatTime(moment: Moment, layout: string): string {
  const wall = wallOf(moment);
  return layout.replace(ELEMENT, (element) => writerOf(element)(wall, element));
}

/** Writes a time as `{{ .StartsAt }}` prints it. */
export function timeText(moment: Moment): string {
  return formatTime(moment, "2006-01-02 15:04:05.999999999 -0700 MST");
}

type Writer = (wall: Wall, element: string) => string;

const WRITERS: Readonly<Record<string, Writer>> = {
  January: ({ month }) => monthName(month),
  Jan: ({ month }) => monthName(month).slice(0, 3),
  "1": ({ month }) => String(month),
  "01": ({ month }) => digits(month, 2),
  Monday: ({ weekday }) => weekdayName(weekday),
  Mon: ({ weekday }) => weekdayName(weekday).slice(0, 3),
  "2": ({ day }) => String(day),
  _2: ({ day }) => String(day).padStart(2),
  "02": ({ day }) => digits(day, 2),
  __2: ({ yearDay }) => String(yearDay).padStart(3),
  "002": ({ yearDay }) => digits(yearDay, 3),
  "15": ({ hour }) => digits(hour, 2),
  "3": ({ hour }) => String(hour % 12 || 12),
  "03": ({ hour }) => digits(hour % 12 || 12, 2),
  "4": ({ minute }) => String(minute),
  "04": ({ minute }) => digits(minute, 2),
  "5": ({ second }) => String(second),
  "05": ({ second }) => digits(second, 2),
  "2006": ({ year }) => digits(year, 4),
  "06": ({ year }) => digits(Math.abs(year) % 100, 2),
  PM: ({ hour }) => (hour >= 12 ? "PM" : "AM"),
  pm: ({ hour }) => (hour >= 12 ? "pm" : "am"),
  MST: ({ abbreviation, offset }) => abbreviation || offsetText(offset, "-0700"),
};

function writerOf(element: string): Writer {
  return WRITERS[element] ?? (/^[.,]/.test(element) ? writeFraction : writeOffset);
}

const writeFraction: Writer = ({ nanosecond }, element) => {
  const shown = digits(nanosecond, 9).slice(0, element.length - 1);
  if (!element.endsWith("9")) return element.charAt(0) + shown;
  const trimmed = shown.replace(/0+$/, "");
  return trimmed === "" ? "" : element.charAt(0) + trimmed;
};

const writeOffset: Writer = ({ offset }, element) => offsetText(offset, element);

function offsetText(offset: number, element: string): string {
  if (offset === 0 && element.startsWith("Z")) return "Z";
  const size = Math.abs(offset);
  const parts = [Math.trunc(size / 3600), Math.trunc(size / 60) % 60, size % 60].map((part) => digits(part, 2));
  const count = element.replaceAll(":", "").length === 3 ? 1 : element.replaceAll(":", "").length === 5 ? 2 : 3;
  return (offset < 0 ? "-" : "+") + parts.slice(0, count).join(element.includes(":") ? ":" : "");
}

function digits(value: number, width: number): string {
  return (value < 0 ? "-" : "") + String(Math.abs(value)).padStart(width, "0");
}

interface Reading {
  year: number;
  month: number | undefined;
  day: number | undefined;
  yearDay: number | undefined;
  hour: number;
  minute: number;
  second: number;
  nanosecond: number;
  half: "am" | "pm" | undefined;
  zone: Zone | undefined;
}

/** Reads a time written in the form of `layout`; one without a zone is UTC. Trouble is thrown in Go's words. */
export function parseTime(layout: string, text: string): Moment {
  const reading: Reading = {
    year: 0,
    month: undefined,
    day: undefined,
    yearDay: undefined,
    hour: 0,
    minute: 0,
    second: 0,
    nanosecond: 0,
    half: undefined,
    zone: undefined,
  };
  let rest = text;
  let done = 0;
  const cannot = (expected: string): never => {
    throw new GoError(
      `parsing time ${quote(text)} as ${quote(layout)}: cannot parse ${quote(rest)} as ${quote(expected)}`,
    );
  };
  const literal = (expected: string) => {
    // A space in the layout stands for any number of them, none included at the end.
    for (let i = 0; i < expected.length; ) {
      if (expected[i] === " ") {
        if (rest !== "" && rest[0] !== " ") cannot(expected.slice(i));
        i += (/^ +/.exec(expected.slice(i))?.[0] ?? "").length;
        rest = rest.replace(/^ +/, "");
      } else if (rest[0] === expected[i]) {
        rest = rest.slice(1);
        i++;
      } else cannot(expected.slice(i));
    }
  };
  for (const { 0: element, index } of layout.matchAll(ELEMENT)) {
    literal(layout.slice(done, index));
    done = index + element.length;
    const [shape, take] = readerOf(element);
    const found = shape.exec(rest);
    if (found === null) return cannot(element);
    const wrong = take(reading, found, layout.slice(done));
    if (wrong !== undefined) throw new GoError(`parsing time ${quote(text)}: ${wrong} out of range`);
    rest = rest.slice(found[0].length);
    if ((element === "5" || element === "05") && !/^[.,][09]/.test(layout.slice(done))) {
      const fraction = /^[.,](\d+)/.exec(rest);
      if (fraction !== null) {
        reading.nanosecond = nanoseconds(fraction[1] ?? "");
        rest = rest.slice(fraction[0].length);
      }
    }
  }
  literal(layout.slice(done));
  if (rest !== "") throw new GoError(`parsing time ${quote(text)}: extra text: ${quote(rest)}`);
  return settle(reading, text);
}

/** How an element is found, and what is done with it: the part that is out of range is named. */
type Reader = readonly [RegExp, (reading: Reading, found: RegExpExecArray, rest: string) => string | undefined];

function number(
  shape: RegExp,
  least: number,
  most: number,
  name: string,
  take: (reading: Reading, value: number) => void,
): Reader {
  return [
    shape,
    (reading, found) => {
      const value = Number(found[0]);
      if (value < least || value > most) return name;
      take(reading, value);
      return undefined;
    },
  ];
}

function name(
  names: readonly string[],
  width: number | undefined,
  take: (reading: Reading, index: number) => void,
): Reader {
  const shown = names.map((each) => each.slice(0, width));
  return [
    new RegExp(`^(?:${shown.join("|")})`, "i"),
    (reading, found) => {
      take(
        reading,
        shown.findIndex((each) => each.toLowerCase() === found[0].toLowerCase()),
      );
      return undefined;
    },
  ];
}

const ONE_OR_TWO = /^\d\d?/;
const TWO = /^\d\d/;
const setMonth = (reading: Reading, month: number) => {
  reading.month = month;
};
const setDay = (reading: Reading, day: number) => {
  reading.day = day;
};
const setYearDay = (reading: Reading, day: number) => {
  reading.yearDay = day;
};
const setHour = (reading: Reading, hour: number) => {
  reading.hour = hour;
};
const setMinute = (reading: Reading, minute: number) => {
  reading.minute = minute;
};
const setSecond = (reading: Reading, second: number) => {
  reading.second = second;
};
const setHalf: Reader[1] = (reading, found) => {
  reading.half = found[0].toLowerCase() === "pm" ? "pm" : "am";
  return undefined;
};

const READERS: Readonly<Record<string, Reader>> = {
  January: name(MONTHS, undefined, (reading, index) => setMonth(reading, index + 1)),
  Jan: name(MONTHS, 3, (reading, index) => setMonth(reading, index + 1)),
  "1": number(ONE_OR_TWO, 1, 12, "month", setMonth),
  "01": number(TWO, 1, 12, "month", setMonth),
  Monday: name(DAYS, undefined, () => {}),
  Mon: name(DAYS, 3, () => {}),
  "2": number(ONE_OR_TWO, 0, 99, "day", setDay),
  _2: number(/^ ?\d\d?/, 0, 99, "day", setDay),
  "02": number(TWO, 0, 99, "day", setDay),
  __2: number(/^ {0,2}\d{1,3}/, 0, 999, "day-of-year", setYearDay),
  "002": number(/^\d{3}/, 0, 999, "day-of-year", setYearDay),
  "15": number(ONE_OR_TWO, 0, 23, "hour", setHour),
  "3": number(ONE_OR_TWO, 0, 12, "hour", setHour),
  "03": number(TWO, 0, 12, "hour", setHour),
  "4": number(ONE_OR_TWO, 0, 59, "minute", setMinute),
  "04": number(TWO, 0, 59, "minute", setMinute),
  "5": number(ONE_OR_TWO, 0, 59, "second", setSecond),
  "05": number(TWO, 0, 59, "second", setSecond),
  "2006": number(/^\d{4}/, 0, 9999, "year", (reading, year) => {
    reading.year = year;
  }),
  "06": number(TWO, 0, 99, "year", (reading, year) => {
    reading.year = year + (year >= 69 ? 1900 : 2000);
  }),
  PM: [/^(?:PM|AM)/, setHalf],
  pm: [/^(?:pm|am)/, setHalf],
  MST: [
    /^(?:UTC|ChST|MeST|GMT(?:[+-]\d{1,2})?|[+-]\d{2}|[A-Z]{4}T(?![A-Z])|WITA(?![A-Z])|[A-Z]{3}T(?![A-Z])|[A-Z]{3}(?![A-Z]))/,
    (reading, [found]) => {
      const hours = Number(/^GMT([+-]\d+)/.exec(found)?.[1] ?? 0);
      reading.zone ??=
        found === "UTC" ? UTC : { name: found, at: () => ({ offset: hours * 3600, abbreviation: found }) };
      return undefined;
    },
  ],
};

function readerOf(element: string): Reader {
  const known = READERS[element];
  if (known !== undefined) return known;
  if (/^[.,]/.test(element)) {
    const count = element.length - 1;
    return [
      element.endsWith("0") ? new RegExp(`^[.,](\\d{${count}})`) : /^(?:[.,](\d+))?/,
      (reading, found) => {
        reading.nanosecond = nanoseconds(found[1] ?? "");
        return undefined;
      },
    ];
  }
  const colon = element.includes(":") ? ":" : "";
  const count = (element.replaceAll(":", "").length - 1) / 2;
  const shape = ["(\\d\\d)", "(\\d\\d)", "(\\d\\d)"].slice(0, count).join(colon);
  return [
    new RegExp(element.startsWith("Z") ? `^(?:Z|([+-])${shape})` : `^([+-])${shape}`),
    (reading, [found, sign, hours = "0", minutes = "0", seconds = "0"]) => {
      if (found === "Z") reading.zone = UTC;
      if (sign === undefined) return undefined;
      if (Number(hours) > 24) return "time zone offset hour";
      if (Number(minutes) > 60) return "time zone offset minute";
      if (Number(seconds) > 60) return "time zone offset second";
      const offset = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
      reading.zone = offset === 0 ? UTC : fixedZone(sign === "-" ? -offset : offset);
      return undefined;
    },
  ];
}

function nanoseconds(fraction: string): number {
  return Number(fraction.slice(0, 9).padEnd(9, "0"));
}

/** Puts together what was read, and sees whether there is such a day. */
function settle(reading: Reading, text: string): Moment {
  const { year, yearDay, half } = reading;
  const wrong = (what: string): never => {
    throw new GoError(`parsing time ${quote(text)}: ${what}`);
  };
  let { month, day, hour } = reading;
  if (half === "pm" && hour < 12) hour += 12;
  else if (half === "am" && hour === 12) hour = 0;
  if (yearDay !== undefined) {
    if (yearDay < 1 || yearDay > daysIn(year)) wrong("day-of-year out of range");
    const date = wallOf(momentAt({ year, month: 1, day: yearDay, hour: 0, minute: 0, second: 0, nanosecond: 0 }, UTC));
    if (month !== undefined && month !== date.month) wrong("day-of-year does not match month");
    if (day !== undefined && day !== date.day) wrong("day-of-year does not match day");
    ({ month, day } = date);
  }
  const parts = { ...reading, month: month ?? 1, day: day ?? 1, hour };
  const moment = momentAt(parts, reading.zone ?? UTC);
  const noon = momentAt({ ...parts, hour: 12, minute: 0 }, UTC);
  if (parts.day < 1 || wallOf(noon).day !== parts.day) wrong("day out of range");
  return moment;
}

function daysIn(year: number): number {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 366 : 365;
}
