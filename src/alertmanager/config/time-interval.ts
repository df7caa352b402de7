/** `time_intervals`: named times. https://prometheus.io/docs/alerting/latest/configuration/#time_interval */
import { list, optional, type Parsed, parsed, type Shape, type Shaped, struct, text } from "../../yaml/shape.ts";
import { parseDaysOfMonth, parseMinute, parseMonths, parseWeekdays, parseYears } from "../time-interval/parse.ts";
import type { InclusiveRange, MinuteRange } from "../time-interval/time-interval.ts";
import { isTimeZone } from "../time-interval/time-zone.ts";
import { atLeastOne, invalid } from "./checks.ts";

const NO_RANGE: InclusiveRange = { begin: 0, end: 0 };

const range = (what: string, parse: (written: string) => Parsed<InclusiveRange>) => list(parsed(what, NO_RANGE, parse));

const writtenTimes = struct("time range", { start_time: text, end_time: text });

const minuteRange: Shape<MinuteRange> = {
  expects: "a time range",
  zero: { start: 0, end: 0 },
  read(node, reading) {
    const before = reading.errors;
    const written = writtenTimes.read(node, reading);
    if (reading.errors > before) return this.zero;
    for (const field of ["start_time", "end_time"] as const) {
      atLeastOne(reading, written, [field], "A time range");
      if (written[field] !== "" && parseMinute(written[field]) === undefined)
        invalid(
          reading,
          written,
          field,
          `${JSON.stringify(written[field])} is no time of day.`,
          "Write hours and minutes: 09:00, up to 24:00.",
        );
    }
    const start = parseMinute(written.start_time);
    const end = parseMinute(written.end_time);
    if (start === undefined || end === undefined) return this.zero;
    if (start >= end)
      invalid(
        reading,
        written,
        "start_time",
        "The start time must be before the end time.",
        "Split a range over midnight in two.",
      );
    return { start, end };
  },
};

const location = parsed("a time zone", "UTC", (written): Parsed<string> => {
  if (isTimeZone(written)) return { value: written === "" ? "UTC" : written };
  return {
    mistake: `unknown time zone ${written}.`,
    help: "Write a name of the IANA database, such as Europe/Berlin.",
  };
});

const timeInterval = struct(
  "time interval",
  {
    times: optional(list(minuteRange)),
    weekdays: optional(range("a weekday or a range of them", parseWeekdays)),
    days_of_month: optional(range("a day of the month or a range of them", parseDaysOfMonth)),
    months: optional(range("a month or a range of them", parseMonths)),
    years: optional(range("a year or a range of them", parseYears)),
    location: optional(location),
  },
  (config, reading) => {
    if (config.location === "Local")
      reading.warn(reading.placeOf(config, "location"), {
        code: "alertmanager/local-zone",
        message: "Local is the time zone of the machine that Alertmanager runs on. It is taken for UTC here.",
        help: "Write the zone's name, such as Europe/Berlin.",
      });
    return undefined;
  },
);

export type NamedTimeInterval = Shaped<typeof namedTimeInterval>;

/** A name with the intervals that it stands for; it holds when any of them does. */
export const namedTimeInterval = struct(
  "time interval",
  { name: text, time_intervals: list(timeInterval) },
  (config, reading) => {
    atLeastOne(reading, config, ["name"], "A time interval");
    return undefined;
  },
);
