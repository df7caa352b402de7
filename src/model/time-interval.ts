/** Times in which notifications are sent, or held back. https://prometheus.io/docs/alerting/latest/configuration/#time_interval-0 */
import { z } from "zod";
import { captureOrigin } from "../source/origin.ts";
import type { Definition } from "./definition.ts";
import { safeName } from "./schema.ts";

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
] as const;

type Weekday = (typeof WEEKDAYS)[number];
type Month = (typeof MONTHS)[number];
type Clock = `${number}:${number}`;
type OneOrMany<T> = T | readonly T[];

/** A stretch of the calendar: it is the time where every given field matches. */
export interface TimeRange {
  /** `"monday:friday"`, or a list of days. */
  readonly weekdays?: OneOrMany<Weekday | `${Weekday}:${Weekday}`>;
  /** `"09:00-17:00"`; the end is exclusive and may be 24:00. It cannot pass midnight: give two. */
  readonly times?: OneOrMany<`${Clock}-${Clock}`>;
  /** `"1:7"`, `"-1"` for the last day. */
  readonly daysOfMonth?: OneOrMany<`${number}` | `${number}:${number}`>;
  readonly months?: OneOrMany<Month | `${Month}:${Month}` | `${number}` | `${number}:${number}`>;
  readonly years?: OneOrMany<`${number}` | `${number}:${number}`>;
  /** A time zone of the IANA database, such as `"Europe/Berlin"`. Default: `"UTC"`. */
  readonly location?: `${string}/${string}` | "UTC" | "Local";
}

/** Which hours are meant: what is given must all hold; what is not given holds always. */
export type TimeIntervalSpec = OneOrMany<TimeRange>;

/** Hours, as `timeInterval()` returns them. */
export interface TimeInterval extends Definition<"TimeInterval", TimeIntervalSpec> {}

/**
 * Defines hours that receivers can be limited to, or silenced in.
 *
 * ```ts
 * const officeHours = timeInterval("office-hours", { weekdays: "monday:friday", times: "09:00-17:00", location: "Europe/Berlin" });
 * ```
 */
export function timeInterval(name: string, spec: TimeIntervalSpec): TimeInterval {
  return Object.freeze({ kind: "TimeInterval", name, spec, origin: captureOrigin(timeInterval) });
}

const oneOrMany = <T extends z.ZodType>(one: T) => z.union([one, z.array(one).min(1)]);

function range(what: string, example: string, position: (text: string) => number | undefined) {
  return z.string().superRefine((text, context) => {
    const ends = text.split(":").map(position);
    const [first, last] = ends;
    if (ends.length > 2 || first === undefined || (ends.length === 2 && last === undefined)) {
      context.addIssue({ code: "custom", message: `${JSON.stringify(text)} is not ${what}: write it like ${example}` });
    } else if (last !== undefined && first > last && first > 0 === last > 0) {
      context.addIssue({ code: "custom", message: `${JSON.stringify(text)} ends before it begins` });
    }
  });
}

const named = (names: readonly string[]) => (text: string) => {
  const index = names.indexOf(text.toLowerCase());
  return index === -1 ? undefined : index + 1;
};

const whole = (least: number, most: number) => (text: string) => {
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most && value !== 0 ? value : undefined;
};

const clockRange = z.string().superRefine((text, context) => {
  const [, h1, m1, h2, m2] = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  const from = Number(h1) * 60 + Number(m1);
  const to = Number(h2) * 60 + Number(m2);
  if (h1 === undefined || Number(m1) > 59 || Number(m2) > 59 || to > 1440) {
    context.addIssue({
      code: "custom",
      message: `${JSON.stringify(text)} is not a time range: write it like "09:00-17:00"`,
    });
  } else if (from >= to) {
    context.addIssue({
      code: "custom",
      message: `${JSON.stringify(text)} ends before it begins: past midnight takes two ranges`,
    });
  }
});

const timeRangeSchema = z
  .strictObject({
    weekdays: oneOrMany(range("a range of weekdays", `"monday:friday"`, named(WEEKDAYS))).optional(),
    times: oneOrMany(clockRange).optional(),
    daysOfMonth: oneOrMany(range("a range of days", `"1:7" or "-1"`, whole(-31, 31))).optional(),
    months: oneOrMany(
      range("a range of months", `"may:august"`, (text) => named(MONTHS)(text) ?? whole(1, 12)(text)),
    ).optional(),
    years: oneOrMany(range("a range of years", `"2026:2028"`, whole(1, 9999))).optional(),
    location: z
      .string()
      .refine(isTimeZone, {
        error: ({ input }) => `there is no time zone ${JSON.stringify(input)}: write it like "Europe/Berlin"`,
      })
      .optional(),
  })
  .refine(({ location: _, ...times }) => Object.values(times).some((given) => given !== undefined), {
    error: "says no time, which would be always: give weekdays, times, daysOfMonth, months or years",
  });

export const timeIntervalSchema = z.object({ name: safeName, spec: oneOrMany(timeRangeSchema) });

function isTimeZone(name: string): boolean {
  if (name === "UTC" || name === "Local") return true;
  if (!name.includes("/")) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
