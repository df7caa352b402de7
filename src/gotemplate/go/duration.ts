/** `time.Duration`, which counts nanoseconds. */
import { fn, type GoFunction } from "./function.ts";
import { declared, type GoType, INT64 } from "./type.ts";
import { GoScalar } from "./value.ts";

/** In nanoseconds. */
export const SECOND = 1_000_000_000n;

const LEAST = -(2n ** 63n);

/** Writes nanoseconds as Go does: `1h15m0.5s`, `1.5ms`. */
export function durationText(nanoseconds: bigint): string {
  const sign = nanoseconds < 0n ? "-" : "";
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (size === 0n) return "0s";
  if (size < SECOND) {
    const [unit, divisor] =
      size < 1000n
        ? (["ns", 1n] as const)
        : size < 1_000_000n
          ? (["µs", 1000n] as const)
          : (["ms", 1_000_000n] as const);
    return `${sign}${fraction(size, divisor)}${unit}`;
  }
  const minutes = size / (60n * SECOND);
  const seconds = fraction(size % (60n * SECOND), SECOND);
  if (minutes === 0n) return `${sign}${seconds}s`;
  return `${sign}${minutes < 60n ? "" : `${minutes / 60n}h`}${minutes % 60n}m${seconds}s`;
}

function fraction(size: bigint, unit: bigint): string {
  const rest = (size % unit)
    .toString()
    .padStart(unit.toString().length - 1, "0")
    .replace(/0+$/, "");
  return `${size / unit}${unit === 1n || rest === "" ? "" : `.${rest}`}`;
}

/** A float as Go converts it to int64: what does not fit becomes the least one. */
export function toInt64(x: number): bigint {
  return x >= -(2 ** 63) && x < 2 ** 63 ? BigInt(Math.trunc(x)) : LEAST;
}

/** Whole units and rest apart, so that a float keeps what it can. */
function inUnits(nanoseconds: bigint, unit: bigint): number {
  return Number(nanoseconds / unit) + Number(nanoseconds % unit) / Number(unit);
}

const methods = new Map<string, GoFunction>();

/** The type `time.Duration`. */
export const DURATION: GoType = declared("time.Duration", INT64, methods);

/** A `time.Duration` of so many nanoseconds. */
export function duration(nanoseconds: bigint): GoScalar {
  return new GoScalar(DURATION, nanoseconds);
}

/** The nanoseconds of a `time.Duration`. */
export function nanosecondsOf({ value }: GoScalar): bigint {
  return typeof value === "bigint" ? value : 0n;
}

const unary = (call: (nanoseconds: bigint) => string | number | GoScalar) =>
  fn([], ([receiver]: readonly [GoScalar]) => call(nanosecondsOf(receiver)));
const rounding = (call: (nanoseconds: bigint, to: bigint) => bigint) =>
  fn([DURATION], ([receiver, to]: readonly [GoScalar, GoScalar]) => {
    const unit = nanosecondsOf(to);
    return duration(unit <= 0n ? nanosecondsOf(receiver) : call(nanosecondsOf(receiver), unit));
  });
const int64 = (value: bigint) => new GoScalar(INT64, value);

methods.set("String", unary(durationText));
methods.set("Nanoseconds", unary(int64));
methods.set(
  "Microseconds",
  unary((ns) => int64(ns / 1000n)),
);
methods.set(
  "Milliseconds",
  unary((ns) => int64(ns / 1_000_000n)),
);
methods.set(
  "Seconds",
  unary((ns) => inUnits(ns, SECOND)),
);
methods.set(
  "Minutes",
  unary((ns) => inUnits(ns, 60n * SECOND)),
);
methods.set(
  "Hours",
  unary((ns) => inUnits(ns, 3600n * SECOND)),
);
methods.set(
  "Abs",
  unary((ns) => duration(ns < 0n ? -ns : ns)),
);
methods.set(
  "Truncate",
  rounding((ns, unit) => ns - (ns % unit)),
);
methods.set("Round", rounding(roundTo));

/** To the nearest multiple; a half away from zero. */
function roundTo(nanoseconds: bigint, unit: bigint): bigint {
  const rest = nanoseconds % unit;
  const size = rest < 0n ? -rest : rest;
  if (size * 2n < unit) return nanoseconds - rest;
  return nanoseconds < 0n ? nanoseconds + size - unit : nanoseconds - size + unit;
}
