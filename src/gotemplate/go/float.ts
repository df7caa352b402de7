/**
 * Floating point numbers as Go writes them.
 * https://pkg.go.dev/strconv#FormatFloat
 *
 * JavaScript finds the same digits, save that it rounds an exact half up where Go rounds it to the even neighbour; those few
 * numbers are worked out with big integers.
 */

/** The forms of a number: with an exponent, plain, the shorter of both, and by powers of two. */
export type FloatVerb = "e" | "E" | "f" | "g" | "G" | "b" | "x" | "X";

/** The decimal digits of a number: 0.DIGITS × 10^point. Zero has none. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/** Writes `x`. A precision of -1 asks for the fewest digits that tell the number from its neighbours. */
export function formatFloat(x: number, verb: FloatVerb, precision: number): string {
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x > 0 ? "+Inf" : "-Inf";
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  return sign + WRITERS[verb](Math.abs(x), precision);
}

/** Writes `x` as `%v` does. */
export function formatNumber(x: number): string {
  const size = Math.abs(x);
  if (size >= 1e-4 && size < 1e6) return String(x);
  return formatFloat(x, "g", -1);
}

const WRITERS: Record<FloatVerb, (x: number, precision: number) => string> = {
  e: (x, precision) => scientific(significant(x, precision + 1), precision, "e"),
  E: (x, precision) => scientific(significant(x, precision + 1), precision, "E"),
  f: plain,
  g: (x, precision) => general(x, precision, "e"),
  G: (x, precision) => general(x, precision, "E"),
  b: (x) => {
    const { mantissa, exponent } = parts(x);
    return `${mantissa}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
  },
  x: hexadecimal,
  X: (x, precision) => hexadecimal(x, precision).toUpperCase(),
};

function scientific({ digits, point }: Decimal, precision: number, letter: string): string {
  const shown = precision < 0 ? digits.slice(1) : digits.slice(1).padEnd(precision, "0");
  const exponent = digits === "" ? 0 : point - 1;
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `${digits[0] ?? "0"}${shown === "" ? "" : `.${shown}`}${letter}${exponent < 0 ? "-" : "+"}${power}`;
}

function plain(x: number, precision: number): string {
  if (precision < 0) return positional(shortest(x), 0);
  if (x < 1e21 && precision < 100) {
    const longer = x.toFixed(precision + 1);
    if (!longer.endsWith("5") || Number(longer) !== x) return x.toFixed(precision);
  }
  const all = exact(x);
  return positional(rounded(all, all.point + precision), precision);
}

function general(x: number, precision: number, letter: string): string {
  const wanted = precision === 0 ? 1 : precision;
  const decimal = significant(x, wanted);
  const count = decimal.digits.length;
  // The shortest form turns to an exponent from a million on; a given precision beyond the last digit does not count.
  let limit = wanted;
  if (limit > count && count >= decimal.point) limit = count;
  if (precision < 0) limit = 6;
  const exponent = count === 0 ? -1 : decimal.point - 1;
  if (exponent < -4 || exponent >= limit) return scientific(decimal, -1, letter);
  return positional(decimal, Math.max(count - decimal.point, 0));
}

/** Digits with a decimal point in its place, and at least `decimals` digits behind it. */
function positional({ digits, point }: Decimal, decimals: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "0";
  const behind = point > 0 ? digits.slice(point) : digits === "" ? "" : "0".repeat(-point) + digits;
  const fraction = behind.padEnd(decimals, "0");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

/** The first `count` digits, rounded, without zeros at their end; all that tell the number apart where `count` is not given. */
function significant(x: number, count: number): Decimal {
  if (count <= 0) return shortest(x);
  if (count <= 100) {
    const longer = x.toExponential(count);
    const [mantissa = ""] = longer.split("e");
    if (!mantissa.endsWith("5") || Number(longer) !== x) return decimalOf(x.toExponential(count - 1));
  }
  return rounded(exact(x), count);
}

function shortest(x: number): Decimal {
  return decimalOf(x.toExponential());
}

function decimalOf(exponential: string): Decimal {
  const [mantissa = "", power = "0"] = exponential.split("e");
  const digits = mantissa.replace(".", "").replace(/0+$/, "");
  return digits === "" ? { digits, point: 0 } : { digits, point: Number(power) + 1 };
}

function exact(x: number): Decimal {
  const { mantissa, exponent } = parts(x);
  if (mantissa === 0n) return { digits: "", point: 0 };
  const digits = String(exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent));
  return { digits, point: digits.length + Math.min(exponent, 0) };
}

/** Rounds to `count` digits, an exact half to the even neighbour. */
function rounded({ digits, point }: Decimal, count: number): Decimal {
  if (count >= digits.length) return { digits: digits.replace(/0+$/, ""), point };
  if (count < 0) return { digits: "", point: 0 };
  const kept = digits.slice(0, count);
  const next = digits[count] ?? "0";
  const half = next === "5" && /^0*$/.test(digits.slice(count + 1));
  const up = half ? Number(kept.at(-1) ?? "0") % 2 === 1 : next >= "5";
  if (!up) {
    const left = kept.replace(/0+$/, "");
    return left === "" ? { digits: "", point: 0 } : { digits: left, point };
  }
  const raised = String(BigInt(kept === "" ? "0" : kept) + 1n).padStart(count, "0");
  return { digits: raised.replace(/0+$/, ""), point: point + raised.length - count };
}

/** `x` as mantissa × 2^exponent. */
function parts(x: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return exponent === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: exponent - 1075 };
}

/** `0x1.8p+01`. */
function hexadecimal(x: number, precision: number): string {
  let { mantissa, exponent } = parts(x);
  if (mantissa === 0n) return `0x0${precision > 0 ? `.${"0".repeat(precision)}` : ""}p+00`;
  // One bit before the point and 60 behind it.
  const shift = 61 - mantissa.toString(2).length;
  mantissa <<= BigInt(shift);
  exponent += 60 - shift;
  if (precision >= 0 && precision < 15) {
    const dropped = BigInt(60 - precision * 4);
    const rest = mantissa & ((1n << dropped) - 1n);
    const half = 1n << (dropped - 1n);
    mantissa >>= dropped;
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) mantissa++;
    mantissa <<= dropped;
    if (mantissa >> 61n !== 0n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  const all = (mantissa & ((1n << 60n) - 1n)).toString(16).padStart(15, "0");
  const shown = precision < 0 ? all.replace(/0+$/, "") : all.slice(0, precision).padEnd(precision, "0");
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `0x1${shown === "" ? "" : `.${shown}`}p${exponent < 0 ? "-" : "+"}${power}`;
}
