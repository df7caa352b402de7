/** Numbers and times as Go formats them. https://pkg.go.dev/strconv#FormatFloat */

/** A number without an exponent, in as many digits as it takes to read it back. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value < 0 ? "-Inf" : "+Inf";
  if (Object.is(value, -0)) return "-0";
  const text = String(value);
  const [mantissa = "", exponent] = text.split("e");
  if (exponent === undefined) return text;
  const sign = mantissa.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = mantissa.slice(sign.length).split(".");
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  return sign + (point <= 0 ? `0.${"0".repeat(-point)}${digits}` : digits.padEnd(point, "0"));
}

/** The shortest text that reads back as the same number, with an exponent from 1e+06 on or below 1e-04: verbs `g` and `v`. */
export function formatShortest(value: number): string {
  if (!Number.isFinite(value) || value === 0) return formatNumber(value);
  const [mantissa = "", exponent = ""] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 6) return formatNumber(value);
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}
