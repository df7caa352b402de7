/** `time.Time`, `time.Month` and their kin, as values with methods. */
import { DURATION, duration, nanosecondsOf, SECOND } from "./duration.ts";
import { fn, GoError, type GoFunction } from "./function.ts";
import { formatTime, monthName, timeText, weekdayName } from "./layout.ts";
import { floorDivide, type Moment, momentAt, NO_TIME, wallOf } from "./moment.ts";
import { declared, type GoType, INT, INT64, pointerTo, STRING, structType } from "./type.ts";
import { GoOpaque, GoPointer, GoScalar, type GoValue } from "./value.ts";
import { UTC, type Zone, zoneNamed } from "./zone.ts";

const methods = new Map<string, GoFunction>();

/** The type `time.Time`. */
export const TIME: GoType = structType("time.Time", [], methods);

/** A `time.Time`. */
export type GoTime = GoOpaque<Moment>;

/** An instant as a `time.Time`. */
export function goTime(moment: Moment): GoTime {
  return new GoOpaque(TIME, moment);
}

/** Whether the value is a `time.Time`. */
export function isTime(value: GoValue): value is GoTime {
  return value instanceof GoOpaque && value.type === TIME;
}

const enumerated = (name: string, textOf: (value: number) => string) =>
  declared(name, INT, new Map([["String", fn([], ([{ value }]: readonly [GoScalar]) => textOf(Number(value)))]]));
const MONTH = enumerated("time.Month", monthName);
const WEEKDAY = enumerated("time.Weekday", weekdayName);
const LOCATION = structType(
  "time.Location",
  [],
  new Map([["String", fn([], ([{ content }]: readonly [GoOpaque<Zone>]) => content.name)]]),
);

type Receiver = readonly [GoTime];
type Pair = readonly [GoTime, GoTime];

const get = (read: (moment: Moment) => GoValue) => fn([], ([{ content }]: Receiver) => read(content));
const compare = (test: (a: bigint, b: bigint) => GoValue) =>
  fn([TIME], ([a, b]: Pair) => test(a.content.ns, b.content.ns));
const int = (value: number) => BigInt(value);
const int64 = (value: bigint) => new GoScalar(INT64, value);
const several = (count: number): GoFunction => ({
  ...get(() => undefined),
  uncallable: `has ${count} return values; should be 1 or 2`,
});

/** Nanoseconds since the first instant of year 1, from which Go counts when it truncates. */
const sinceNoTime = ({ ns }: Moment) => ns - NO_TIME.ns;

const TABLE: Readonly<Record<string, GoFunction>> = {
  String: get(timeText),
  Format: fn([STRING], ([{ content }, layout]: readonly [GoTime, string]) => formatTime(content, layout)),
  IsZero: get(({ ns }) => ns === NO_TIME.ns),
  Unix: get(({ ns }) => int64(floorDivide(ns, SECOND))),
  UnixMilli: get(({ ns }) => int64(floorDivide(ns, 1_000_000n))),
  UnixMicro: get(({ ns }) => int64(floorDivide(ns, 1000n))),
  UnixNano: get(({ ns }) => int64(BigInt.asIntN(64, ns))),
  Year: get((moment) => int(wallOf(moment).year)),
  Month: get((moment) => new GoScalar(MONTH, int(wallOf(moment).month))),
  Day: get((moment) => int(wallOf(moment).day)),
  Hour: get((moment) => int(wallOf(moment).hour)),
  Minute: get((moment) => int(wallOf(moment).minute)),
  Second: get((moment) => int(wallOf(moment).second)),
  Nanosecond: get((moment) => int(wallOf(moment).nanosecond)),
  Weekday: get((moment) => new GoScalar(WEEKDAY, int(wallOf(moment).weekday))),
  YearDay: get((moment) => int(wallOf(moment).yearDay)),
  UTC: get(({ ns }) => goTime({ ns, zone: UTC })),
  Local: get(({ ns }) => goTime({ ns, zone: zoneNamed("Local") })),
  Location: get(({ zone }) => new GoPointer(pointerTo(LOCATION), new GoOpaque(LOCATION, zone))),
  In: fn([pointerTo(LOCATION)], ([{ content }, { target }]: readonly [GoTime, GoPointer]) => {
    if (!(target instanceof GoOpaque)) throw new GoError("time: missing Location in call to Time.In");
    return goTime({ ns: content.ns, zone: target.content as Zone });
  }),
  Add: fn([DURATION], ([{ content }, by]: readonly [GoTime, GoScalar]) =>
    goTime({ ...content, ns: content.ns + nanosecondsOf(by) }),
  ),
  AddDate: fn([INT, INT, INT], ([{ content }, years, months, days]: readonly [GoTime, bigint, bigint, bigint]) => {
    const wall = wallOf(content);
    const year = wall.year + Number(years);
    return goTime(
      momentAt({ ...wall, year, month: wall.month + Number(months), day: wall.day + Number(days) }, content.zone),
    );
  }),
  Sub: compare((a, b) => duration(clamped(a - b))),
  Before: compare((a, b) => a < b),
  After: compare((a, b) => a > b),
  Equal: compare((a, b) => a === b),
  Compare: compare((a, b) => (a < b ? -1n : a > b ? 1n : 0n)),
  Truncate: fn([DURATION], ([{ content }, by]: readonly [GoTime, GoScalar]) => {
    const unit = nanosecondsOf(by);
    return goTime(unit <= 0n ? content : { ...content, ns: content.ns - (sinceNoTime(content) % unit) });
  }),
  Round: fn([DURATION], ([{ content }, by]: readonly [GoTime, GoScalar]) => {
    const unit = nanosecondsOf(by);
    if (unit <= 0n) return goTime(content);
    const rest = sinceNoTime(content) % unit;
    return goTime({ ...content, ns: content.ns - rest + (rest * 2n < unit ? 0n : unit) });
  }),
  Date: several(3),
  Clock: several(3),
};
for (const [name, method] of Object.entries(TABLE)) methods.set(name, method);

const LONGEST = 2n ** 63n - 1n;

function clamped(nanoseconds: bigint): bigint {
  if (nanoseconds > LONGEST) return LONGEST;
  return nanoseconds < -LONGEST - 1n ? -LONGEST - 1n : nanoseconds;
}
