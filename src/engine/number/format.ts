/** Numbers as text, the way Go's `%g` writes them. https://pkg.go.dev/strconv#FormatFloat */
import { formatNumber, formatShortest } from "../../promql/print/number.ts";

/** The number rounded to `precision` significant digits: `%.2g`. */
export function formatRounded(value: number, precision: number): string {
  if (!Number.isFinite(value) || value === 0) return formatNumber(value);
  const [mantissa = "", exponent = "0"] = value.toExponential(precision - 1).split("e");
  const exp = Number(exponent);
  if (exp < -4 || exp >= precision) return `${trimZeros(mantissa)}e${signedExponent(exp)}`;
  return trimZeros(value.toFixed(Math.max(0, precision - 1 - exp)));
}

/** A quantile as OpenMetrics writes it in a label: `0.5`, `1.0`. */
export function formatOpenMetrics(value: number): string {
  const text = formatShortest(value);
  return Number.isFinite(value) && !/[e.]/.test(text) ? `${text}.0` : text;
}

function signedExponent(exponent: number): string {
  const size = Math.abs(exponent);
  return `${exponent < 0 ? "-" : "+"}${size < 10 ? "0" : ""}${size}`;
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
