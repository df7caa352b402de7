/**
 * Numbers as Go reads them from text.
 * https://pkg.go.dev/strconv#ParseFloat
 */
import { GoError } from "./function.ts";
import { quote } from "./quote.ts";

const LARGEST_INT = 2n ** 63n - 1n;
const LARGEST_UINT = 2n ** 64n - 1n;

/** Reads a whole number with an optional sign and base prefix; `undefined` where the text is none or does not fit int64. */
export function parseInt64(text: string): bigint | undefined {
  const negative = text.startsWith("-");
  const size = magnitude(/^[+-]/.test(text) ? text.slice(1) : text);
  if (size === undefined) return undefined;
  const value = negative ? -size : size;
  return value > LARGEST_INT || value < -LARGEST_INT - 1n ? undefined : value;
}

/** Reads a whole number without a sign; `undefined` where the text is none or does not fit uint64. */
export function parseUint64(text: string): bigint | undefined {
  const size = magnitude(text);
  return size === undefined || size > LARGEST_UINT ? undefined : size;
}

function magnitude(text: string): bigint | undefined {
  if (!underscoresAllowed(text)) return undefined;
  const plain = text.replaceAll("_", "");
  // A leading zero alone means octal, as it does in C.
  const octal = /^0[0-7]+$/.test(plain) ? `0o${plain.slice(1)}` : plain;
  return /^(0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|0|[1-9]\d*)$/.test(octal) ? BigInt(octal.toLowerCase()) : undefined;
}

/** Underscores separate digits, or a prefix from digits; nothing else. */
function underscoresAllowed(text: string): boolean {
  return !text.includes("_") || !/^_|_$|__|[^\da-f]_|_[^\da-f]/i.test(text.replace(/^[+-]?0[xbo]/i, "0"));
}

/** Reads a float; `"syntax"` where the text is none, `"range"` where it is too large. */
export function parseFloat64(text: string): number | "syntax" | "range" {
  const special = /^(?:([+-])?inf(?:inity)?|nan)$/i.exec(text);
  if (special !== null) return /nan/i.test(text) ? Number.NaN : special[1] === "-" ? -Infinity : Infinity;
  if (!underscoresAllowed(text)) return "syntax";
  const plain = text.replaceAll("_", "");
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : hexFloat(plain);
  if (value === undefined) return "syntax";
  return Number.isFinite(value) ? value : "range";
}

/** Reads a float, or throws what `strconv.ParseFloat` returns. */
export function floatOf(text: string): number {
  const read = parseFloat64(text);
  if (typeof read === "number") return read;
  const why = read === "syntax" ? "invalid syntax" : "value out of range";
  throw new GoError(`strconv.ParseFloat: parsing ${quote(text)}: ${why}`);
}

/** `0x1.8p3`: Go wants the exponent. */
function hexFloat(text: string): number | undefined {
  const found = /^([+-])?0x([\da-f]*)\.?([\da-f]*)p([+-]?\d+)$/i.exec(text);
  if (found === null) return undefined;
  const [, sign, whole = "", fraction = "", power = ""] = found;
  if (whole + fraction === "") return undefined;
  const exponent = Number(power) - 4 * fraction.length;
  let mantissa = BigInt(`0x${whole}${fraction}`);
  let shift = 0;
  // Bits beyond 64 only tell whether something was dropped; one sticky bit keeps that.
  const extra = mantissa.toString(2).length - 64;
  if (extra > 0) {
    const dropped = mantissa & ((1n << BigInt(extra)) - 1n);
    mantissa = (mantissa >> BigInt(extra)) | (dropped === 0n ? 0n : 1n);
    shift = extra;
  }
  return (sign === "-" ? -1 : 1) * scaled(mantissa, exponent + shift);
}

function scaled(mantissa: bigint, exponent: number): number {
  const limited = Math.max(-2000, Math.min(2000, exponent));
  // A quotient or product of exact integers is rounded once, by the conversion through a decimal text.
  if (limited >= 0) return Number(mantissa << BigInt(limited));
  const digits = mantissa * 5n ** BigInt(-limited);
  return Number(`${digits}e${limited}`);
}
