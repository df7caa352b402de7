/** Numbers and durations as PromQL writes them: Go's literals, and Prometheus's durations. https://pkg.go.dev/strconv */
import { quote } from "../quote.ts";

/** What a literal stands for, or why it is none, in Prometheus's words. */
export type Read = { readonly value: number; readonly mistake?: undefined } | { readonly mistake: string };

const DECIMAL = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Reads the text of a number token. Like Go, a leading `0` makes an octal number where it can. */
export function readNumber(text: string): Read {
  const whole = smallWhole(text);
  if (whole >= 0) return { value: whole };
  const lower = text.toLowerCase();
  if (lower === "inf") return { value: Number.POSITIVE_INFINITY };
  if (lower === "nan") return { value: Number.NaN };
  if (!underscoresSeparateDigits(lower)) return notANumber(text, "invalid syntax");
  const digits = lower.replaceAll("_", "");
  if (/^0x[\da-f]+$/.test(digits)) return integer(BigInt(digits), text);
  if (/^0[0-7]+$/.test(digits)) return integer(BigInt(`0o${digits.slice(1)}`), text, Number(digits));
  return DECIMAL.test(digits) ? finite(Number(digits), text) : notANumber(text, "invalid syntax");
}

/** A whole number of few digits, which most numbers are; -1 for any other. */
function smallWhole(text: string): number {
  if (text.length > 15 || (text.length > 1 && text.charCodeAt(0) === 48)) return -1;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

// Go tries a 64-bit integer first, and then a float, which hexadecimal digits without an exponent are not.
function integer(value: bigint, text: string, otherwise?: number): Read {
  if (value < 2n ** 63n) return { value: Number(value) };
  return otherwise === undefined ? notANumber(text, "invalid syntax") : finite(otherwise, text);
}

function finite(value: number, text: string): Read {
  return Number.isFinite(value) ? { value } : notANumber(text, "value out of range");
}

function notANumber(text: string, why: string): Read {
  return { mistake: `error parsing number: strconv.ParseFloat: parsing ${quote(text)}: ${why}` };
}

function underscoresSeparateDigits(text: string): boolean {
  if (!text.includes("_")) return true;
  const hex = text.startsWith("0x");
  const body = hex ? text.slice(1) : text;
  // A base prefix counts as a digit.
  return hex ? !/(?:[^\da-fx]|^)_|_(?:[^\da-f]|$)/.test(body) : !/(?:[^\d]|^)_|_(?:[^\d]|$)/.test(body);
}

const UNITS: ReadonlyMap<string, readonly [order: number, ms: number]> = new Map([
  ["y", [1, 31_536_000_000]],
  ["w", [2, 604_800_000]],
  ["d", [3, 86_400_000]],
  ["h", [4, 3_600_000]],
  ["m", [5, 60_000]],
  ["s", [6, 1000]],
  ["ms", [7, 1]],
]);

/** Prometheus counts durations in nanoseconds of 64 bits. */
const LONGEST_MS = 2 ** 63 / 1e6;

/** Reads the text of a duration token, in milliseconds. */
export function readDuration(text: string): Read {
  let total = 0;
  let last = 0;
  let at = 0;
  while (at < text.length) {
    let amount = 0;
    const from = at;
    for (; isDigit(text.charCodeAt(at)); at++) amount = amount * 10 + text.charCodeAt(at) - 48;
    const unitFrom = at;
    while (at < text.length && !isDigit(text.charCodeAt(at))) at++;
    if (unitFrom === from || unitFrom === at) return notADuration(text);
    const name = text.slice(unitFrom, at);
    const unit = UNITS.get(name);
    if (unit === undefined) return { mistake: `unknown unit ${quote(name)} in duration ${quote(text)}` };
    if (unit[0] <= last) return notADuration(text);
    if (amount >= 2 ** 64) return notADuration(text);
    last = unit[0];
    total += amount * unit[1];
    if (total >= LONGEST_MS) return { mistake: "duration out of range" };
  }
  return { value: total };
}

function notADuration(text: string): Read {
  return { mistake: `not a valid duration string: ${quote(text)}` };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The greatest number of seconds that a duration can hold, either way. */
export const LONGEST_SECONDS = LONGEST_MS / 1000;
