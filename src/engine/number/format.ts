/** Numbers as text, the way Go's `strconv` writes them. https://pkg.go.dev/strconv#FormatFloat */

/** The shortest text that reads back as the same number, without an exponent: verb `f`. */
export function formatPlain(value: number): string {
  const special = formatSpecial(value);
  if (special !== undefined) return special;
  const { sign, digits, point } = decompose(value);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${"0".repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** The shortest text that reads back as the same number, with an exponent from 1e+06 on or below 1e-04: verb `g`. */
export function formatShort(value: number): string {
  const special = formatSpecial(value);
  if (special !== undefined) return special;
  const { sign, digits, point } = decompose(value);
  const exponent = point - 1;
  if (exponent >= -4 && exponent < 6) return formatPlain(value);
  const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`;
  return `${sign}${mantissa}e${signedExponent(exponent)}`;
}

/** The number rounded to `precision` significant digits: `%.2g`. */
export function formatRounded(value: number, precision: number): string {
  const special = formatSpecial(value);
  if (special !== undefined) return special;
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa = "", exponent = "0"] = value.toExponential(precision - 1).split("e");
  const exp = Number(exponent);
  if (exp < -4 || exp >= precision) return `${trimZeros(mantissa)}e${signedExponent(exp)}`;
  return trimZeros(value.toFixed(Math.max(0, precision - 1 - exp)));
}

/** A quantile as OpenMetrics writes it in a label: `0.5`, `1.0`. */
export function formatOpenMetrics(value: number): string {
  const text = formatShort(value);
  return Number.isFinite(value) && !/[e.]/.test(text) ? `${text}.0` : text;
}

function formatSpecial(value: number): string | undefined {
  if (Number.isNaN(value)) return "NaN";
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  if (value === Number.NEGATIVE_INFINITY) return "-Inf";
  return undefined;
}

/** The shortest digits of a finite number, and how many of them stand before the decimal point. */
function decompose(value: number): { sign: string; digits: string; point: number } {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  if (value === 0) return { sign, digits: "0", point: 1 };
  const [mantissa = "", exponent = "0"] = Math.abs(value).toExponential().split("e");
  return { sign, digits: mantissa.replace(".", ""), point: Number(exponent) + 1 };
}

function signedExponent(exponent: number): string {
  const size = Math.abs(exponent);
  return `${exponent < 0 ? "-" : "+"}${size < 10 ? "0" : ""}${size}`;
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
