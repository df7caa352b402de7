import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { during, duringAny, nextChange } from "../../src/alertmanager/time-interval/during.ts";
import { IntervalClock } from "../../src/alertmanager/time-interval/interval-clock.ts";
import type { TimeInterval } from "../../src/alertmanager/time-interval/time-interval.ts";
import { isTimeZone, nextOffsetChange, zoneOffset } from "../../src/alertmanager/time-interval/time-zone.ts";

const at = (text: string) => Date.parse(text);
const office: TimeInterval = {
  weekdays: [{ begin: 1, end: 5 }],
  times: [{ start: 540, end: 1020 }],
  location: "Europe/Berlin",
};

describe("office hours in Berlin", () => {
  it.each([
    ["2026-03-27T08:00:00Z", true],
    ["2026-03-27T07:59:59Z", false],
    ["2026-03-27T16:00:00Z", false],
    // The clocks go forward on March 29: office hours begin an hour earlier by UTC.
    ["2026-03-30T07:00:00Z", true],
    ["2026-03-30T15:00:00Z", false],
    ["2026-03-28T12:00:00Z", false],
  ])("hold at %s: %s", (text, expected) => {
    expect(during(office, at(text))).toBe(expected);
  });

  it("change when people come and go, and not over the weekend", () => {
    const changes: string[] = [];
    let now = at("2026-03-27T00:00:00Z");
    for (let i = 0; i < 4; i++) {
      now = nextChange([office], now) ?? Number.NaN;
      changes.push(new Date(now).toISOString());
    }
    expect(changes).toEqual([
      "2026-03-27T08:00:00.000Z",
      "2026-03-27T16:00:00.000Z",
      "2026-03-30T07:00:00.000Z",
      "2026-03-30T15:00:00.000Z",
    ]);
  });
});

it("counts negative days from the month's end", () => {
  const last: TimeInterval = { days_of_month: [{ begin: -2, end: -1 }] };
  const days = ["2026-02-26", "2026-02-27", "2026-02-28", "2028-02-28", "2028-02-29"];
  expect(days.map((day) => during(last, at(day)))).toEqual([false, true, true, true, true]);
});

it("cuts a range of days at the month's end, but never draws one into the month", () => {
  expect(during({ days_of_month: [{ begin: 29, end: 31 }] }, at("2026-02-28"))).toBe(false);
  expect(during({ days_of_month: [{ begin: 27, end: 31 }] }, at("2026-02-28"))).toBe(true);
});

it("holds always where nothing is named, and never where an empty list is", () => {
  expect(during({}, 0)).toBe(true);
  expect(nextChange([{}], 0)).toBeUndefined();
  expect(during({ weekdays: [] }, 0)).toBe(false);
  expect(nextChange([{ weekdays: [] }], 0)).toBeUndefined();
});

it("finds a change that is years away", () => {
  const leap: TimeInterval = {
    months: [{ begin: 2, end: 2 }],
    days_of_month: [{ begin: 29, end: 29 }],
    years: [{ begin: 2030, end: 2040 }],
  };
  expect(nextChange([leap], at("2026-01-01"))).toBe(at("2032-02-29"));
});

it("knows the offsets of a zone, and when they change", () => {
  expect(zoneOffset("Europe/Berlin", at("2026-01-01"))).toBe(3_600_000);
  expect(zoneOffset("Asia/Kathmandu", at("2026-01-01"))).toBe(20_700_000);
  expect(nextOffsetChange("Europe/Berlin", at("2026-01-01"))).toBe(at("2026-03-29T01:00:00Z"));
  expect(nextOffsetChange("Asia/Tokyo", at("2026-01-01"))).toBeUndefined();
});

it("knows the names that Go knows, and no others", () => {
  const names = ["Europe/Berlin", "Asia/Kolkata", "US/Pacific", "Local", "", "europe/berlin", "Berlin", "+02:00"];
  expect(names.map(isTimeZone)).toEqual([true, true, true, true, true, false, false, false]);
});

describe("whatever the interval", () => {
  const ranges = (low: number, high: number) =>
    fc.option(
      fc.array(
        fc
          .tuple(fc.integer({ min: low, max: high }), fc.integer({ min: low, max: high }))
          .map(([a, b]) => ({ begin: Math.min(a, b), end: Math.max(a, b) })),
        { maxLength: 2 },
      ),
      { nil: undefined },
    );
  const interval: fc.Arbitrary<TimeInterval> = fc.record({
    times: fc.option(
      fc.array(
        fc
          .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 300 }))
          .map(([start, length]) => ({ start, end: Math.min(1440, start + length) })),
        { maxLength: 2 },
      ),
      { nil: undefined },
    ),
    weekdays: ranges(0, 6),
    days_of_month: ranges(1, 31),
    months: ranges(1, 12),
    location: fc.constantFrom(
      "UTC",
      "Europe/Berlin",
      "America/St_Johns",
      "Africa/Casablanca",
      "Australia/Lord_Howe",
      "Pacific/Apia",
    ),
  });
  const instant = fc.integer({ min: at("2020-01-01"), max: at("2030-01-01") });

  it("holds as the clock of its zone says", () => {
    fc.assert(
      fc.property(interval, instant, (interval, ms) => {
        expect(during(interval, ms)).toBe(slowly(interval, ms));
      }),
    );
  });

  it("does not change before its next change, and does then", () => {
    fc.assert(
      fc.property(interval, instant, fc.double({ min: 0, max: 1, noNaN: true }), (interval, ms, share) => {
        const next = nextChange([interval], ms);
        const now = duringAny([interval], ms);
        const until = next ?? ms + 40 * 365 * 86_400_000;
        expect(during(interval, Math.floor(ms + (until - 1 - ms) * share))).toBe(now);
        if (next !== undefined) expect([during(interval, next - 1), during(interval, next)]).toEqual([now, !now]);
      }),
    );
  });

  it("is remembered by a clock without a difference", () => {
    fc.assert(
      fc.property(interval, fc.array(instant, { maxLength: 8 }), (interval, instants) => {
        const clock = new IntervalClock(new Map([["x", [interval]]]));
        for (const ms of instants) expect(clock.during(["x"], ms).length > 0).toBe(during(interval, ms));
      }),
    );
  });
});

/** The same by asking Intl each time. */
function slowly({ times, weekdays, days_of_month, months, location }: TimeInterval, ms: number): boolean {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: location ?? "UTC",
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(ms);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  const minute = Number(part("hour")) * 60 + Number(part("minute"));
  const last = new Date(Date.UTC(Number(part("year")), Number(part("month")), 0)).getUTCDate();
  const within = (ranges: TimeInterval["weekdays"], value: number) =>
    ranges === undefined || ranges.some(({ begin, end }) => value >= begin && value <= end);
  return (
    (times === undefined || times.some(({ start, end }) => minute >= start && minute < end)) &&
    within(weekdays, ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"].indexOf(part("weekday"))) &&
    within(
      days_of_month?.filter(({ begin }) => begin <= last),
      Number(part("day")),
    ) &&
    within(months, Number(part("month")))
  );
}
