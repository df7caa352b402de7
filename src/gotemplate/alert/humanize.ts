/**
 * Numbers for people, as Prometheus and Alertmanager write them.
 * https://prometheus.io/docs/prometheus/latest/configuration/template_reference/#numbers
 */
import { DURATION, nanosecondsOf, SECOND, toInt64 } from "../go/duration.ts";
import { formatFloat, formatNumber } from "../go/float.ts";
import { GoError } from "../go/function.ts";
import { timeText } from "../go/layout.ts";
import type { Moment } from "../go/moment.ts";
import { floatOf } from "../go/number.ts";
import { GoScalar, type GoValue, typeOf } from "../go/value.ts";
import { UTC } from "../go/zone.ts";

/** The number that a value stands for: numbers, texts of numbers, and the seconds of a duration. */
export function numberOf(value: GoValue): number {
  if (typeof value === "number") return value;
  if (typeof value === "string") return floatOf(value);
  if (typeof value === "bigint") return Number(value);
  if (value instanceof GoScalar && value.type === DURATION) {
    const ns = nanosecondsOf(value);
    return Number(ns / SECOND) + Number(ns % SECOND) / 1e9;
  }
  if (value instanceof GoScalar && value.type.name === "int64" && typeof value.value === "bigint")
    return Number(value.value);
  throw new GoError(`can't convert ${value === undefined ? "<nil>" : typeOf(value).name} to float`);
}

const fourDigits = (x: number) => formatFloat(x, "g", 4);

const LARGE = ["", "k", "M", "G", "T", "P", "E", "Z", "Y"];
const SMALL = ["", "m", "u", "n", "p", "f", "a", "z", "y"];
const BINARY = ["", "ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"];

/** `1.235k`, `20.5m`. */
export function humanize(value: GoValue): string {
  const x = numberOf(value);
  if (x === 0 || !Number.isFinite(x)) return fourDigits(x);
  return Math.abs(x) >= 1 ? scaledDown(x, 1000, LARGE) : scaledUp(x, "");
}

/** `1.206ki`. */
export function humanize1024(value: GoValue): string {
  const x = numberOf(value);
  if (Math.abs(x) <= 1 || !Number.isFinite(x)) return fourDigits(x);
  return scaledDown(x, 1024, BINARY);
}

/** A share as `12.5%`. */
export function humanizePercentage(value: GoValue): string {
  return `${fourDigits(numberOf(value) * 100)}%`;
}

/** Seconds as `1d 2h 3m 4s`, and below a minute with a fraction. */
export function humanizeDuration(value: GoValue): string {
  const x = numberOf(value);
  if (!Number.isFinite(x)) return fourDigits(x);
  if (x === 0) return `${fourDigits(x)}s`;
  if (Math.abs(x) < 1) return scaledUp(x, "s");
  const sign = x < 0 ? "-" : "";
  const whole = toInt64(Math.abs(x));
  const parts = [
    [whole / 86_400n, "d"],
    [(whole / 3600n) % 24n, "h"],
    [(whole / 60n) % 60n, "m"],
    [whole % 60n, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count !== 0n);
  if (first === 3 || first === -1) return `${sign}${fourDigits(Math.abs(x))}s`;
  return (
    sign +
    parts
      .slice(first)
      .map(([count, unit]) => `${count}${unit}`)
      .join(" ")
  );
}

/** Seconds since 1970 as a date and time, UTC. */
export function humanizeTimestamp(value: GoValue): string {
  const x = numberOf(value);
  return Number.isFinite(x) ? timeText(momentOfSeconds(x)) : fourDigits(x);
}

/** Seconds since 1970 as a time, which is cut to milliseconds. */
export function momentOfSeconds(seconds: number): Moment {
  if (!Number.isFinite(seconds)) throw new GoError("value is NaN or Inf");
  const ns = seconds * 1e9;
  if (Math.abs(ns) > 2 ** 63)
    throw new GoError(
      `${formatNumber(seconds)} cannot be represented as a nanoseconds timestamp since it overflows int64`,
    );
  return { ns: (toInt64(ns) / 1_000_000n) * 1_000_000n, zone: UTC };
}

function scaledDown(x: number, step: number, prefixes: readonly string[]): string {
  let scaled = x;
  let prefix = 0;
  while (Math.abs(scaled) >= step && prefix < prefixes.length - 1) {
    scaled /= step;
    prefix++;
  }
  return fourDigits(scaled) + prefixes[prefix];
}

function scaledUp(x: number, unit: string): string {
  let scaled = x;
  let prefix = 0;
  while (Math.abs(scaled) < 1 && prefix < SMALL.length - 1) {
    scaled *= 1000;
    prefix++;
  }
  return fourDigits(scaled) + SMALL[prefix] + unit;
}
